"""How long a certificate holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.actions.register import last_day


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 11, 23), 24, date(2028, 11, 22)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2028, 2, 29), 12, date(2029, 2, 27)),
    ],
)
def test_months_are_counted_whole_and_the_last_day_still_holds(first, months, last):
    assert last_day(first, months) == last


def test_nought_months_mean_no_end():
    assert last_day(date(2026, 11, 23), 0) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 120))
def test_every_period_is_about_as_long_as_its_months(first, months):
    length = last_day(first, months) - first

    assert timedelta(days=28 * months - 1) <= length <= timedelta(days=31 * months - 1)
