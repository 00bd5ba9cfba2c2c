"""From bands on a rubric to an outcome.

The rule is conjunctive: every criterion at band 2 or better and no passage marked as unsafe advice.
Nobody makes up for a failed criterion with a better one, so bands are kept and never averaged.
Quality assurance edits no mark; it adds decisions, and what stands is a fold over them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

BANDS = range(1, 5)
PASS_BAND = 2

Outcome = Literal["competent", "not_yet_competent"]


class IncompleteMarking(ValueError):
    """Criteria without a band: `criteria` holds their keys."""

    def __init__(self, criteria: Sequence[str]) -> None:
        self.criteria = tuple(criteria)
        super().__init__(f"These criteria have no band yet: {', '.join(criteria)}.")


class BadMarking(ValueError):
    """The bands do not fit the rubric; the sentence says which and why."""


@dataclass(frozen=True)
class Judgement:
    """An outcome and what stands in its way: criteria below band 2, unsafe advice."""

    outcome: Outcome
    missing: tuple[str, ...] = ()
    unsafe: bool = False


@dataclass(frozen=True)
class QualityDecision:
    """What an internal quality assurer decided about a marking; `bands` are those overturned."""

    decision: Literal["agree", "overturn"]
    bands: Mapping[str, int] = field(default_factory=dict)


def judge(bands: Mapping[str, int], criteria: Sequence[str], unsafe_passages: int) -> Judgement:
    """The outcome of these bands under a rubric with these criteria.

    Raises IncompleteMarking for criteria without a band, and BadMarking for a rubric without
    criteria, a criterion that the rubric does not have, or a band that is not 1 to 4.
    """
    if not criteria:
        raise BadMarking("A rubric without criteria cannot show anybody competent.")
    _check_bands(bands, criteria)
    unmarked = [criterion for criterion in criteria if criterion not in bands]
    if unmarked:
        raise IncompleteMarking(unmarked)
    missing = tuple(criterion for criterion in criteria if bands[criterion] < PASS_BAND)
    unsafe = unsafe_passages > 0
    return Judgement("not_yet_competent" if missing or unsafe else "competent", missing, unsafe)


def standing_bands(
    marking_bands: Mapping[str, int], quality_decisions: Sequence[QualityDecision]
) -> dict[str, int]:
    """The bands that stand after these decisions, in the order in which they were taken.

    An overturn replaces the bands it names and leaves the others; agreeing changes nothing.
    Raises BadMarking where an overturn names a criterion without a band, or no band of the scale.
    """
    bands = dict(marking_bands)
    for taken in quality_decisions:
        if taken.decision == "overturn":
            _check_bands(taken.bands, tuple(marking_bands))
            bands.update(taken.bands)
    return bands


def _check_bands(bands: Mapping[str, int], criteria: Sequence[str]) -> None:
    for criterion, band in bands.items():
        if criterion not in criteria:
            raise BadMarking(f'"{criterion}" is no criterion of this rubric.')
        if band not in BANDS:
            raise BadMarking(f'"{criterion}" has band {band}; bands are 1 to 4.')
