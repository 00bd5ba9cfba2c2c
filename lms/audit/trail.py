"""Adding to the audit trail."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, transaction

from lms.audit import chain as links
from lms.audit.models import ChainHead, Event, EventWords

SITE = "site"


class HasUuid(Protocol):
    """Anything with a public identity: a person, an institute, a row of evidence."""

    uuid: UUID


@dataclass(frozen=True)
class Entry:
    """What one event says, before it has its place in the chain."""

    verb: str
    subject: HasUuid
    actor: HasUuid | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""


def record(
    verb: str,
    subject: HasUuid,
    *,
    by: HasUuid | None,
    at: datetime,
    institute: HasUuid | None = None,
    facts: Mapping[str, Any] | None = None,
    words: str = "",
) -> Event:
    """Add one event to the institute's chain (or the site's), inside the caller's transaction.

    Call it last: it locks the chain's head until the transaction ends. `facts` are ids, numbers
    and fixed words; a person's own words go in `words`, which erasure may empty.
    """
    entry = Entry(verb, subject, by, facts or {}, words)
    return record_many([entry], at=at, institute=institute)[0]


def record_many(entries: Iterable[Entry], *, at: datetime, institute: HasUuid | None = None) -> list[Event]:
    """Add events in order under one lock of the chain's head. Raises outside a transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "An event is recorded in the transaction of what it tells of."
        )
    chain = str(institute.uuid) if institute else SITE
    said = list(entries)
    head = _locked_head(chain)
    events = [_next_event(head, chain, entry, at) for entry in said]
    Event.objects.bulk_create(events)
    EventWords.objects.bulk_create(
        EventWords(event=event, text=entry.words)
        for event, entry in zip(events, said, strict=True)
        if entry.words
    )
    head.save(update_fields=["sequence", "hash"])
    return events


def _locked_head(chain: str) -> ChainHead:
    heads = ChainHead.objects.select_for_update(no_key=True)
    head = heads.filter(chain=chain).first()
    if head is None:
        ChainHead.objects.bulk_create([ChainHead(chain=chain, hash=links.GENESIS)], ignore_conflicts=True)
        head = heads.get(chain=chain)
    return head


def _next_event(head: ChainHead, chain: str, entry: Entry, at: datetime) -> Event:
    event = Event(
        chain=chain,
        sequence=head.sequence + 1,
        at=at,
        actor=entry.actor.uuid if entry.actor else None,
        verb=entry.verb,
        subject_kind=entry.subject.__class__.__name__.lower(),
        subject=entry.subject.uuid,
        facts=dict(entry.facts),
        words_digest=hashlib.sha256(entry.words.encode()).hexdigest() if entry.words else "",
        previous_hash=head.hash,
    )
    event.hash = links.link(head.hash, event.sequence, at, chained_facts(event))
    head.sequence, head.hash = event.sequence, event.hash
    return event


def chained_facts(event: Event) -> dict[str, Any]:
    """Everything of an event that its hash covers, besides its place and its instant."""
    return {
        "uuid": str(event.uuid),
        "chain": event.chain,
        "actor": str(event.actor) if event.actor else None,
        "verb": event.verb,
        "subject_kind": event.subject_kind,
        "subject": str(event.subject),
        "facts": event.facts,
        "words_digest": event.words_digest,
    }
