"""What stands of a marking: its bands, folded with what quality assurance decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from assessments import judging
from assessments.models.assurance import QualityDecision
from assessments.models.marking import Feedback, Marking
from assessments.models.results import Result
from assessments.models.rubrics import BANDS, Criterion

FIRST_STRENGTH = 3  # merit: better than what was asked
TOP = max(BANDS)


@dataclass(frozen=True)
class JudgedCriterion:
    """One criterion with the band that stands, the one that the assessor gave, and the assessor's comment."""

    criterion: Criterion
    band: int
    given: int
    comment: str = ""

    @property
    def word(self) -> str:
        return BANDS[self.band]

    @property
    def descriptor(self) -> str:
        return self.criterion.descriptor(self.band)

    @property
    def given_word(self) -> str:
        return BANDS[self.given]

    @property
    def was_changed(self) -> bool:
        return self.band != self.given

    @property
    def is_met(self) -> bool:
        return self.band >= judging.PASS_BAND

    @property
    def is_strength(self) -> bool:
        return self.band >= FIRST_STRENGTH

    @property
    def next_word(self) -> str:
        """The band above this one; empty at the top."""
        return BANDS.get(self.band + 1, "")

    @property
    def next_descriptor(self) -> str:
        return self.criterion.descriptor(self.band + 1) if self.next_word else ""

    @property
    def aim(self) -> int:
        """The band to aim at next: merit, or distinction from there. Pass is no aim: its descriptor holds a “but”."""
        return max(FIRST_STRENGTH, self.band + 1)

    @property
    def aim_word(self) -> str:
        return BANDS[self.aim]

    @property
    def aim_descriptor(self) -> str:
        return self.criterion.descriptor(self.aim)


@dataclass(frozen=True)
class JudgedWork:
    """A marking as it stands now, in the order of its rubric."""

    criteria: tuple[JudgedCriterion, ...]
    outcome: str
    is_unsafe: bool
    feedback: str
    unsafe_words: str
    decision: QualityDecision | None

    @property
    def is_competent(self) -> bool:
        return self.outcome == Result.Outcome.COMPETENT

    @property
    def outcome_word(self) -> str:
        return Result.Outcome(self.outcome).label

    @property
    def lowest_band(self) -> int:
        return min(each.band for each in self.criteria)

    @property
    def met(self) -> int:
        return sum(each.is_met for each in self.criteria)

    @property
    def strengths(self) -> list[JudgedCriterion]:
        return [each for each in self.criteria if each.is_strength]

    @property
    def missing(self) -> list[JudgedCriterion]:
        return [each for each in self.criteria if not each.is_met]

    @property
    def weakest(self) -> JudgedCriterion | None:
        """Where there is most to gain: the lowest band, then the heaviest; None when all are at the top."""
        below = [each for each in self.criteria if each.band < TOP]
        return min(below, key=lambda each: (each.band, -each.criterion.weight), default=None)

    @property
    def was_overturned(self) -> bool:
        return self.decision is not None and self.decision.is_overturn


def with_judgement(markings: QuerySet[Marking]) -> QuerySet[Marking]:
    """Markings with all that `judged` reads, in a fixed number of queries."""
    return markings.prefetch_related(
        "marks__criterion", "feedback", "decisions__marks__criterion", "decisions__reason"
    )


def judged(marking: Marking) -> JudgedWork:
    """The marking as it stands after every quality decision on it."""
    marks = sorted(marking.marks.all(), key=lambda mark: mark.criterion.position)
    given = {mark.criterion.key: mark.band for mark in marks}
    decisions = list(marking.decisions.all())
    bands = judging.standing_bands(given, [_decided(each) for each in decisions])
    unsafe = _unsafe_passages(marking, decisions)
    words = _words(marking)
    return JudgedWork(
        criteria=tuple(
            JudgedCriterion(
                mark.criterion, bands[mark.criterion.key], mark.band, words.get(mark.criterion_id, "")
            )
            for mark in marks
        ),
        outcome=judging.judge(bands, list(bands), unsafe).outcome,
        is_unsafe=unsafe > 0,
        feedback=words.get(Feedback.About.WORK, ""),
        unsafe_words=words.get(Feedback.About.UNSAFE, ""),
        decision=decisions[-1] if decisions else None,
    )


def _decided(decision: QualityDecision) -> judging.QualityDecision:
    bands = {mark.criterion.key: mark.band for mark in decision.marks.all()}
    return judging.QualityDecision(decision.decision, bands)  # type: ignore[arg-type]


def _unsafe_passages(marking: Marking, decisions: list[QualityDecision]) -> int:
    found = [each.unsafe_passages for each in decisions if each.unsafe_passages is not None]
    return found[-1] if found else marking.unsafe_passages


def _words(marking: Marking) -> Mapping[object, str]:
    """The assessor's words by criterion, and by what else they are about."""
    return {each.criterion_id or each.about: each.text for each in marking.feedback.all()}
