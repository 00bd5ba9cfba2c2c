"""Questions answered by putting items in order.

Of the nine rules in use elsewhere three are offered, because under the others a learner who
orders at random earns much (61 % under Moodle's "relative to correct"):

- all_or_nothing (the default): 1 if every item is in its place, else 0
- absolute: the share of items in their place
- next_pair: the share of neighbours "x, then y" of the right order that stand so in the answer

Source: Moodle's qtype_ordering, there "all or nothing", "absolute position" and "relative to
next item (excluding last)".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import comb, factorial
from typing import Self

from assessments.scoring_body import (
    BadQuestion,
    check_distinct,
    check_keys,
    check_written,
    parts_of,
    text_of,
)
from assessments.scoring_terms import BLANK, Distribution, Score, incomplete, is_blank, scored

ORDER_RULES = ("all_or_nothing", "absolute", "next_pair")


@dataclass(frozen=True)
class Item:
    """One thing to be put in its place; `reason` says why it stands there."""

    key: str
    text: str
    reason: str

    @classmethod
    def read(cls, part: Mapping[str, object]) -> Self:
        """From {"key", "text", "reason"}; raises BadQuestion."""
        check_keys(part, ["key", "text", "reason"])
        return cls(text_of(part, "key"), text_of(part, "text"), text_of(part, "reason"))


@dataclass(frozen=True)
class Ordering:
    """`items` stand in the right order; an answer is the list of all their keys."""

    items: tuple[Item, ...]
    rule: str = "all_or_nothing"

    def __post_init__(self) -> None:
        if len(self.items) < 2:
            raise BadQuestion(f"At least two items are needed; here are {len(self.items)}.")
        for name in ("key", "text", "reason"):
            texts = [getattr(item, name) for item in self.items]
            check_written(f"{name} of an item", texts)
            check_distinct(f"{name}s of items", texts)
        if self.rule not in ORDER_RULES:
            raise BadQuestion(f'There is no scoring rule "{self.rule}" for an order.')

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Self:
        """From {"items": [item, …], "rule": "absolute"}; the rule may be left out."""
        check_keys(body, ["items"], ["rule"])
        rule = text_of({"rule": "all_or_nothing", **body}, "rule")
        return cls(parts_of(body, "items", Item.read), rule)

    def score(self, response: object) -> Score:
        """Points by the rule, with the reasons of all items in their right order."""
        if is_blank(response):
            return BLANK
        keys = [item.key for item in self.items]
        if not isinstance(response, list | tuple) or not _is_rearranged(keys, response):
            return incomplete("Give every item one place.")
        reasons = tuple((item.key, item.reason) for item in self.items)
        return scored(self._points(keys, list(response)), reasons)

    def guess_distribution(self) -> Distribution:
        """Every order is as likely as another."""
        count = len(self.items)
        if self.rule == "all_or_nothing":
            ways = {Fraction(0): factorial(count) - 1, Fraction(1): 1}
        elif self.rule == "absolute":
            ways = {
                Fraction(kept, count): comb(count, kept) * _derangements(count - kept)
                for kept in range(count + 1)
            }
        else:
            ways = {
                Fraction(kept, count - 1): comb(count - 1, kept) * _unfollowed(count - kept)
                for kept in range(count)
            }
        return {points: Fraction(number, factorial(count)) for points, number in ways.items() if number}

    def _points(self, right: list[str], given: list[str]) -> Fraction:
        if self.rule == "all_or_nothing":
            return Fraction(given == right)
        if self.rule == "absolute":
            return Fraction(sum(x == y for x, y in zip(right, given, strict=True)), len(right))
        pairs = set(pairwise(right))
        return Fraction(sum(pair in pairs for pair in pairwise(given)), len(pairs))


def _is_rearranged(keys: list[str], response: list[object] | tuple[object, ...]) -> bool:
    return len(response) == len(keys) and all(key in response for key in keys)


def _derangements(count: int) -> int:
    """Orders of `count` items that leave none in its place (OEIS A000166)."""
    number = 1
    for size in range(1, count + 1):
        number = size * number + (-1) ** size
    return number


def _unfollowed(count: int) -> int:
    """Orders of `count` items, one or more, in which no item is followed by its successor.

    OEIS A000255, shifted by one: the derangements of `count` items and of one fewer, added up.
    """
    return _derangements(count) + _derangements(count - 1)
