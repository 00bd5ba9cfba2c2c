"""Questions answered with a number.

A number is read from the typed text as a decimal and never turned into a float. The tolerance is
nominal and its bounds belong to it: 7 ± 1 takes 6 and 8 (source: Moodle's qtype_numerical, without
the ε that its floats need). The first listed answer that takes the number decides.

One comma and no point is read as a decimal comma, but never guessed: "1,234" may be a thousand
or one and a bit, so it is bounced back as incomplete, as every thousands separator is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from assessments.scoring_body import (
    LONGEST_NUMBER,
    PLAIN_NUMBER,
    BadQuestion,
    check_distinct,
    check_keys,
    check_written,
    number_of,
    parts_of,
    points_of,
    text_of,
)
from assessments.scoring_terms import BLANK, Distribution, Score, incomplete, is_blank, scored

OTHERWISE = "otherwise"
NOT_A_NUMBER = "Type one number in digits, without a unit and without separators for thousands."
READ_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


class Unreadable(ValueError):
    """The typed text is no number, or could be two; the sentence says what to type."""


@dataclass(frozen=True)
class NumberAnswer:
    """A number that an author foresaw, right or wrong, and what it earns."""

    key: str
    value: Decimal
    tolerance: Decimal
    points: Fraction
    reason: str

    @classmethod
    def read(cls, part: Mapping[str, object]) -> Self:
        """From {"key", "value", "tolerance", "points", "reason"}; raises BadQuestion.

        Tolerance is "0" and points are "1" where they are left out.
        """
        check_keys(part, ["key", "value", "reason"], ["tolerance", "points"])
        return cls(
            text_of(part, "key"),
            number_of(part, "value"),
            number_of(part, "tolerance", "0"),
            points_of(part),
            text_of(part, "reason"),
        )

    def takes(self, number: Decimal) -> bool:
        """The number lies within the tolerance, bounds included."""
        # Fractions, because subtraction of decimals rounds to the context's 28 digits.
        return abs(Fraction(number) - Fraction(self.value)) <= Fraction(self.tolerance)


@dataclass(frozen=True)
class Number:
    """An answer is the text that was typed; `otherwise` is the reason for any other number."""

    answers: tuple[NumberAnswer, ...]
    otherwise: str

    def __post_init__(self) -> None:
        if not any(answer.points == 1 for answer in self.answers):
            raise BadQuestion("At least one answer must earn the full point.")
        for answer in self.answers:
            if answer.tolerance < 0:
                raise BadQuestion(f'The tolerance of "{answer.key}" is below nought.')
        reasons = [*(answer.reason for answer in self.answers), self.otherwise]
        check_written("reason", reasons)
        check_distinct("reasons", reasons)
        check_distinct("keys of answers", [*(answer.key for answer in self.answers), OTHERWISE])

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Self:
        """From {"answers": [answer, …], "otherwise": reason}; raises BadQuestion."""
        check_keys(body, ["answers", OTHERWISE])
        return cls(parts_of(body, "answers", NumberAnswer.read), text_of(body, OTHERWISE))

    def score(self, response: object) -> Score:
        """The points of the first answer that takes the number, with its reason."""
        if is_blank(response):
            return BLANK
        if not isinstance(response, str):
            return incomplete(NOT_A_NUMBER)
        try:
            number = read_number(response)
        except Unreadable as fault:
            return incomplete(str(fault))
        for answer in self.answers:
            if answer.takes(number):
                return scored(answer.points, ((answer.key, answer.reason),))
        return scored(Fraction(0), ((OTHERWISE, self.otherwise),))

    def guess_distribution(self) -> Distribution:
        """Nobody hits a number by chance."""
        return {Fraction(0): Fraction(1)}


def read_number(typed: str) -> Decimal:
    """The number that was typed, exactly; raises Unreadable with a sentence for the learner."""
    text = typed.strip().replace("\N{MINUS SIGN}", "-")
    if READ_TWO_WAYS.fullmatch(text):
        whole, point = text.replace(",", ""), text.replace(",", ".")
        raise Unreadable(f"{text} can be read in two ways. Type {whole} or {point}.")
    # A second comma, or a comma beside a point, leaves two points behind and is no number.
    text = text.replace(",", ".")
    if len(text) > LONGEST_NUMBER or not PLAIN_NUMBER.fullmatch(text):
        raise Unreadable(NOT_A_NUMBER)
    return Decimal(text)
