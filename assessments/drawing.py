"""Drawing questions from a pool and shuffling options, from a seed and nothing else.

Keys are ranked by HMAC-SHA-256 under the seed, and the lowest are taken. Python's random module is
not used: its sequence is no contract between versions, and a draw must be explainable years later.
The seed is kept with the attempt, so that anybody may draw again and find the same.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

# A question's domain, level and demand: what a blueprint counts by.
Cell = tuple[str, str, str]


@dataclass(frozen=True)
class Row:
    """A row of a blueprint: so many questions of this cell."""

    cell: Cell
    draw: int

    def __str__(self) -> str:
        return ", ".join(self.cell)


class PoolTooSmall(ValueError):
    """The pool holds fewer questions than the quiz draws; the sentence says how many."""


def rank(seed: bytes, key: str) -> bytes:
    """Where this key stands under this seed: HMAC-SHA-256, to be compared as bytes."""
    return hmac.digest(seed, key.encode(), "sha256")


def draw(seed: bytes, keys: Iterable[str], count: int) -> tuple[str, ...]:
    """The `count` keys of lowest rank, lowest first, whatever order they were given in.

    A longer draw under the same seed begins with the shorter one. Raises PoolTooSmall.
    """
    pool = sorted(set(keys), key=lambda key: rank(seed, key))
    if len(pool) < count:
        raise PoolTooSmall(f"The quiz draws {count} questions, but the pool holds {len(pool)}.")
    return tuple(pool[:count])


def shuffled(seed: bytes, question_key: str, option_keys: Iterable[str]) -> tuple[str, ...]:
    """The options of one question in the order in which this attempt shows them."""
    # The NUL keeps apart ("ab", "c") and ("a", "bc"), and an option from a drawn question.
    return tuple(sorted(option_keys, key=lambda key: rank(seed, f"{question_key}\0{key}")))
