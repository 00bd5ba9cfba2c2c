"""Whether a learner has what a certificate asks for, what is missing, and why.

Only released results count, and a withdrawn one does not. A later failure takes nothing away from
an earlier success: what was shown stays shown. This says that a certificate may be decided upon; the
decision itself is a person's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Outcome = Literal["competent", "passed", "finished", "not_yet_competent", "not_passed"]

ATTAINED = frozenset({"competent", "passed", "finished"})

NOTHING_YET = {
    "quiz": "You have no result for this quiz yet.",
    "case": "You have no result for this case yet.",
    "assignment": "You have no result for this assignment yet.",
    "course": "You have not finished this course yet.",
}


@dataclass(frozen=True)
class Requirement:
    """One thing that a scheme asks for; `minimum_band` is the lowest band on any criterion, or on the one named.

    `minimum_percent` is the least share of a case's points, where a pass is not enough.
    """

    key: str
    kind: str
    title: str
    minimum_band: int | None = None
    criterion: str = ""
    criterion_title: str = ""
    minimum_percent: int | None = None


@dataclass(frozen=True)
class ReleasedResult:
    """What a learner was told about one requirement; `lowest_band` of its criteria, if any, and their `bands`.

    `percent` is the share of the points, where it is a case.
    """

    id: str
    requirement_key: str
    outcome: Outcome
    on: date
    lowest_band: int | None = None
    withdrawn: bool = False
    bands: Mapping[str, int] = field(default_factory=dict)
    percent: int | None = None

    def band_for(self, requirement: Requirement) -> int | None:
        """The band that this requirement looks at."""
        return self.bands.get(requirement.criterion) if requirement.criterion else self.lowest_band


@dataclass(frozen=True)
class Met:
    """A requirement, the result that meets it, and since when."""

    requirement: Requirement
    result_id: str
    on: date


@dataclass(frozen=True)
class Missing:
    """A requirement that is not met, and why, in a sentence for the learner."""

    requirement: Requirement
    reason: str


@dataclass(frozen=True)
class Eligibility:
    """Every requirement, met or missing, in the order of the scheme."""

    met: tuple[Met, ...]
    missing: tuple[Missing, ...]

    @property
    def is_eligible(self) -> bool:
        """Everything is met; a scheme that asks for nothing makes nobody eligible."""
        return bool(self.met) and not self.missing


def eligibility(requirements: Sequence[Requirement], results: Sequence[ReleasedResult]) -> Eligibility:
    """What of these requirements is met, by the newest result that meets it, and what is missing."""
    met: list[Met] = []
    missing: list[Missing] = []
    for requirement in requirements:
        own = sorted(
            (result for result in results if result.requirement_key == requirement.key),
            key=lambda result: (result.on, result.id),
        )
        meeting = [result for result in own if _meets(result, requirement)]
        if meeting:
            met.append(Met(requirement, meeting[-1].id, meeting[-1].on))
        else:
            missing.append(Missing(requirement, _reason(requirement, own)))
    return Eligibility(tuple(met), tuple(missing))


def band_in_words(band: int, criterion_title: str = "") -> str:
    """What is asked of the bands, to go on a sentence with."""
    where = f"in “{criterion_title}”" if criterion_title else "on every criterion"
    return f"band {band} or better {where}"


def percent_in_words(percent: int) -> str:
    """What is asked of the points, to go on a sentence with."""
    return f"{percent}% of the points or more"


def _counts(result: ReleasedResult) -> bool:
    return result.outcome in ATTAINED and not result.withdrawn


def _meets(result: ReleasedResult, requirement: Requirement) -> bool:
    return (
        _counts(result)
        and (result.band_for(requirement) or 0) >= (requirement.minimum_band or 0)
        and (result.percent or 0) >= (requirement.minimum_percent or 0)
    )


def _reason(requirement: Requirement, results: Sequence[ReleasedResult]) -> str:
    """Why none of these results, oldest first, meets the requirement."""
    if not results:
        return NOTHING_YET.get(requirement.kind, "You have no result for this yet.")
    too_low = [result for result in results if _counts(result)]
    if too_low:
        reason = _reason_of_percent if requirement.minimum_percent else _reason_of_band
        return reason(requirement, too_low[-1])
    latest = results[-1]
    day = _in_words(latest.on)
    if latest.withdrawn:
        return f"Your result of {day} was withdrawn, so it does not count."
    if latest.outcome == "not_passed":
        return f"Your latest result, of {day}, is below the pass mark."
    return f"Your latest result, of {day}, is not yet competent."


def _reason_of_band(requirement: Requirement, result: ReleasedResult) -> str:
    words = band_in_words(requirement.minimum_band or 0, requirement.criterion_title)
    day, band = _in_words(result.on), result.band_for(requirement)
    if band is None:
        lacks = "no band for that" if requirement.criterion else "no bands"
        return f"This certificate asks for {words}; your result of {day} has {lacks}."
    if requirement.criterion:
        return f"This certificate asks for {words}; your result of {day} has band {band} there."
    return f"This certificate asks for {words}; the lowest in your result of {day} is band {band}."


def _reason_of_percent(requirement: Requirement, result: ReleasedResult) -> str:
    words = percent_in_words(requirement.minimum_percent or 0)
    return (
        f"This certificate asks for {words}; your pass of {_in_words(result.on)} has {result.percent or 0}%."
    )


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
