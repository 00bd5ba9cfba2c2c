"""What the app tells the operator, and what it has the clock do."""

from django.core import checks

from certificates import rendering
from certificates.apps import _keys_can_be_kept, _printing_works
from lms.jobs.clock import PIECES


def test_nothing_is_said_where_certificates_can_be_printed():
    assert _printing_works(None) == []


def test_a_warning_names_what_is_missing_and_what_works_all_the_same(monkeypatch):
    # A machine with Pango cannot be made to miss it: the library stays loaded once it was found.
    monkeypatch.setattr(rendering, "pango_problem", lambda: "Certificates cannot be printed")

    (warning,) = _printing_works(None)

    assert (warning.id, warning.msg) == ("certificates.W001", "Certificates cannot be printed")
    assert warning.hint == "Everything else works; certificates are issued as soon as they can be printed."


def test_a_site_whose_keys_can_be_kept_is_told_nothing():
    assert _keys_can_be_kept(None) == []


def test_a_site_without_a_secret_for_its_keys_is_told_what_to_set(settings):
    settings.PIPER_KEY_SECRETS = ["short"]

    (error,) = _keys_can_be_kept(None)

    assert (error.id, error.level) == ("certificates.E001", checks.ERROR)
    assert error.msg == "The first secret of PIPER_KEY_SECRETS is shorter than 32 characters."


def test_the_clock_files_what_waits_and_considers_who_has_finished():
    assert {"file certificates", "consider finishers"} <= PIECES.keys()
