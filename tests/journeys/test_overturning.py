"""A quality assurer comes to another view; the learner reads why, criterion by criterion, and hands in again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from assessments.models import AssignmentPage, Mark, Marking
from courses.models import CoursePage
from lms.people.models import User
from tests.factories import courses as course_factory
from tests.factories import work
from tests.journeys import learning, quality, registering
from tests.journeys.conftest import Visit

REASON = "The brief buys hours and never says what should be different for Edna."


@pytest.fixture
def sampled(foundations: CoursePage, ada: User, asif: User, lena: User) -> Marking:
    """Ada's work, which Asif marked at Merit throughout, in a batch that Lena has closed."""
    at = timezone.now() - timedelta(days=1)
    enrolment = course_factory.enrol(ada, foundations)
    assignment = AssignmentPage.objects.descendant_of(foundations).get()
    marking = work.mark(work.hand_in(enrolment, assignment, at), asif, at)
    work.close(marking.batch, lena, at)
    return marking


def test_an_overturned_marking_reaches_the_learner_with_its_reason_and_a_next_try(
    visit: Visit,
    sampled: Marking,
    ada: User,
    asif: User,
    mina: User,
    lena: User,
    meanwhile: Callable[[], None],
    mailoutbox: list[EmailMessage],
) -> None:
    candidate = sampled.submission.candidate_number
    assurer, lead = visit(mina), visit(lena)
    quality.overturn(assurer, candidate, criterion="Question and outcome", reason=REASON)
    lead.follows("Desk")
    quality.release(lead)
    meanwhile()

    learner = visit(ada)
    learner.opens(registering.link_in(mailoutbox, ada, "Your result is ready"))
    learner.stands_before("Not yet competent")
    learner.reads("4 of 5 criteria reached Pass.")
    learner.reads("The assessor chose Merit. The quality check found Not yet, and that stands.")
    learner.reads(REASON)
    learner.follows("Start the next try")
    learning.finish_writing(learner, learning.WORK)

    assessor = visit(asif)
    assessor.follows("Desk")
    assessor.reads("1 submission waits")
    assessor.follows("Marking")
    assessor.reads("Overturned")
    assert set(Mark.objects.filter(marking=sampled).values_list("band", flat=True)) == {3}
