"""Finishing the steps of a course, and with the last one the course."""

from datetime import datetime

from django.db import transaction

from courses.models import Enrolment, StepDone, StepPage
from courses.models.outlines import outline_of, steps_done
from lms.audit.trail import record
from lms.people.models import User


def finish(enrolment: Enrolment, step: StepPage, *, by_what: str, at: datetime) -> None:
    """Note that a step is done, once however often it is said; the last one dates the end of the course.

    It holds for a course that was left as well: a result may be released after that.
    Raises ValueError for a step of another course.
    """
    if not step.path.startswith(enrolment.course.path):
        raise ValueError(f"{step} is no step of {enrolment.course}.")
    with transaction.atomic():
        # Two last steps at once would each see the other as missing, and nobody would date the end.
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        done = StepDone(enrolment=enrolment, step_id=step.pk, at=at, by_what=by_what)
        StepDone.objects.bulk_create([done], ignore_conflicts=True)
        if outline_of(enrolment.course).progress(steps_done(enrolment)).is_complete:
            Enrolment.objects.filter(pk=enrolment.pk, finished_at=None).update(finished_at=at)


def reopen(enrolment: Enrolment, step: StepPage, *, by: User | None, at: datetime) -> None:
    """Take a finished step back, as when its result is withdrawn. The day the course was finished stays."""
    with transaction.atomic():
        removed, _ = StepDone.objects.filter(enrolment=enrolment, step_id=step.pk).delete()
        if removed:
            institute = enrolment.course.institute
            facts = {"step": step.pk}
            record("step.reopened", enrolment, by=by, at=at, institute=institute, facts=facts)
