"""Rows of how many works were judged: batch by batch, from the markings to the results."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import uuid4

from assessments import judging
from assessments.actions.quality import REASONS
from assessments.models import (
    Batch,
    Feedback,
    Mark,
    Marking,
    QualityDecision,
    QualityMark,
    QualityReason,
    Result,
    ResultEvent,
    Sampled,
    Submission,
)
from courses.models import StepDone
from lms.demonstration.crowd import writing
from lms.demonstration.crowd.handed_in import make_submissions
from lms.demonstration.crowd.lots import SHARE_PERCENT, Lot, Piece
from lms.demonstration.crowd.scene import Scene
from lms.people.models import User


@dataclass
class Judged:
    """A piece of work with the rows that are made of it, one after the other."""

    lot: Lot
    piece: Piece
    batch: Batch
    submission: Submission
    marking: Marking
    decision: QualityDecision | None = None


def judge_lots(scene: Scene, lots: Sequence[Lot]) -> None:
    """Everything about the batches of these lots."""
    batches = Batch.objects.bulk_create(_batch(scene, lot) for lot in lots)
    pairs = [(lot, batch, piece) for lot, batch in zip(lots, batches, strict=True) for piece in lot.pieces]
    handed_in = make_submissions(scene, [piece for _, _, piece in pairs])
    every = [
        Judged(lot, piece, batch, submission, _marking(scene, piece, submission, batch))
        for (lot, batch, piece), submission in zip(pairs, handed_in, strict=True)
    ]
    _make_markings(scene, every)
    _make_decisions(scene, [each for each in every if each.piece.decision])
    _make_results(scene, [each for each in every if each.lot.released is not None])
    for lot, batch in zip(lots, batches, strict=True):
        _tell_of_batch(scene, lot, batch)


def _batch(scene: Scene, lot: Lot) -> Batch:
    at = scene.timetable.at
    batch = Batch(
        uuid=uuid4(),
        institute=scene.institute,
        assignment=scene.practitioners.assignments[lot.assignment],
        number=next(scene.batch_numbers[lot.assignment]),
        share_percent=SHARE_PERCENT,
        opened_at=at(lot.opened),
    )
    if lot.closed is not None:
        batch.state, batch.seed, batch.closed_at = Batch.State.CLOSED, lot.seed, at(lot.closed)
        # A full batch is closed by the clock, that is by nobody.
        batch.closed_by = None if lot.is_full else scene.lead
    if lot.released is not None:
        batch.state, batch.released_at, batch.released_by = Batch.State.RELEASED, at(lot.released), scene.lead
    return batch


def _marking(scene: Scene, piece: Piece, submission: Submission, batch: Batch) -> Marking:
    assessor = scene.assessors[piece.assessor]
    facts = {"submission": str(submission.uuid), "batch": str(batch.uuid)}
    scene.trail.tell(piece.marked, "marking.recorded", Marking, piece.uuid, assessor.uuid, facts)
    return Marking(
        uuid=piece.uuid,
        institute=scene.institute,
        submission=submission,
        batch=batch,
        rubric_version=scene.assignment_versions[piece.assignment].rubric_version,
        assessor=assessor,
        learner_id=piece.learner.user,
        unsafe_passages=piece.unsafe,
        recorded_at=scene.timetable.at(piece.marked),
    )


def _make_markings(scene: Scene, every: Sequence[Judged]) -> None:
    Marking.objects.bulk_create(each.marking for each in every)
    Mark.objects.bulk_create(
        Mark(marking=each.marking, criterion=criterion, band=band)
        for each in every
        for criterion, band in zip(scene.criteria[each.piece.assignment], each.piece.bands, strict=True)
    )
    Feedback.objects.bulk_create(feedback for each in every for feedback in _feedback(scene, each))
    Sampled.objects.bulk_create(
        Sampled(
            batch=each.batch,
            marking=each.marking,
            reason=REASONS[each.piece.drawn_for],
            drawn_at=each.batch.closed_at,
        )
        for each in every
        if each.piece.drawn_for
    )


def _feedback(scene: Scene, each: Judged) -> Iterator[Feedback]:
    """What the assessor said, who did not know what a quality assurer would find."""
    piece, about = each.piece, Feedback.About
    passes = not piece.unsafe and min(piece.bands) >= judging.PASS_BAND
    said = writing.feedback(passes, scene.chance)
    yield Feedback(marking=each.marking, about=about.WORK, text=said)
    for criterion, band in zip(scene.criteria[piece.assignment], piece.bands, strict=True):
        if comment := writing.comment(band):
            yield Feedback(marking=each.marking, about=about.CRITERION, criterion=criterion, text=comment)
    if piece.unsafe:
        yield Feedback(marking=each.marking, about=about.UNSAFE, text=writing.fixed("unsafe"))


def _make_decisions(scene: Scene, decided: Sequence[Judged]) -> None:
    for each in decided:
        each.decision = _decision(scene, each)
    QualityDecision.objects.bulk_create(each.decision for each in decided)
    QualityMark.objects.bulk_create(
        QualityMark(decision=each.decision, criterion=scene.criteria[each.piece.assignment][place], band=band)
        for each in decided
        for place, band in each.piece.decision.bands.items()
    )
    QualityReason.objects.bulk_create(
        QualityReason(
            decision=each.decision,
            text=writing.fixed("overturned" if each.piece.decision.bands else "agreed"),
        )
        for each in decided
    )


def _decision(scene: Scene, each: Judged) -> QualityDecision:
    planned, marking = each.piece.decision, each.marking
    by: User = scene.lead if planned.by_lead else scene.assurer
    facts: dict[str, object] = {}
    if planned.bands:
        keys = [criterion.key for criterion in scene.criteria[each.piece.assignment]]
        bands = {keys[place]: band for place, band in planned.bands.items()}
        facts = {"rest": QualityDecision.Rest.STANDS.value, "added": 0, "bands": bands}
    verb = "marking.overturned" if planned.bands else "marking.agreed"
    scene.trail.tell(planned.tick, verb, Marking, marking.uuid, by.uuid, facts)
    kind = QualityDecision.Decision
    return QualityDecision(
        uuid=uuid4(),
        marking=marking,
        decision=kind.OVERTURN if planned.bands else kind.AGREE,
        rest=QualityDecision.Rest.STANDS if planned.bands else "",
        decided_by=by,
        assessor_id=marking.assessor_id,
        learner_id=marking.learner_id,
        decided_at=scene.timetable.at(planned.tick),
    )


def _make_results(scene: Scene, released: Sequence[Judged]) -> None:
    results = Result.objects.bulk_create(_result(scene, each) for each in released)
    ResultEvent.objects.bulk_create(
        ResultEvent(result=result, kind=ResultEvent.Kind.RELEASED, by=scene.lead, at=result.made_at)
        for result in results
    )
    StepDone.objects.bulk_create(
        StepDone(
            enrolment_id=result.enrolment_id, step_id=result.step_id, at=result.made_at, by_what="assignment"
        )
        for result in results
        if result.is_success
    )


def _result(scene: Scene, each: Judged) -> Result:
    piece = each.piece
    keys = [criterion.key for criterion in scene.criteria[piece.assignment]]
    bands = dict(zip(keys, piece.standing_bands, strict=True))
    outcome = judging.judge(bands, keys, piece.unsafe).outcome
    result = Result(
        uuid=uuid4(),
        institute=scene.institute,
        enrolment_id=piece.learner.enrolment,
        learner_id=piece.learner.user,
        step_id=each.submission.assignment_id,
        outcome=outcome,
        lowest_band=min(bands.values()),
        marking=each.marking,
        quality_decision=each.decision,
        made_at=scene.timetable.at(each.lot.released),
    )
    facts = {"outcome": outcome, "marking": str(each.marking.uuid)}
    scene.trail.tell(each.lot.released, "result.released", Result, result.uuid, scene.lead.uuid, facts)
    return result


def _tell_of_batch(scene: Scene, lot: Lot, batch: Batch) -> None:
    if lot.closed is not None:
        sampled = sum(piece.drawn_for is not None for piece in lot.pieces)
        facts = {"markings": len(lot.pieces), "sampled": sampled, "share": SHARE_PERCENT}
        by = batch.closed_by and batch.closed_by.uuid
        scene.trail.tell(lot.closed, "batch.closed", Batch, batch.uuid, by, facts)
    if lot.released is not None:
        scene.trail.tell(lot.released, "batch.released", Batch, batch.uuid, scene.lead.uuid)
