"""Scoring: what an answer to a question is worth, exactly, and the same for ever.

This is the front of the `scoring_…` modules, which hold one kind of question each. A question
version stores its kind and its body; `parse` makes a specification of them and `score` judges an
answer against it, without clock, database or chance, so that every score can be replayed.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from assessments.scoring_body import BadQuestion
from assessments.scoring_choice import Option, SeveralChoice, SingleChoice, TrueFalse
from assessments.scoring_marks import (
    Part,
    chance_of_passing_by_guessing,
    is_pass,
    marks_needed,
    shown_marks,
    shown_points,
    total,
)
from assessments.scoring_matching import Matching
from assessments.scoring_number import Number
from assessments.scoring_order import Ordering
from assessments.scoring_terms import ENGINE_VERSION, Distribution, Score, Spec, State
from assessments.scoring_text import ShortText

__all__ = [
    "ENGINE_VERSION",
    "KINDS",
    "BadQuestion",
    "Distribution",
    "Matching",
    "Number",
    "Option",
    "Ordering",
    "Part",
    "Score",
    "SeveralChoice",
    "ShortText",
    "SingleChoice",
    "Spec",
    "State",
    "TrueFalse",
    "chance_of_passing_by_guessing",
    "guess_distribution",
    "guess_value",
    "is_pass",
    "marks_needed",
    "parse",
    "score",
    "shown_marks",
    "shown_points",
    "total",
]

KINDS: Mapping[str, Callable[[Mapping[str, object]], Spec]] = {
    "single": SingleChoice.read,
    "several": SeveralChoice.read,
    "true_false": TrueFalse.read,
    "number": Number.read,
    "short_text": ShortText.read,
    "matching": Matching.read,
    "ordering": Ordering.read,
}
"""Every kind of question and what reads its body. Stored versions hold these names."""


def parse(kind: str, body: Mapping[str, object]) -> Spec:
    """The specification that this body describes; raises BadQuestion with what is wrong."""
    if kind not in KINDS:
        raise BadQuestion(f'There is no kind of question "{kind}".')
    return KINDS[kind](body)


def score(spec: Spec, response: object) -> Score:
    """The worth of this answer. Takes any JSON value and never raises."""
    return spec.score(response)


def guess_distribution(spec: Spec) -> Distribution:
    """The chance of each number of points for somebody who ignores the question."""
    return spec.guess_distribution()


def guess_value(spec: Spec) -> Fraction:
    """The points that somebody who ignores the question can expect."""
    chances = spec.guess_distribution()
    return sum((points * chance for points, chance in chances.items()), Fraction(0))
