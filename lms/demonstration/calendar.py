"""When things happened: hours of working days before today, and stories told side by side in the order of time."""

from collections.abc import Generator, Iterable
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from typing import TypeVar
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5

Returned = TypeVar("Returned")
# A story says when it goes on, and is given that instant back when it is its turn.
Telling = Generator[datetime, datetime, Returned]
Story = Telling[None]


class Calendar:
    """Counts back from one instant in working days, as institutes do."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def ago(self, working_days: int, hour: str) -> datetime:
        """That hour in London, so many working days before today; never on a Saturday or a Sunday."""
        return datetime.combine(self.day(working_days), time.fromisoformat(hour), LONDON)

    def day(self, working_days: int) -> date:
        """The working day so many before today; 0 is today, or Friday where today is none."""
        day = self.now.astimezone(LONDON).date()
        day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
        weeks, days = divmod(working_days, 5)
        weekend = timedelta(days=2) if days > day.weekday() else timedelta()
        return day - timedelta(weeks=weeks, days=days) - weekend


def tell(stories: Iterable[Story]) -> None:
    """Let each story do its deeds at the instants it names, all of them together in the order of time."""
    waiting = [(at, number, story) for number, story in enumerate(stories) if (at := _begin(story))]
    heapify(waiting)
    while waiting:
        at, number, story = heappop(waiting)
        try:
            heappush(waiting, (story.send(at), number, story))
        except StopIteration:
            continue


def _begin(story: Story) -> datetime | None:
    return next(story, None)
