"""`manage.py audit_verify`: walk every chain of the audit trail and say where it does not hold."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from lms.audit import verification


class Command(BaseCommand):
    help = "Check the audit trail; exit with 1 and a sentence for each fault. Keep exported heads elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--export", type=Path, metavar="FILE", help="Write where each chain ends, as JSON."
        )
        parser.add_argument(
            "--against", type=Path, metavar="FILE", help="Compare with heads that were exported before."
        )

    def handle(self, *args: Any, export: Path | None, against: Path | None, **options: Any) -> None:
        exported = _read(against) if against else None
        found = 0
        with _one_moment():
            heads = verification.heads()
            for chain, fault in verification.faults(exported=exported):
                self.stdout.write(f"{_called(chain)}: {fault.sentence}")
                found += 1
        if found:
            raise CommandError(f"{_count(found, 'fault')} found. Nothing was exported.")
        if export:
            _write(export, heads)
        events = sum(sequence for sequence, _ in heads.values())
        self.stdout.write(
            f"The audit trail holds: {_count(events, 'event')} in {_count(len(heads), 'chain')}."
        )


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it stood at one moment, and keep no writer out: the site goes on recording."""
    if connection.in_atomic_block:
        yield
        return
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        # Django's own transactions would take SQLite's write lock, and give PostgreSQL no snapshot.
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if postgres else "BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _read(path: Path) -> dict[str, tuple[int, str]]:
    try:
        kept = json.loads(path.read_text())
        return {chain: (int(sequence), str(digest)) for chain, (sequence, digest) in kept.items()}
    except OSError as fault:
        raise CommandError(f"{path} cannot be read: {fault.strerror}.") from fault
    except (ValueError, TypeError, AttributeError) as fault:
        raise CommandError(f"{path} is not a file that audit_verify --export has written.") from fault


def _write(path: Path, heads: dict[str, tuple[int, str]]) -> None:
    try:
        path.write_text(json.dumps(heads, indent=2) + "\n")
    except OSError as fault:
        raise CommandError(f"{path} cannot be written: {fault.strerror}.") from fault


def _called(chain: str) -> str:
    return "The site's chain" if chain == "site" else f"Chain {chain}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"
