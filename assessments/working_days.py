"""Working days in England: neither weekends nor bank holidays (Banking and Financial Dealings Act 1971, Schedule 1).

The dates follow from their rules, substitute days included. A holiday that is proclaimed for one year alone is
not known here: a promised day may then be a day early.
"""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONDAY, SATURDAY = 0, 5
DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether offices in England are open on the day."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def working_days_after(day: date, days: int) -> date:
    """The day that many working days later."""
    while days:
        day += DAY
        days -= is_working_day(day)
    return day


def working_days_between(begun: datetime, ended: datetime) -> int:
    """How many working days in London began after the first instant, up to and with the day of the second."""
    first, last = begun.astimezone(LONDON).date(), ended.astimezone(LONDON).date()
    return sum(is_working_day(first + n * DAY) for n in range(1, (last - first).days + 1))


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The eight bank holidays of a year in England and Wales."""
    easter = _easter(year)
    moving = {
        easter - 2 * DAY,
        easter + DAY,
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
    }
    fixed: set[date] = set()
    for named in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = named
        # Where one falls on a weekend the next working day stands in for it.
        while day.weekday() >= SATURDAY or day in fixed:
            day += DAY
        fixed.add(day)
    return frozenset(moving | fixed)


def _monday_from(day: date) -> date:
    return day + (MONDAY - day.weekday()) % 7 * DAY


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    w = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * w) // 451
    month, day = divmod(h + w - 7 * m + 114, 31)
    return date(year, month, day + 1)
