"""Walking the stored chains of the audit trail and saying where they do not hold."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from lms.audit import chain as links
from lms.audit.models import ChainHead, Event
from lms.audit.trail import chained_facts

Heads = Mapping[str, tuple[int, str]]


def faults(using: str = "default", exported: Heads | None = None) -> Iterator[tuple[str, links.Fault]]:
    """Every fault of every chain, with the chain's name; `exported` are heads that were kept elsewhere."""
    kept = exported or {}
    heads = {head.chain: links.Head(head.sequence, head.hash) for head in ChainHead.objects.using(using)}
    stored = Event.objects.using(using).order_by().values_list("chain", flat=True).distinct()
    for chain in sorted({*heads, *kept, *stored}):
        last = links.Head(*kept[chain]) if chain in kept else None
        for fault in links.verify(_rows(chain, using), heads.get(chain), last):
            yield chain, fault
        for fault in _changed_words(chain, using):
            yield chain, fault


def heads() -> dict[str, tuple[int, str]]:
    """Where each chain ends now: what to keep elsewhere, so that a cut tail shows."""
    return {head.chain: (head.sequence, head.hash) for head in ChainHead.objects.order_by("chain")}


def _changed_words(chain: str, using: str) -> Iterator[links.Fault]:
    """Words that are not those the chain holds the digest of; erasure empties them and leaves the row."""
    said = Event.objects.using(using).filter(chain=chain).exclude(words_digest="", words=None)
    for event in said.select_related("words").order_by("sequence").iterator():
        words = getattr(event, "words", None)
        if words is None:
            yield links.Fault(event.sequence, f"The words of row {event.sequence} are missing.")
        elif words.text and sha256(words.text.encode()).hexdigest() != event.words_digest:
            yield links.Fault(event.sequence, f"The words of row {event.sequence} were changed.")


def _rows(chain: str, using: str) -> Iterator[links.ChainRow]:
    for event in Event.objects.using(using).filter(chain=chain).order_by("sequence", "pk").iterator():
        yield links.ChainRow(event.sequence, event.at, chained_facts(event), event.previous_hash, event.hash)
