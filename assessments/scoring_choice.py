"""Questions answered by choosing: one of several, several of several, true or false.

For `several` only rules are offered under which ticking everything, or nothing, earns nothing.
With k of n options correct, r correct and w wrong ones ticked:

- all_or_nothing (the default): 1 if r = k and w = 0, else 0
- balanced: r/k - w/(n-k), at least 0; ticking without reading gains nothing before that floor
- wrong_voids: r/k if w = 0, else 0

Source: Moodle's qtype_multichoice, whose authors build the last two by hand from fractions per
option. Canvas's (r - w)/k is left out because it pays for ticking everything whenever k > n-k.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Self

from assessments.scoring_body import (
    BadQuestion,
    check_distinct,
    check_keys,
    check_written,
    parts_of,
    text_of,
    truth_of,
)
from assessments.scoring_terms import BLANK, Distribution, Score, incomplete, is_blank, scored

SEVERAL_RULES = ("all_or_nothing", "balanced", "wrong_voids")

NOT_AN_OPTION = "This answer names an option that the question does not have. Choose again."


@dataclass(frozen=True)
class Option:
    """One option. `key` stays the same while the meaning does; `reason` teaches who chose it."""

    key: str
    text: str
    correct: bool
    reason: str

    @classmethod
    def read(cls, part: Mapping[str, object]) -> Self:
        """From {"key", "text", "correct", "reason"}; raises BadQuestion."""
        check_keys(part, ["key", "text", "correct", "reason"])
        return cls(
            text_of(part, "key"),
            text_of(part, "text"),
            truth_of(part, "correct"),
            text_of(part, "reason"),
        )


@dataclass(frozen=True)
class SingleChoice:
    """One option is right; an answer is the key of the one chosen."""

    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        _check_options(self.options)
        right = sum(option.correct for option in self.options)
        if right != 1:
            raise BadQuestion(f"Exactly one option must be correct; here {right} are.")

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Self:
        """From {"options": [option, …]}; raises BadQuestion."""
        check_keys(body, ["options"])
        return cls(parts_of(body, "options", Option.read))

    def score(self, response: object) -> Score:
        """One point for the right option, with the reason of the option that was chosen."""
        if is_blank(response):
            return BLANK
        for option in self.options:
            if option.key == response:
                return scored(Fraction(option.correct), ((option.key, option.reason),))
        return incomplete(NOT_AN_OPTION)

    def guess_distribution(self) -> Distribution:
        """Every option is as likely as another."""
        return _one_in(len(self.options))


@dataclass(frozen=True)
class SeveralChoice:
    """Some options are right; an answer is the list of keys ticked, in any order."""

    options: tuple[Option, ...]
    rule: str = "all_or_nothing"

    def __post_init__(self) -> None:
        _check_options(self.options)
        if len({option.correct for option in self.options}) != 2:
            raise BadQuestion("At least one option must be correct and at least one wrong.")
        if self.rule not in SEVERAL_RULES:
            raise BadQuestion(f'There is no scoring rule "{self.rule}" for several options.')

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Self:
        """From {"options": [option, …], "rule": "balanced"}; the rule may be left out."""
        check_keys(body, ["options"], ["rule"])
        rule = text_of({"rule": "all_or_nothing", **body}, "rule")
        return cls(parts_of(body, "options", Option.read), rule)

    def score(self, response: object) -> Score:
        """Points by the rule, with the reasons of the options that were ticked."""
        if is_blank(response):
            return BLANK
        known = [option.key for option in self.options]
        if not isinstance(response, list | tuple) or any(key not in known for key in response):
            return incomplete(NOT_AN_OPTION)
        ticked = [option for option in self.options if option.key in response]
        right = sum(option.correct for option in ticked)
        reasons = tuple((option.key, option.reason) for option in ticked)
        return scored(self._points(right, len(ticked) - right), reasons)

    def guess_distribution(self) -> Distribution:
        """Every pattern of ticks, the empty one included, is as likely as another."""
        right, wrong = self._counts()
        chances: Distribution = {}
        for r in range(right + 1):
            for w in range(wrong + 1):
                chance = Fraction(comb(right, r) * comb(wrong, w), 2 ** (right + wrong))
                points = self._points(r, w)
                chances[points] = chances.get(points, Fraction(0)) + chance
        return chances

    def _points(self, right_ticked: int, wrong_ticked: int) -> Fraction:
        right, wrong = self._counts()
        share = Fraction(right_ticked, right)
        if self.rule == "balanced":
            return max(Fraction(0), share - Fraction(wrong_ticked, wrong))
        if wrong_ticked or (self.rule == "all_or_nothing" and share < 1):
            return Fraction(0)
        return share

    def _counts(self) -> tuple[int, int]:
        right = sum(option.correct for option in self.options)
        return right, len(self.options) - right


@dataclass(frozen=True)
class TrueFalse:
    """A statement holds or does not; an answer is the word "true" or "false"."""

    answer: bool
    reason_true: str
    reason_false: str

    def __post_init__(self) -> None:
        check_written("reason", [self.reason_true, self.reason_false])
        check_distinct("reasons", [self.reason_true, self.reason_false])

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Self:
        """From {"answer": true, "reason_true": …, "reason_false": …}; raises BadQuestion."""
        check_keys(body, ["answer", "reason_true", "reason_false"])
        return cls(truth_of(body, "answer"), text_of(body, "reason_true"), text_of(body, "reason_false"))

    def score(self, response: object) -> Score:
        """One point for the right word, with the reason kept for the word that was chosen."""
        if is_blank(response):
            return BLANK
        if response == "true":
            return scored(Fraction(self.answer), (("true", self.reason_true),))
        if response == "false":
            return scored(Fraction(not self.answer), (("false", self.reason_false),))
        return incomplete("Choose true or false.")

    def guess_distribution(self) -> Distribution:
        """An even chance."""
        return _one_in(2)


def _one_in(count: int) -> Distribution:
    return {Fraction(0): Fraction(count - 1, count), Fraction(1): Fraction(1, count)}


def _check_options(options: tuple[Option, ...]) -> None:
    if len(options) < 2:
        raise BadQuestion(f"At least two options are needed; here are {len(options)}.")
    for name in ("key", "text", "reason"):
        texts = [getattr(option, name) for option in options]
        check_written(f"{name} of an option", texts)
        check_distinct(f"{name}s of options", texts)
