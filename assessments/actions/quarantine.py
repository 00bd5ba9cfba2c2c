"""Keeping work from everybody while a real person could be recognised from it, until its writer has taken that out."""

from datetime import datetime

from django.db import transaction

from assessments import notices, rules
from assessments.actions import marking
from assessments.models import MarkingDraft, Quarantine, QuarantineEnding, QuarantineWords, Submission
from assessments.working_days import working_days_after, working_days_between
from lms.audit.trail import record
from lms.people.models import User
from lms.people.refusals import Refusal


class NotQuarantined(Refusal):
    """The work is in no quarantine that could be ended now."""


def quarantine(
    submission: Submission, reason: Quarantine.Reason, words: str, *, by: User, at: datetime
) -> Quarantine:
    """Take the work out of the assessor's hands and everybody's sight. Raises marking.NotMarkable.

    What the assessor had saved is deleted: it may quote the details. Writer and institute are told.
    """
    with transaction.atomic():
        held = Submission.objects.filter(pk=submission.pk, state=Submission.State.CLAIMED, assessor=by)
        if not held.update(state=Submission.State.QUARANTINED, assessor=None, lease_until=None):
            raise marking.NotMarkable(marking.who_has(submission))
        MarkingDraft.objects.filter(submission=submission).delete()
        opened = Quarantine.objects.create(
            institute=submission.institute,
            submission=submission,
            reason=reason,
            opened_by=by,
            opened_at=at,
        )
        QuarantineWords.objects.create(quarantine=opened, text=words.strip())
        notices.quarantined(opened, at)
        facts = {"reason": str(reason)}
        record(
            "submission.quarantined", submission, by=by, at=at, institute=submission.institute, facts=facts
        )
        submission.refresh_from_db()
        return opened


def lift(opened: Quarantine, *, by: User, at: datetime) -> Submission:
    """Put the work back into the queue, where it stood; the promised day moves by the days that it was away.

    Raises NotQuarantined.
    """
    if not rules.may_lift(by, opened):
        raise NotQuarantined("You may not lift this quarantine: the work is yours, or you opened it.")
    with transaction.atomic():
        submission = Submission.objects.select_for_update(no_key=True).get(pk=opened.submission_id)
        away = working_days_between(opened.opened_at, at)
        promised = working_days_after(submission.promised_on, away)
        held = Submission.objects.filter(pk=submission.pk, state=Submission.State.QUARANTINED)
        if not held.update(state=Submission.State.WAITING, promised_on=promised):
            raise NotQuarantined("This quarantine has ended already.")
        _end(opened, QuarantineEnding.How.LIFTED, by, at)
        submission.refresh_from_db()
        notices.quarantine_lifted(submission, opened, at)
        return submission


def replace(submission: Submission, *, by: User, at: datetime) -> None:
    """Close a quarantine because its writer hands in another version; the caller holds the transaction."""
    held = Submission.objects.filter(pk=submission.pk, state=Submission.State.QUARANTINED)
    if held.update(state=Submission.State.REPLACED):
        opened = submission.quarantines.get(ending=None)
        _end(opened, QuarantineEnding.How.REPLACED, by, at)


def _end(opened: Quarantine, how: QuarantineEnding.How, by: User, at: datetime) -> None:
    QuarantineEnding.objects.create(quarantine=opened, how=how, ended_by=by, ended_at=at)
    submission = opened.submission
    record(
        "submission.quarantine_ended",
        submission,
        by=by,
        at=at,
        institute=submission.institute,
        facts={"how": str(how)},
    )
