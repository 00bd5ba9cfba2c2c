"""How long to race, how to take a guard away, and where the figures are written down.

PIPER_RACE_ROUNDS   rounds of each race (default 8); where it is set, the figures are printed as Markdown
"""

import os
import time
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import QuerySet

from tests.races import figures

ROUNDS = "PIPER_RACE_ROUNDS"
BETWEEN_READING_AND_WRITING = 0.005  # seconds


class Never(Exception):
    """Nobody raises it: a control catches it in the place of something else."""


class Race:
    """One race: how many rounds it takes, whether its guard is on, and what was counted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rounds = int(os.environ.get(ROUNDS, "8"))
        self.is_guarded = True
        self._monkeypatch = monkeypatch

    def note(self, name: str, turns: int, faults: list[str]) -> list[str]:
        """Keep the figure of this run and give its faults back."""
        figures.keep(name, self.is_guarded, turns, faults)
        return faults

    def without(self, *unguarded: type[models.Model]) -> None:
        """Rows of these models are no longer held or compared: what was read is written, whatever became of it.

        SQLite lets one transaction write at a time from its first statement on; this takes that away too.
        """
        update, lock = QuerySet.update, QuerySet.select_for_update

        def read_then_write(rows: Any, **changes: Any) -> int:
            if rows.model not in unguarded:
                return update(rows, **changes)
            found = list(rows.values_list("pk", flat=True))
            time.sleep(BETWEEN_READING_AND_WRITING)
            return update(rows.model._base_manager.using(rows.db).filter(pk__in=found), **changes)

        def hold_nothing(rows: Any, **options: Any) -> Any:
            return rows.all() if rows.model in unguarded else lock(rows, **options)

        self.replace(QuerySet, "update", read_then_write)
        self.replace(QuerySet, "select_for_update", hold_nothing)

    def uncaught(self, module: object) -> None:
        """This module no longer takes the database's refusal of a second row for an answer."""
        self.replace(module, "IntegrityError", Never)

    def replace(self, owner: object, name: str, unguarded: object) -> None:
        """Put something without its guard in the place of the guarded."""
        self.is_guarded = False
        self._monkeypatch.setattr(owner, name, unguarded)
        if connection.vendor == "sqlite":
            self._monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")


@pytest.fixture
def race(monkeypatch: pytest.MonkeyPatch) -> Race:
    return Race(monkeypatch)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if os.environ.get(ROUNDS) and figures.KEPT:
        terminalreporter.write_line(figures.table(connection.vendor))
