"""Time for many people at once: half a year of working days in ticks, which are whole numbers."""

from datetime import datetime

from lms.demonstration.calendar import Calendar

WORKING_DAYS = 130
# The last days belong to the registrar, who decides when all else has happened.
ENDS_BEFORE = 3
HOURS = (
    "09:05",
    "09:55",
    "10:40",
    "11:25",
    "12:20",
    "13:35",
    "14:25",
    "15:10",
    "16:05",
    "16:50",
    "19:25",
    "20:40",
)
DAY = len(HOURS)
END = WORKING_DAYS * DAY - 1


class Timetable:
    """The instant of each tick, over half a year that ended a few days ago."""

    def __init__(self, calendar: Calendar) -> None:
        days = range(WORKING_DAYS + ENDS_BEFORE - 1, ENDS_BEFORE - 1, -1)
        self._instants = [calendar.ago(each, hour) for each in days for hour in HOURS]

    def at(self, tick: int) -> datetime:
        """The instant of a tick; what would lie before the first one happened at the first one."""
        return self._instants[max(0, tick)]


def days_before_the_end(days: int) -> int:
    """The first tick of the working day so many before the last one."""
    return (WORKING_DAYS - 1 - days) * DAY
