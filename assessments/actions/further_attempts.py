"""Giving a learner one attempt more than a quiz allows."""

from datetime import datetime

from django.db import transaction

from assessments import rules
from assessments.models import FurtherAttempt, QuizPage
from courses.models import Enrolment
from lms.audit.trail import record
from lms.people.models import User
from lms.people.refusals import Refusal


class NoFurtherAttempt(Refusal):
    """A further attempt cannot be given here, or not by this person."""


def give_further_attempt(
    enrolment: Enrolment, quiz: QuizPage, *, by: User, at: datetime, reason: str
) -> FurtherAttempt:
    """Let a learner who has used every attempt begin one more; the reason stays in the audit trail.

    Raises NoFurtherAttempt, also for a second click: a learner who has one left needs no other.
    """
    with transaction.atomic():
        Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
        if not rules.may_give_further_attempt(by, enrolment, quiz):
            raise NoFurtherAttempt(
                "A further attempt is given by somebody who answers for results, and never to oneself."
            )
        found = rules.standing(enrolment, quiz)
        if found.open_attempt or found.may_begin or found.has_passed:
            raise NoFurtherAttempt("This learner has passed the quiz, or has an attempt left.")
        given = FurtherAttempt.objects.create(enrolment=enrolment, quiz=quiz, given_by=by, given_at=at)
        record(
            "attempt.further_given",
            enrolment,
            by=by,
            at=at,
            institute=quiz.pool.institute,
            facts={"quiz": quiz.pk},
            words=reason,
        )
        return given
