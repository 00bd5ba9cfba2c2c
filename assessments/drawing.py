"""Drawing questions from a pool and shuffling options, from a seed and nothing else.

Keys are ranked by HMAC-SHA-256 under the seed, and the lowest are taken. Python's random module is
not used: its sequence is no contract between versions, and a draw must be explainable years later.
The seed is kept with the attempt, so that anybody may draw again and find the same.
"""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
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


def drawn_by_domain(rows: Iterable[Row]) -> Counter[str]:
    """How many questions of each domain a paper holds."""
    drawn: Counter[str] = Counter()
    for row in rows:
        drawn[row.cell[0]] += row.draw
    return drawn


def draw_by_rows(
    seed: bytes, cells: Mapping[str, Cell], rows: Iterable[Row], met: Mapping[str, int] | None = None
) -> tuple[str, ...]:
    """Each row's number of the keys in its cell, all of them in mixed order.

    `cells` says where each key stands, `met` how often this learner was asked it before: what was met
    less often is drawn first, so that a second attempt is another paper as far as the pool allows.
    Raises PoolTooSmall.
    """
    drawn: list[str] = []
    for row in rows:
        pool = [key for key, cell in cells.items() if cell == row.cell]
        if len(pool) < row.draw:
            raise PoolTooSmall(
                f"The quiz draws {row.draw} questions of {row}, but the pool holds {len(pool)}."
            )
        pool.sort(key=lambda key: ((met or {}).get(key, 0), rank(seed, key)))
        drawn += pool[: row.draw]
    # A rank of its own: by the first one, questions of small cells would come last.
    return tuple(sorted(drawn, key=lambda key: rank(seed, f"place\0{key}")))


def shuffled(seed: bytes, question_key: str, option_keys: Iterable[str]) -> tuple[str, ...]:
    """The options of one question in the order in which this attempt shows them."""
    # The NUL keeps apart ("ab", "c") and ("a", "bc"), and an option from a drawn question.
    return tuple(sorted(option_keys, key=lambda key: rank(seed, f"{question_key}\0{key}")))
