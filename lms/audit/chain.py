"""The hash chain under the audit trail: digests, links, and finding what was tampered with.

Each row's hash covers the hash before it, its place, its instant and its facts. An edited, deleted,
inserted or reordered row no longer fits; a cut tail shows against the head, and a chain that was
rewritten together with its head shows against the head that was exported last. What was added after
that export can be rewritten unseen by whoever can write everything: tamper-evident, not proof.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

GENESIS = "0" * 64
"""What stands for the hash before the first row, and at the head of an empty chain."""


class NotCanonical(ValueError):
    """The value has no canonical form, so its digest would not be the same everywhere."""


@dataclass(frozen=True)
class Head:
    """Where a chain ends: the sequence and hash of its last row, or 0 and GENESIS."""

    sequence: int
    hash: str


@dataclass(frozen=True)
class ChainRow:
    """One stored link; rows are numbered from 1 without gaps."""

    sequence: int
    at: datetime
    facts: Mapping[str, Any]
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Fault:
    """A place where the chain does not hold, and what is wrong there."""

    sequence: int
    sentence: str


def digest(payload: object) -> str:
    """SHA-256, in hex, of the payload's canonical JSON: sorted keys, no spaces, UTF-8.

    Takes str, int, bool, None, list and dict. Raises NotCanonical for anything else: floats have
    no single spelling, and NUL or half a surrogate pair does not survive every database.
    """
    plain = dict(payload) if isinstance(payload, Mapping) else payload
    _check(plain)
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        return sha256(canonical.encode()).hexdigest()
    except UnicodeEncodeError as fault:
        raise NotCanonical("A text holds half a surrogate pair.") from fault


def link(previous: str, sequence: int, at: datetime, facts: Mapping[str, Any]) -> str:
    """The hash of one row; raises NotCanonical for facts or an instant without a canonical form."""
    if at.tzinfo is None:
        raise NotCanonical("An instant in a chain is aware.")
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")
    return digest({"previous": previous, "sequence": sequence, "at": instant, "facts": dict(facts)})


def verify(rows: Iterable[ChainRow], head: Head | None, exported: Head | None) -> tuple[Fault, ...]:
    """Every fault of one chain, given its rows in order of sequence; none means that it holds.

    `head` is the stored head, None only where no row was ever written; `exported` the last head
    that was kept elsewhere, None where there is none. Rows are read once and not kept.
    """
    faults: list[Fault] = []
    last = Head(0, GENESIS)
    for row in rows:
        faults.extend(_faults_of_row(row, last))
        if exported and row.sequence == exported.sequence and row.hash != exported.hash:
            faults.append(Fault(row.sequence, f"Row {row.sequence} is not the one that was exported."))
        if row.sequence > last.sequence:
            last = Head(row.sequence, row.hash)
    faults.extend(_faults_of_head(head or Head(0, GENESIS), last))
    if exported and exported.sequence > last.sequence:
        faults.append(_cut(last, f"row {exported.sequence} was exported"))
    return tuple(faults)


def _faults_of_row(row: ChainRow, last: Head) -> Iterator[Fault]:
    expected = last.sequence + 1
    if row.sequence < expected:
        yield Fault(row.sequence, f"Row {row.sequence} stands twice or out of order.")
    elif row.sequence > expected:
        yield Fault(expected, f"{_rows(expected, row.sequence - 1)} missing.")
    elif row.previous_hash != last.hash:
        yield Fault(row.sequence, f"Row {row.sequence} does not follow from the row before it.")
    if not _holds(row):
        yield Fault(row.sequence, f"Row {row.sequence} was edited: its hash does not fit what it says.")


def _faults_of_head(head: Head, last: Head) -> Iterator[Fault]:
    if head.sequence > last.sequence:
        yield _cut(last, f"the head stands at {head.sequence}")
    elif head.sequence < last.sequence:
        beyond = _rows(head.sequence + 1, last.sequence)
        yield Fault(head.sequence + 1, f"{beyond} beyond the head, which stands at {head.sequence}.")
    elif head.hash != last.hash:
        yield Fault(head.sequence, f"The head does not fit row {head.sequence}.")


def _holds(row: ChainRow) -> bool:
    try:
        return link(row.previous_hash, row.sequence, row.at, row.facts) == row.hash
    except NotCanonical:
        return False


def _cut(last: Head, evidence: str) -> Fault:
    return Fault(last.sequence + 1, f"The chain was cut after row {last.sequence}: {evidence}.")


def _rows(first: int, final: int) -> str:
    return f"Row {first} is" if first == final else f"Rows {first} to {final} are"


def _check(value: object) -> None:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise NotCanonical("The keys of a payload are texts.")
        value = [*value, *value.values()]
    if isinstance(value, list):
        for item in value:
            _check(item)
    elif isinstance(value, str):
        if "\0" in value:
            raise NotCanonical("A text holds a NUL.")
    elif value is not None and not isinstance(value, int):
        raise NotCanonical(f"A {type(value).__name__} has no canonical form.")
