"""Releasing the results of a batch, and withdrawing a result."""

from datetime import datetime

from django.db import IntegrityError, transaction

from assessments import notices, rules
from assessments.actions import quality
from assessments.models import (
    Batch,
    JudgedWork,
    Marking,
    Result,
    ResultEvent,
    Submission,
    WithdrawalReason,
    judged,
    with_judgement,
)
from assessments.signals import result_released, result_withdrawn
from courses.actions import steps
from lms.audit.trail import Entry, record, record_many
from lms.people.models import User
from lms.people.refusals import Refusal


class NotReleasable(Refusal):
    """The batch cannot be released now, or not by this person."""


class NotWithdrawable(Refusal):
    """The result cannot be withdrawn now, or not by this person."""


def release(batch: Batch, *, by: User, at: datetime) -> list[Result]:
    """Release a result for every marking of a checked batch; a second click gives the same ones.

    Raises NotReleasable.
    """
    if not rules.may_release(by, batch):
        raise NotReleasable(
            "A lead quality assurer releases results, and never a batch that holds their own work."
        )
    with transaction.atomic():
        if not Batch.objects.filter(pk=batch.pk, state=Batch.State.CLOSED).update(
            state=Batch.State.RELEASED, released_at=at, released_by=by
        ):
            return _released_before(batch)
        if waiting := quality.undecided(batch).count():
            raise NotReleasable(
                f"{waiting} of the sampled markings {'is' if waiting == 1 else 'are'} not decided yet."
            )
        # Learners and their enrolments are locked one after the other, always in the order of the learners: two
        # releases of the same people's work in two courses would otherwise wait for each other.
        markings = with_judgement(
            batch.markings.select_related("submission__assignment", "submission__learner")
        )
        results = [_result(each, judged(each), at) for each in markings.order_by("learner_id", "pk")]
        for result in results:
            _tell(result, by, at)
        entries = [_entry(result, by) for result in results]
        record_many([*entries, Entry("batch.released", batch, by)], at=at, institute=batch.institute)
    return results


def withdraw(result: Result, *, ground: str, words: str, by: User, at: datetime) -> ResultEvent:
    """Take a released result back for a ground, with words to the learner; the step opens again.

    Raises NotWithdrawable.
    """
    if not rules.may_withdraw(by, result):
        raise NotWithdrawable("A lead quality assurer withdraws results, and never their own.")
    with transaction.atomic():
        event = _withdrawal(result, ground, by, at)
        WithdrawalReason.objects.create(event=event, text=words.strip())
        notices.result_withdrawn(event, at)
        # Locks the learner. The step's reopening is an event and locks the trail, always after the people: a
        # certification decision takes the two in that order as well, and would wait here for ever.
        result_withdrawn.send(sender=Result, result=result, event=event, at=at)
        steps.reopen(result.enrolment, result.step, by=by, at=at)
        facts = {"ground": ground}
        record("result.withdrawn", result, by=by, at=at, institute=result.institute, facts=facts, words=words)
    return event


def _withdrawal(result: Result, ground: str, by: User, at: datetime) -> ResultEvent:
    event = ResultEvent(result=result, kind=ResultEvent.Kind.WITHDRAWN, ground=ground, by=by, at=at)
    try:
        with transaction.atomic():
            if not Result.objects.standing().filter(pk=result.pk).exists():
                raise NotWithdrawable("This result does not stand: it was withdrawn, or never released.")
            event.save(force_insert=True)
    except IntegrityError as twice:
        raise NotWithdrawable("This result was withdrawn by somebody else just now.") from twice
    return event


def _released_before(batch: Batch) -> list[Result]:
    batch.refresh_from_db()
    if batch.state != Batch.State.RELEASED:
        raise NotReleasable(
            "This batch is still filling. Close it first, so that its sample is drawn and checked."
        )
    return list(Result.objects.filter(marking__batch=batch))


def _result(marking: Marking, work: JudgedWork, at: datetime) -> Result:
    submission = marking.submission
    return Result.objects.create(
        institute_id=marking.institute_id,
        enrolment_id=submission.enrolment_id,
        learner=submission.learner,
        step_id=submission.assignment_id,
        outcome=work.outcome,
        lowest_band=work.lowest_band,
        marking=marking,
        quality_decision=work.decision,
        made_at=at,
    )


def _tell(result: Result, by: User, at: datetime) -> None:
    """Date the release, open the feedback to the learner and finish the step, before anybody is told."""
    submission = result.marking.submission
    event = ResultEvent.objects.create(result=result, kind=ResultEvent.Kind.RELEASED, by=by, at=at)
    Submission.objects.filter(pk=submission.pk).update(state=Submission.State.RELEASED)
    if result.is_success:
        steps.finish(result.enrolment, submission.assignment, by_what="assignment", at=at)
    notices.result_released(result, at)
    result_released.send(sender=Result, result=result, event=event, at=at)


def _entry(result: Result, by: User) -> Entry:
    return Entry(
        "result.released", result, by, {"outcome": result.outcome, "marking": str(result.marking.uuid)}
    )
