"""The demonstration's past: working days, in order, and never in the future."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.demonstration.calendar import LONDON, Calendar, Story, tell

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_an_hour_so_many_working_days_ago_is_an_hour_in_london() -> None:
    assert Calendar(MONDAY).ago(1, "12:40") == datetime(2026, 11, 20, 12, 40, tzinfo=LONDON)


@pytest.mark.parametrize("today", [date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)])
def test_from_a_weekend_one_counts_back_as_from_its_friday(today: date) -> None:
    calendar = Calendar(datetime(today.year, today.month, today.day, 10, 0, tzinfo=UTC))

    assert [calendar.day(days) for days in (0, 1, 5)] == [
        date(2026, 11, 20),
        date(2026, 11, 19),
        date(2026, 11, 13),
    ]


# hypothesis takes its bounds without a zone
EARLIEST, LATEST = datetime(2020, 1, 1), datetime(2040, 1, 1)  # noqa: DTZ001 - as said above


@given(st.datetimes(EARLIEST, LATEST), st.integers(0, 700))
def test_working_days_lie_in_the_past_in_order_and_never_at_a_weekend(now: datetime, days: int) -> None:
    calendar = Calendar(now.replace(tzinfo=UTC))
    day, before = calendar.day(days), calendar.day(days + 1)

    assert day.weekday() < 5
    assert before.weekday() < 5
    assert timedelta(days=1) <= day - before <= timedelta(days=3)


def test_stories_are_told_side_by_side_in_the_order_of_time() -> None:
    told: list[tuple[str, datetime]] = []

    def story(name: str, *minutes: int) -> Story:
        for each in minutes:
            at = yield MONDAY + timedelta(minutes=each)
            told.append((name, at))

    tell([story("Ada", 1, 5), story("Ben", 2, 3, 9), story("nobody")])

    assert [(name, (at - MONDAY).seconds // 60) for name, at in told] == [
        ("Ada", 1),
        ("Ben", 2),
        ("Ben", 3),
        ("Ada", 5),
        ("Ben", 9),
    ]
