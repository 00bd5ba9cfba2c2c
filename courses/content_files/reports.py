"""What a load of the content did, to be shown to the person who ran it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class LeftAlone:
    """Something that the files would have changed, had a person not changed it since."""

    name: str
    why: str
    who: str = ""
    at: datetime | None = None

    def __str__(self) -> str:
        when = f" on {self.at.astimezone(LONDON):%-d %B %Y}" if self.at else ""
        return f"{self.name}: {self.why}{when}{f' by {self.who}' if self.who else ''}. It was left alone."


@dataclass
class Report:
    """What was made, changed, left alone and taken off the site; the rest was as the files say."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unpublished: list[str] = field(default_factory=list)
    left_alone: list[LeftAlone] = field(default_factory=list)
    unchanged: int = 0

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.made + other.made,
            self.changed + other.changed,
            self.unpublished + other.unpublished,
            self.left_alone + other.left_alone,
            self.unchanged + other.unchanged,
        )

    def sentences(self) -> Iterator[str]:
        """The report in lines."""
        yield from (f"{name}: made." for name in self.made)
        yield from (f"{name}: changed." for name in self.changed)
        yield from (f"{name}: gone from the files, unpublished." for name in self.unpublished)
        yield from (str(each) for each in self.left_alone)
        yield f"{self.unchanged} more are as the files say."
