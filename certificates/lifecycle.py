"""The life of a certificate: what its events make of it on a given day, and what may happen next.

No state is stored. A certificate has events, which are only ever added, and a period for which it
holds; how it stands is a fold over both. Where several things are true the worst is told: revoked,
void, superseded, suspended, expired, valid.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Kind = Literal["issued", "suspended", "reinstated", "revoked", "superseded", "voided"]
State = Literal[
    "valid",
    "expired",
    "suspended",
    "revoked",
    "superseded",
    "void",
    "not_yet_valid",
    "being_made",
]
Phase = Literal["being_made", "in_force", "suspended", "revoked", "void", "superseded"]

# What ends a certificate for good, the worst first.
FINAL: Mapping[Kind, Phase] = {"revoked": "revoked", "voided": "void", "superseded": "superseded"}

# A certificate that was issued is revoked and never voided: what strangers may have seen needs an
# answer. A suspended one is not superseded, or a change of name would end the suspension.
LEADS_TO: Mapping[Phase, Mapping[Kind, Phase]] = {
    "being_made": {"issued": "in_force", "voided": "void"},
    "in_force": {"suspended": "suspended", "revoked": "revoked", "superseded": "superseded"},
    "suspended": {"reinstated": "in_force", "revoked": "revoked"},
    "revoked": {},
    "void": {},
    "superseded": {},
}


@dataclass(frozen=True)
class Event:
    """Something that happened to a certificate.

    `at` is aware and in the time zone in which the institute counts its days.
    """

    kind: Kind
    at: datetime


@dataclass(frozen=True)
class Standing:
    """How a certificate stands, and from which day on, where one can be named."""

    state: State
    since: date | None = None


def standing(events: Iterable[Event], valid_from: date, valid_until: date | None, on: date) -> Standing:
    """How the certificate stood on that day; `valid_until` is the last day on which it holds.

    Events of later days are left out, those of the day itself count in full.
    """
    phase, since = _phase([event for event in events if event.at.date() <= on])
    if phase != "in_force":
        return Standing(phase, since)
    if on < valid_from:
        return Standing("not_yet_valid")
    if valid_until is not None and on > valid_until:
        return Standing("expired", valid_until + timedelta(days=1))
    return Standing("valid", valid_from)


def may_follow(kind: Kind, events: Sequence[Event]) -> bool:
    """Whether this may happen after these events; revoked, superseded and void are final."""
    phase, _since = _phase(events)
    return kind in LEADS_TO[phase]


def _phase(events: Sequence[Event]) -> tuple[Phase, date | None]:
    phase: Phase
    since: date | None
    # Events that ought not to stand together may have raced: whatever came first, the worst is told.
    in_turn = sorted(events, key=lambda event: event.at)
    for kind, phase in FINAL.items():
        for event in in_turn:
            if event.kind == kind:
                return phase, event.at.date()
    phase, since = "being_made", None
    for event in in_turn:
        if event.kind in LEADS_TO[phase]:
            phase, since = LEADS_TO[phase][event.kind], event.at.date()
    return phase, since
