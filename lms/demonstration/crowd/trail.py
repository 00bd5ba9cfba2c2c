"""The audit events of many deeds, collected as they are planned and recorded in the order of time."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model

from lms.audit.trail import Entry, HasUuid, record_many
from lms.demonstration.crowd.timetable import Timetable
from lms.people.models import Institute


@dataclass(frozen=True, slots=True)
class Deed:
    """An event without its subject's row: only its kind and its uuid are chained."""

    verb: str
    kind: type[Model]
    uuid: UUID
    by: UUID | None
    facts: dict[str, Any]
    words: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody of whom only the public identity matters."""

    uuid: UUID


@dataclass
class Trail:
    """What an institute's chain will say, and the site's: by tick."""

    timetable: Timetable
    institute: Institute
    _told: defaultdict[tuple[int, bool], list[Deed]] = field(default_factory=lambda: defaultdict(list))

    def tell(
        self,
        tick: int,
        verb: str,
        kind: type[Model],
        uuid: UUID,
        by: UUID | None,
        facts: dict[str, Any] | None = None,
        words: str = "",
        of_site: bool = False,
    ) -> None:
        """Note that this was done then; nothing is written yet."""
        self._told[max(0, tick), of_site].append(Deed(verb, kind, uuid, by, facts or {}, words))

    def __len__(self) -> int:
        return sum(len(deeds) for deeds in self._told.values())

    def record(self) -> Iterator[int]:
        """Write everything, oldest first; yields how much was written of each instant."""
        for tick, of_site in sorted(self._told):
            entries = [_entry(deed) for deed in self._told[tick, of_site]]
            institute = None if of_site else self.institute
            yield len(record_many(entries, at=self.timetable.at(tick), institute=institute))


def _entry(deed: Deed) -> Entry:
    subject: HasUuid = deed.kind(uuid=deed.uuid)  # type: ignore[assignment]
    return Entry(deed.verb, subject, deed.by and _Known(deed.by), deed.facts, deed.words)
