"""What the app tells the operator, and what it has the clock do."""

from certificates import rendering
from certificates.apps import _printing_works
from lms.jobs.clock import PIECES


def test_nothing_is_said_where_certificates_can_be_printed():
    assert _printing_works(None) == []


def test_a_warning_names_what_is_missing_and_what_works_all_the_same(monkeypatch):
    # A machine with Pango cannot be made to miss it: the library stays loaded once it was found.
    monkeypatch.setattr(rendering, "pango_problem", lambda: "Certificates cannot be printed")

    (warning,) = _printing_works(None)

    assert (warning.id, warning.msg) == ("certificates.W001", "Certificates cannot be printed")
    assert warning.hint == "Everything else works; certificates are issued as soon as they can be printed."


def test_the_clock_files_what_waits_and_considers_who_has_finished():
    assert {"file certificates", "consider finishers"} <= PIECES.keys()
