"""What every kind of question shares: what a score says, and what a specification promises.

A specification is the part of a question version that decides a score. Its `score` is a total
function: every JSON value that a stored answer may hold gets a score, so that closing an expired
attempt or replaying an old one never stops at a damaged answer. No clock, no database, no chance.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

ENGINE_VERSION = 1
"""Kept with each score. A rule that would change any old score gets a new number."""

State = Literal["right", "partly", "wrong", "blank", "incomplete"]
Reason = tuple[str, str]
Distribution = dict[Fraction, Fraction]

RESPONSE = "response"
"""The part that a reason names when it speaks of the answer as a whole."""


@dataclass(frozen=True)
class Score:
    """The worth of one answer: points from nought to one, and why, as (part, reason) pairs.

    `blank` is no answer; `incomplete` is one that cannot be read and is bounced back to the
    learner with its reason. Both earn nothing and neither is `wrong`. Reasons speak of what the
    learner chose, wrote, matched or placed, never of options left alone.
    """

    points: Fraction
    state: State
    reasons: tuple[Reason, ...] = ()
    engine_version: int = ENGINE_VERSION


class Spec(Protocol):
    """What scores the answers to one question, whatever its kind."""

    def score(self, response: object) -> Score:
        """The worth of this answer; never raises."""
        ...

    def guess_distribution(self) -> Distribution:
        """The chance of each number of points for somebody who ignores the question."""
        ...


BLANK = Score(Fraction(0), "blank")


def scored(points: Fraction, reasons: tuple[Reason, ...]) -> Score:
    """A score whose state follows from its points."""
    state: State = "right" if points == 1 else "partly" if points else "wrong"
    return Score(points, state, reasons)


def incomplete(sentence: str) -> Score:
    """A score for an answer that cannot be read; the sentence says what to do."""
    return Score(Fraction(0), "incomplete", ((RESPONSE, sentence),))


def is_blank(response: object) -> bool:
    """Nothing was answered: no value, an empty list or mapping, or only white space."""
    if isinstance(response, str):
        return not response.strip()
    return response is None or response in ([], {}, ())
