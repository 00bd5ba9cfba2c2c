"""Reading a question's body as an author wrote it: plain mappings, lists, strings and booleans.

Floats are refused wherever a number decides a score: 0.1 in a file is not one tenth in a float.
An unknown key is refused as well, or a misspelt "tolerance" would silently become nought.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)
LONGEST_NUMBER = 40

Part = TypeVar("Part")


class BadQuestion(ValueError):
    """The question cannot be scored as it is written; the sentence says what is wrong."""


def check_keys(body: object, needed: Collection[str], allowed: Collection[str] = ()) -> None:
    """Raise BadQuestion unless the body is a mapping with these keys and no others."""
    if not isinstance(body, Mapping):
        raise BadQuestion(f"A table with {_listed(needed)} was expected.")
    for key in needed:
        if key not in body:
            raise BadQuestion(f'"{key}" is missing.')
    for key in body:
        if key not in needed and key not in allowed:
            raise BadQuestion(f'"{key}" is not known here.')


def parts_of(
    body: Mapping[str, object], name: str, read: Callable[[Mapping[str, object]], Part]
) -> tuple[Part, ...]:
    """Each part of the list under this name, read; a fault says which part it is in."""
    written = body[name]
    if not isinstance(written, list | tuple):
        raise BadQuestion(f'"{name}" must be a list.')
    parts = []
    for place, part in enumerate(written, start=1):
        try:
            parts.append(read(part))
        except BadQuestion as fault:
            raise BadQuestion(f'In "{name}", number {place}: {fault}') from fault
    return tuple(parts)


def text_of(body: Mapping[str, object], name: str) -> str:
    """The text under this name, which must not be blank."""
    text = body[name]
    if not isinstance(text, str) or not text.strip():
        raise BadQuestion(f'"{name}" must be a text that is not blank.')
    return text


def truth_of(body: Mapping[str, object], name: str) -> bool:
    """The true or false under this name."""
    truth = body[name]
    if not isinstance(truth, bool):
        raise BadQuestion(f'"{name}" must be true or false.')
    return truth


def points_of(body: Mapping[str, object]) -> Fraction:
    """The points under "points", written "1/2"; one where nothing is written."""
    written = body.get("points", "1")
    if not isinstance(written, str) or not re.fullmatch(r"0|1|[1-9]\d?/[1-9]\d?", written):
        raise BadQuestion('"points" must be written "0", "1" or as a fraction such as "1/2".')
    points = Fraction(written)
    if points > 1:
        raise BadQuestion(f'"points" must not be more than 1: {written}.')
    return points


def number_of(body: Mapping[str, object], name: str, unwritten: str = "") -> Decimal:
    """The number under this name: in quotes, with a point, as it was written."""
    written = body.get(name, unwritten)
    if not isinstance(written, str) or len(written) > LONGEST_NUMBER or not PLAIN_NUMBER.fullmatch(written):
        raise BadQuestion(f'"{name}" must be a number in quotes, such as "12.50".')
    return Decimal(written)


def check_distinct(what: str, texts: Iterable[str]) -> None:
    """Raise BadQuestion where two of these are alike but for case and spacing."""
    seen: set[str] = set()
    for text in texts:
        alike = " ".join(text.split()).casefold()
        if alike in seen:
            raise BadQuestion(f'Two {what} are alike: "{text}".')
        seen.add(alike)


def check_written(what: str, texts: Iterable[str]) -> None:
    """Raise BadQuestion where one of these is blank."""
    if not all(text.strip() for text in texts):
        raise BadQuestion(f"A {what} is blank.")


def _listed(names: Collection[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
