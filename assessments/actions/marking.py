"""Marking: an assessor takes the oldest work under a lease, judges it criterion by criterion, and records it once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef

from assessments import judging, rules
from assessments.models import (
    AssignmentPage,
    Batch,
    Criterion,
    DeclaredInterest,
    Feedback,
    Mark,
    Marking,
    MarkingDraft,
    PassedOver,
    Submission,
)
from lms.audit import chain
from lms.audit.trail import record as record_event
from lms.people.models import Institute, User
from lms.people.refusals import Refusal

LEASE = timedelta(hours=8)


class ReasonMissing(Refusal):
    """Work is handed back with a reason."""


class NotMarkable(Refusal):
    """This person has not this work to mark; the sentence says who has it."""


class MarkingIncomplete(Refusal):
    """The marking lacks a band, the feedback, or the words on an unsafe passage."""


class MarkingChanged(Refusal):
    """The marking is no longer the one that the assessor read before recording it."""


@dataclass(frozen=True)
class Judgement:
    """What an assessor has put down so far: bands and comments by the criterion's key, and words on the whole."""

    bands: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    feedback: str = ""
    is_unsafe: bool = False
    unsafe: str = ""

    @property
    def digest(self) -> str:
        return chain.digest(asdict(self))


def claim_next(institute: Institute, *, by: User, at: datetime) -> Submission | None:
    """Take the oldest work that this assessor may mark, for eight hours; None when there is none.

    What they have passed over comes to them again when nothing else waits.
    """
    passed = PassedOver.objects.filter(submission=OuterRef("pk"), assessor=by)
    waiting = rules.markable_by(by, Submission.objects.filter(institute=institute).waiting(at))
    in_turn = waiting.annotate(passed=Exists(passed)).order_by("passed", "submitted_at", "pk")
    while oldest := in_turn.first():
        _refuse_unless_allowed(oldest, by)
        # Lost to another assessor: the next oldest is asked for anew.
        if _claim(oldest, by, at):
            oldest.refresh_from_db()
            return oldest
    return None


def pass_over(
    submission: Submission, reason: PassedOver.Reason, *, by: User, at: datetime
) -> Submission | None:
    """Put the oldest work back with a reason and take the next; None when nothing else waits. Raises NotMarkable."""
    with transaction.atomic():
        _put_back(submission, "passed_over", by=by, at=at)
        PassedOver.objects.create(
            institute=submission.institute, submission=submission, assessor=by, reason=reason, at=at
        )
        following = claim_next(submission.institute, by=by, at=at)
        if following == submission:
            # Nothing else waits: it goes back once more.
            _put_back(following, "passed_over", by=by, at=at)
            return None
        return following


def hand_back(
    submission: Submission, *, by: User, at: datetime, knows_person: bool, reason: str = ""
) -> None:
    """Put work back where it was in the queue, without penalty; who may know the learner never gets it again.

    Who may know the learner need not say more; whoever has no time says what is in the way.
    Raises NotMarkable or ReasonMissing.
    """
    if not knows_person and not reason.strip():
        raise ReasonMissing(
            "Say what is in the way of finishing in time. The work stays with you until then."
        )
    with transaction.atomic():
        if knows_person:
            DeclaredInterest.objects.get_or_create(
                submission=submission, assessor=by, defaults={"declared_at": at}
            )
        _put_back(submission, "interest" if knows_person else "time", by=by, at=at, words=reason.strip())


def _put_back(submission: Submission, why: str, *, by: User, at: datetime, words: str = "") -> None:
    """Let go of the work and what was saved of its marking, and record why. Raises NotMarkable."""
    with transaction.atomic():
        if not _held(submission, by).update(state=Submission.State.WAITING, assessor=None, lease_until=None):
            raise NotMarkable(who_has(submission))
        MarkingDraft.objects.filter(submission=submission, assessor=by).delete()
        record_event(
            "submission.handed_back",
            submission,
            by=by,
            at=at,
            institute=submission.institute,
            facts={"why": why},
            words=words,
        )


def draft_of(submission: Submission, assessor: User) -> Judgement:
    """What this assessor has saved of the marking; empty at first."""
    draft = MarkingDraft.objects.filter(submission=submission, assessor=assessor).first()
    return Judgement(**draft.body) if draft else Judgement()


def save_draft(submission: Submission, judgement: Judgement, *, by: User, at: datetime) -> None:
    """Keep a half-done marking and renew the lease. Raises NotMarkable; what was saved before stays."""
    with transaction.atomic():
        if not _held(submission, by).update(lease_until=at + LEASE):
            raise NotMarkable(who_has(submission))
        MarkingDraft.objects.update_or_create(
            submission=submission, assessor=by, defaults={"body": asdict(judgement), "saved_at": at}
        )


def record(submission: Submission, *, read: str, by: User, at: datetime) -> Marking:
    """Record the saved draft, whose digest the assessor `read`, into the open batch; a second click gives the same.

    Raises NotMarkable, MarkingIncomplete or MarkingChanged.
    """
    try:
        with transaction.atomic():
            _refuse_unless_allowed(submission, by)
            if not _held(submission, by).update(state=Submission.State.MARKED, lease_until=None):
                raise NotMarkable(who_has(submission))
            judgement = draft_of(submission, by)
            criteria = list(submission.version.rubric_version.criteria.all())
            refuse_unless_complete(judgement, criteria)
            if judgement.digest != read:
                raise MarkingChanged(
                    "This marking was changed after you opened this page. Read it again, then record it."
                )
            return _insert(submission, judgement, criteria, by, at)
    except Refusal:
        again = submission.markings.filter(assessor=by).first()
        if again:
            return again
        raise


def refuse_unless_complete(judgement: Judgement, criteria: list[Criterion]) -> judging.Judgement:
    """What the judgement comes to; raises MarkingIncomplete with a sentence for what is missing."""
    if not judgement.feedback.strip():
        raise MarkingIncomplete("Write feedback to the candidate.")
    if judgement.is_unsafe and not judgement.unsafe.strip():
        raise MarkingIncomplete("Say which passage would be unsafe advice, and why.")
    try:
        return judging.judge(judgement.bands, [each.key for each in criteria], int(judgement.is_unsafe))
    except judging.IncompleteMarking as gap:
        titles = [each.title for each in criteria if each.key in gap.criteria]
        raise MarkingIncomplete(f"Choose a band for: {', '.join(titles)}.") from gap


def _insert(
    submission: Submission, judgement: Judgement, criteria: list[Criterion], by: User, at: datetime
) -> Marking:
    marking = Marking.objects.create(
        institute=submission.institute,
        submission=submission,
        batch=_open_batch(submission, at),
        rubric_version=submission.version.rubric_version,
        assessor=by,
        learner_id=submission.learner_id,
        unsafe_passages=int(judgement.is_unsafe),
        recorded_at=at,
    )
    Mark.objects.bulk_create(
        Mark(marking=marking, criterion=each, band=judgement.bands[each.key]) for each in criteria
    )
    Feedback.objects.bulk_create(_feedback(marking, judgement, criteria))
    MarkingDraft.objects.filter(submission=submission).delete()
    facts: dict[str, Any] = {"submission": str(submission.uuid), "batch": str(marking.batch.uuid)}
    record_event("marking.recorded", marking, by=by, at=at, institute=submission.institute, facts=facts)
    return marking


def _feedback(marking: Marking, judgement: Judgement, criteria: list[Criterion]) -> list[Feedback]:
    """A row for each thing that was said; what was left empty says nothing."""
    about = Feedback.About
    said = [(about.WORK, None, judgement.feedback)]
    said += [(about.CRITERION, each, judgement.comments.get(each.key, "")) for each in criteria]
    said += [(about.UNSAFE, None, judgement.unsafe)] if judgement.is_unsafe else []
    return [
        Feedback(marking=marking, about=subject, criterion=criterion, text=words.strip())
        for subject, criterion, words in said
        if words.strip()
    ]


def _open_batch(submission: Submission, at: datetime) -> Batch:
    """The assignment's open batch, held until the transaction ends, so that it cannot close over this marking."""
    while True:
        # PostgreSQL looks again at a row it had to wait for: a batch closed meanwhile is not found.
        found = Batch.objects.select_for_update(no_key=True).filter(
            assignment=submission.assignment_id, state=Batch.State.OPEN
        )
        if batch := found.first():
            return batch
        _begin_batch(submission.assignment, submission.institute, at)


def _begin_batch(assignment: AssignmentPage, institute: Institute, at: datetime) -> None:
    last = assignment.batches.aggregate(number=Max("number", default=0))
    try:
        with transaction.atomic():
            Batch.objects.create(
                institute=institute, assignment=assignment, number=last["number"] + 1, opened_at=at
            )
    except IntegrityError:
        # Two assessors recorded the first marking at once: the other one opened it.
        return


def _claim(submission: Submission, by: User, at: datetime) -> int:
    free = Submission.objects.filter(pk=submission.pk).waiting(at)
    return free.update(state=Submission.State.CLAIMED, assessor=by, lease_until=at + LEASE)


def _held(submission: Submission, by: User) -> Any:
    """The work as this assessor holds it: also after the lease, as long as nobody else has taken it."""
    return Submission.objects.filter(pk=submission.pk, state=Submission.State.CLAIMED, assessor=by)


def _refuse_unless_allowed(submission: Submission, by: User) -> None:
    if not rules.may_mark(by, submission):
        raise NotMarkable(
            "You may not mark this work: it is yours, or you know who wrote it, or you do not mark here."
        )


def who_has(submission: Submission) -> str:
    """Where the work is now, as a sentence that says what to do."""
    submission.refresh_from_db()
    match submission.state:
        case Submission.State.WAITING:
            return "This work is in the queue and nobody has it. Use “Mark the next” to take the oldest."
        case Submission.State.CLAIMED:
            return "Another assessor has this work. If you had it before, your eight hours had passed."
        case Submission.State.QUARANTINED | Submission.State.REPLACED:
            return (
                "This work was set aside, because a real person could be recognised from it. Nobody opens it."
            )
        case _:
            return "This work has been marked. A recorded marking is never changed."
