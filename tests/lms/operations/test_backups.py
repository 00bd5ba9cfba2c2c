"""A backup counts once it was restored: each way in which one can be worthless is found."""

import json
import os
import signal
import tarfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections, transaction

from certificates.models import NumberCounter
from lms.audit.trail import record
from lms.operations import archive
from lms.operations.backups import back_up, faults_of
from lms.people.models import Institute, User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(aldermoor: Institute, ada: User, at: datetime, tmp_path: Path, settings: Any) -> Path:
    """A site with a person, an event, a number given out and one stored file, backed up."""
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "certificate.pdf").write_bytes(b"%PDF-1.7 a certificate")
    NumberCounter.objects.create(institute=aldermoor, year=2026, next_serial=43)
    with transaction.atomic():
        record("person.named", ada, by=ada, at=at, institute=aldermoor)
    back_up(tmp_path / "piper.tar.gz", at=at)
    return tmp_path / "piper.tar.gz"


def altered(backup: Path, change: Callable[[Path], None]) -> Path:
    """The same archive after somebody changed what is in it."""
    folder = backup.parent / "opened"
    with tarfile.open(backup) as tar:
        tar.extractall(folder, filter="data")
    change(folder)
    wrong = backup.parent / "altered.tar.gz"
    with tarfile.open(wrong, "w:gz") as tar:
        for path in sorted(folder.rglob("*")):
            tar.add(path, path.relative_to(folder).as_posix(), recursive=False)
    return wrong


def with_manifest(**facts: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / archive.MANIFEST
        path.write_text(json.dumps({**json.loads(path.read_text()), **facts}))

    return change


def test_a_backup_that_can_be_restored_has_no_faults(backup: Path) -> None:
    assert faults_of(backup) == []


def test_a_changed_file_is_found(backup: Path) -> None:
    wrong = altered(backup, lambda folder: (folder / "files/certificate.pdf").write_bytes(b"%PDF-1.7 forged"))

    assert faults_of(wrong) == ["The file certificate.pdf is not what was backed up."]


def test_a_missing_file_is_found(backup: Path) -> None:
    wrong = altered(backup, lambda folder: (folder / "files/certificate.pdf").unlink())

    assert faults_of(wrong) == ["The file certificate.pdf is missing."]


def test_lost_rows_are_found(backup: Path) -> None:
    wrong = altered(backup, with_manifest(rows={"people_user": 2}))

    assert faults_of(wrong) == ["people_user has 1 rows; 2 were backed up."]


def test_a_counter_that_would_give_numbers_out_twice_is_found(backup: Path) -> None:
    wrong = altered(backup, with_manifest(serials={"AIC 2026": 44}))

    assert faults_of(wrong) == ["The counter AIC 2026 would give out numbers that are on the register."]


def test_a_cut_audit_trail_is_found(backup: Path, aldermoor: Institute) -> None:
    chain = str(aldermoor.uuid)
    wrong = altered(backup, with_manifest(heads={chain: [2, "0" * 64]}))

    assert faults_of(wrong) == [
        f"The audit trail of {chain} does not hold: The chain was cut after row 1: row 2 was exported."
    ]


def test_a_database_that_is_no_database_is_found(backup: Path) -> None:
    wrong = altered(backup, lambda folder: (folder / "database").write_bytes(b"nothing of use"))

    (fault,) = faults_of(wrong)

    assert fault.startswith("The database cannot be restored: ")


def test_a_backup_made_while_people_write_holds_all_that_was_acknowledged_before_it(
    ada: User, aldermoor: Institute, at: datetime, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    ledger = tmp_path / "ledger"
    ledger.touch()
    connections.close_all()  # a forked process must not share its parent's connection
    writer = os.fork()
    if not writer:
        _write_until_killed(ada, aldermoor, at, ledger)
    try:
        while len(ledger.read_bytes()) < 50:
            time.sleep(0.01)
        acknowledged = len(ledger.read_bytes())
        manifest = back_up(tmp_path / "piper.tar.gz", at=at)
        went_on = len(ledger.read_bytes())
    finally:
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)

    assert faults_of(tmp_path / "piper.tar.gz") == []
    assert acknowledged <= manifest.rows["audit_event"]
    assert acknowledged < went_on


def _write_until_killed(ada: User, aldermoor: Institute, at: datetime, ledger: Path) -> None:
    """Record one event after the other; a byte in the ledger for each that was acknowledged."""
    with ledger.open("ab", buffering=0) as acknowledged:
        while True:
            with transaction.atomic():
                record("person.named", ada, by=ada, at=at, institute=aldermoor)
            acknowledged.write(b".")


def test_an_archive_that_is_no_backup_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "holiday.tar.gz").write_bytes(b"no archive")

    (fault,) = faults_of(tmp_path / "holiday.tar.gz")

    assert fault.startswith("holiday.tar.gz is no backup that can be read: ")


def test_the_command_never_writes_over_a_backup(backup: Path) -> None:
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", backup)


def test_the_command_fails_when_the_backup_does_not_hold(backup: Path) -> None:
    wrong = altered(backup, with_manifest(rows={"people_user": 2}))

    with pytest.raises(CommandError, match="must not be relied on: 1 faults"):
        call_command("restore_check", wrong)
