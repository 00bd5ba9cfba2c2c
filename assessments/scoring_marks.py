"""From scores to a pass: marks, the pass mark, and what guessing would earn.

All of it in integers and fractions. In binary floats 28 % of 25 is 7.000000000000001, and 7 marks
of 25 would fail a pass mark of 28 %; learners of other systems were shown "80 % needed, 80 % got,
failed" where the display was rounded and the test was not (Automattic/sensei issues 943 and 3530).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from assessments.scoring_terms import Distribution, Score


@dataclass(frozen=True)
class Part:
    """Some of an attempt's questions whose marks must reach a number by themselves, such as those of one domain."""

    title: str
    marks: Fraction
    available: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.marks >= self.needed

    @property
    def shown_marks(self) -> str:
        return shown_marks(self.marks, self.needed, self.available)


def marks_needed(pass_percent: int, marks_available: int) -> int:
    """The fewest whole marks that reach the pass mark: ⌈pass_percent · marks_available / 100⌉.

    Raises ValueError for a pass mark outside 1 to 100, or for no marks at all: with nothing
    needed, everybody would pass.
    """
    if not 1 <= pass_percent <= 100:
        raise ValueError(f"A pass mark lies between 1 and 100 per cent, not at {pass_percent}.")
    if marks_available < 1:
        raise ValueError("A pass mark needs at least one mark that can be earned.")
    return -(-pass_percent * marks_available // 100)


def total(scores: Iterable[Score]) -> Fraction:
    """The marks earned: one for each question answered rightly, and the parts of others."""
    return sum((score.points for score in scores), Fraction(0))


def is_pass(marks: Fraction, needed: int, parts: Iterable[Part] = ()) -> bool:
    """The marks reach the pass mark, and those of each part its own; nothing is rounded or made up for."""
    return marks >= needed and all(part.is_reached for part in parts)


def shown_marks(marks: Fraction, needed: int, available: int) -> str:
    """The marks in words, such as "20.6 of 30, 21 needed", rounded down to one decimal.

    Rounding down shows no failing total at the pass mark, and full marks only where all were
    earned; a passing total still shows at least what was needed, for that is a whole number.
    """
    return f"{shown_points(marks)} of {available}, {needed} needed"


def shown_points(marks: Fraction) -> str:
    """The marks alone, such as "20.6" or "21", rounded down to one decimal."""
    whole, tenth = divmod(floor(marks * 10), 10)
    return f"{whole}.{tenth}" if tenth else f"{whole}"


def chance_of_passing_by_guessing(
    distributions: Iterable[Distribution],
    needed: int,
    attempts: int,
    parts: Iterable[tuple[Iterable[Distribution], int]] = (),
) -> Fraction:
    """The chance that at least one of these attempts passes when every question is guessed.

    Convolves the questions' distributions exactly, so questions of any kinds may be mixed. `parts` are
    further questions, in groups that must each reach a number of marks besides counting towards `needed`.
    """
    totals = _together(distributions)
    for of_part, right in parts:
        reached = {marks: chance for marks, chance in _together(of_part).items() if marks >= right}
        totals = _added(totals, reached)
    passing = sum((chance for marks, chance in totals.items() if marks >= needed), Fraction(0))
    return 1 - (1 - passing) ** attempts


def _together(distributions: Iterable[Distribution]) -> Distribution:
    totals: Distribution = {Fraction(0): Fraction(1)}
    for distribution in distributions:
        totals = _added(totals, distribution)
    return totals


def _added(left: Distribution, right: Distribution) -> Distribution:
    sums: Distribution = {}
    for marks, chance in left.items():
        for points, likelihood in right.items():
            both = marks + points
            sums[both] = sums.get(both, Fraction(0)) + chance * likelihood
    return sums
