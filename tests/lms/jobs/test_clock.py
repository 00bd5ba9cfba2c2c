"""Clock work runs when its time has come, whatever the other pieces do."""

from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from lms.jobs import clock
from lms.jobs.models import DueRun

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, datetime]]:
    """What two pieces of work have noted: one each minute, one each hour."""
    noted: list[tuple[str, datetime]] = []
    monkeypatch.setattr(clock, "PIECES", {})
    clock.register("minutes", lambda at: noted.append(("minutes", at)))
    clock.register("hours", lambda at: noted.append(("hours", at)), every=timedelta(hours=1))
    return noted


def test_what_has_never_run_is_due(ran: list[tuple[str, datetime]], at: datetime) -> None:
    assert clock.run_due(at) == ["minutes", "hours"]

    assert ran == [("minutes", at), ("hours", at)]


def test_each_piece_waits_for_its_own_time(ran: list[tuple[str, datetime]], at: datetime) -> None:
    assert [clock.run_due(at + number * MINUTE) for number in (0, 1, 2, 60)] == [
        ["minutes", "hours"],
        ["minutes"],
        ["minutes"],
        ["minutes", "hours"],
    ]


def test_a_clock_that_ticks_a_little_early_is_on_time(ran: list[tuple[str, datetime]], at: datetime) -> None:
    clock.run_due(at)

    assert clock.run_due(at + MINUTE - timedelta(seconds=6)) == []
    assert clock.run_due(at + MINUTE - timedelta(seconds=5)) == ["minutes"]


def test_a_piece_that_fails_keeps_no_other_from_running(
    ran: list[tuple[str, datetime]], at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    clock.PIECES = {"broken": clock.Piece("broken", _fail, MINUTE), **clock.PIECES}

    with pytest.raises(clock.PiecesFailed, match=r"^broken$"):
        clock.run_due(at)

    assert ran == [("minutes", at), ("hours", at)]
    assert [each.getMessage() for each in caplog.records] == ["Clock work failed: broken."]


def test_a_piece_that_failed_is_tried_again_when_it_is_next_due(
    ran: list[tuple[str, datetime]], at: datetime
) -> None:
    clock.register("broken", _fail)
    with pytest.raises(clock.PiecesFailed):
        clock.run_due(at)
    clock.register("broken", lambda at: ran.append(("mended", at)))

    assert clock.run_due(at + MINUTE) == ["minutes", "broken"]


def test_the_command_runs_what_is_due_and_is_silent(
    ran: list[tuple[str, datetime]], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("run_due")

    assert [name for name, _ in ran] == ["minutes", "hours"]
    assert capsys.readouterr().out == ""


def test_the_command_says_what_it_ran_when_asked(
    ran: list[tuple[str, datetime]], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("run_due", verbosity=2)
    call_command("run_due", verbosity=2)

    assert capsys.readouterr().out == "Ran: minutes, hours.\nRan: nothing was due.\n"


def test_the_command_names_what_failed(ran: list[tuple[str, datetime]]) -> None:
    clock.register("broken", _fail)

    with pytest.raises(CommandError, match=r"tried again when they are next due: broken\."):
        call_command("run_due")


def test_one_row_is_kept_for_each_piece(ran: list[tuple[str, datetime]], at: datetime) -> None:
    clock.run_due(at)
    clock.run_due(at + MINUTE)

    assert dict(DueRun.objects.values_list("name", "ran_at")) == {"minutes": at + MINUTE, "hours": at}


def _fail(at: datetime) -> None:
    raise RuntimeError("the disk is full")
