"""Working days in England, against the bank holidays that were published for each year (gov.uk/bank-holidays)."""

from datetime import UTC, date, datetime

import pytest

from assessments.working_days import bank_holidays, working_days_after, working_days_between

PUBLISHED = {
    2024: "1-1 3-29 4-1 5-6 5-27 8-26 12-25 12-26",
    2025: "1-1 4-18 4-21 5-5 5-26 8-25 12-25 12-26",
    2026: "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28",
    2027: "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28",
    2028: "1-3 4-14 4-17 5-1 5-29 8-28 12-25 12-26",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_bank_holidays_are_those_that_were_published(year: int) -> None:
    found = [f"{day.month}-{day.day}" for day in sorted(bank_holidays(year))]

    assert " ".join(found) == PUBLISHED[year]


def test_a_promise_skips_weekends_and_christmas() -> None:
    assert working_days_after(date(2026, 12, 23), 3) == date(2026, 12, 30)


def test_no_working_day_passes_from_friday_to_sunday() -> None:
    friday, sunday = datetime(2026, 11, 27, 17, tzinfo=UTC), datetime(2026, 11, 29, 9, tzinfo=UTC)

    assert working_days_between(friday, sunday) == 0


def test_two_working_days_pass_from_friday_to_tuesday() -> None:
    friday, tuesday = datetime(2026, 11, 27, 17, tzinfo=UTC), datetime(2026, 12, 1, 9, tzinfo=UTC)

    assert working_days_between(friday, tuesday) == 2
