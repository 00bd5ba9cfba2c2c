"""Enrolling in a course and leaving it."""

from datetime import datetime

from django.db import transaction

from courses import notices, rules
from courses.models import CoursePage, Enrolment
from lms.audit.trail import record
from lms.people.models import Organisation, User
from lms.people.refusals import Refusal


class NotOpen(Refusal):
    """The course is not open to this person, or not to be given by the one who enrols them."""


class NotEmployed(Refusal):
    """The learner does not work at the organisation that the enrolment names."""


class NotTheirs(Refusal):
    """Somebody tries to leave a course on another person's behalf."""


class AlreadyShown(Refusal):
    """An employer of the learner's sees the enrolment already."""


class AlreadyLeft(Refusal):
    """The learner has left the course before."""


def enrol(
    learner: User, course: CoursePage, *, by: User, at: datetime, organisation: Organisation | None = None
) -> Enrolment:
    """Enrol a learner, through the organisation that may then see where they stand; again gives the same one.

    Where the learner takes the course by themselves already, nobody but they can show that: they are told how.
    Raises NotOpen or NotEmployed.
    """
    _refuse_unless_open(learner, course, by, organisation, at)
    if organisation and not learner.employments.current().filter(organisation=organisation).exists():
        raise NotEmployed(f"{learner} has not confirmed that they work at {organisation}.")
    with transaction.atomic():
        enrolment, is_new = Enrolment.objects.get_or_create(
            learner=learner,
            course=course,
            left_at=None,
            defaults={"organisation": organisation, "enrolled_by": by, "enrolled_at": at},
        )
        if is_new:
            facts = {"course": course.pk, "organisation": str(organisation.uuid) if organisation else None}
            record("enrolment.made", enrolment, by=by, at=at, institute=course.institute, facts=facts)
        elif organisation and by != learner and enrolment.organisation_id != organisation.pk:
            notices.employer_would_see(enrolment, organisation, at=at)
    return enrolment


def show(enrolment: Enrolment, organisation: Organisation, *, by: User, at: datetime) -> None:
    """Let an employer see where the learner stands from now on. Raises NotTheirs, NotEmployed or AlreadyShown."""
    if not rules.may_show(by, enrolment):
        raise NotTheirs("Only the learner can show where they stand in a course.")
    employers = by.employments.current()
    if not employers.filter(organisation=organisation).exists():
        raise NotEmployed(f"You have not confirmed that you work at {organisation}.")
    if employers.filter(organisation=enrolment.organisation_id).exists():
        raise AlreadyShown(f"{enrolment.organisation} sees where you stand already.")
    with transaction.atomic():
        shown = Enrolment.objects.open().filter(pk=enrolment.pk, organisation=enrolment.organisation_id)
        if not shown.update(organisation=organisation):
            raise AlreadyShown("Somebody has changed this meanwhile. Open the course again.")
        facts = {"organisation": str(organisation.uuid)}
        record("enrolment.shown", enrolment, by=by, at=at, institute=enrolment.course.institute, facts=facts)
    enrolment.organisation = organisation


def leave(enrolment: Enrolment, *, by: User, at: datetime) -> Enrolment:
    """End an enrolment; what was done under it stays. Raises NotTheirs or AlreadyLeft."""
    if not rules.may_leave(by, enrolment):
        raise NotTheirs("Only the learner can leave a course.")
    with transaction.atomic():
        if not Enrolment.objects.open().filter(pk=enrolment.pk).update(left_at=at):
            raise AlreadyLeft("You have left this course already. Nothing more needs to be done.")
        record("enrolment.left", enrolment, by=by, at=at, institute=enrolment.course.institute)
    enrolment.left_at = at
    return enrolment


def _refuse_unless_open(
    learner: User, course: CoursePage, by: User, organisation: Organisation | None, at: datetime
) -> None:
    if by == learner:
        allowed = rules.may_enrol(learner, course)
    else:
        allowed = rules.may_enrol_others(by, course, organisation, at.date())
    if not allowed:
        raise NotOpen(f"“{course.title}” is not open to {'you' if by == learner else learner}.")
