"""Eight clocks at once do each piece of work once."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lms.jobs import clock
from lms.jobs.models import DueRun
from tests.races.conftest import Race
from tests.races.forks import errors, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_eight_clocks_run_what_is_due_once(
    race: Race, at: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = tmp_path / "done"

    def note_the_minute(minute: datetime) -> None:
        with done.open("a") as lines:
            lines.write(f"{minute:%H:%M}\n")

    monkeypatch.setattr(clock, "PIECES", {})
    clock.register("note the minute", note_the_minute)

    def faults_of_a_run(hour: datetime) -> list[str]:
        done.write_text("")
        minutes = [hour + timedelta(minutes=number) for number in range(race.rounds)]

        def tick(worker: int, number: int) -> list[str]:
            return clock.run_due(minutes[number])

        endings = together(tick, race.rounds)
        more = len(done.read_text().splitlines()) - race.rounds
        return race.note("run_due by eight clocks", len(endings), errors(endings) + ["Run twice."] * more)

    assert faults_of_a_run(at) == []

    race.without(DueRun)
    assert faults_of_a_run(at + timedelta(days=1))
