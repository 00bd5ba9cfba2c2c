"""A stranger's file is examined in a process of its own, and a file that ends that process ends nothing else."""

import pytest

from certificates.signing import apart, examining
from tests.certificates.signing.conftest import SEALED_AT


def test_apart_finds_what_is_found_here(sealed, page, root):
    for pdf in (sealed, page, sealed + b" "):
        here = examining.examine(pdf, [root.certificate], at=SEALED_AT)
        assert apart.examine_apart(pdf, [root.certificate], at=SEALED_AT) == here


@pytest.mark.parametrize(("limit", "too_little"), [("MEGABYTES", 1), ("SECONDS", 0)])
def test_a_file_that_takes_more_memory_or_time_than_is_allowed_is_not_readable(
    sealed, root, monkeypatch, limit, too_little
):
    monkeypatch.setattr(apart, limit, too_little)

    finding = apart.examine_apart(sealed, [root.certificate], at=SEALED_AT)

    assert finding == examining.Finding((examining.UNREADABLE,))


def test_a_child_that_dies_or_babbles_has_found_the_file_unreadable(sealed, root, monkeypatch):
    for program in ("/bin/false", "/bin/echo"):
        monkeypatch.setattr(apart.sys, "executable", program)
        finding = apart.examine_apart(sealed, [root.certificate], at=SEALED_AT)
        assert finding == examining.Finding((examining.UNREADABLE,))
