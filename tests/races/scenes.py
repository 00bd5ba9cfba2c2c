"""What the races are run on: as many learners, attempts and pieces of work as there are rounds."""

from datetime import datetime
from itertools import count

from django.db import transaction

from assessments.actions import attempts, drafts, submissions
from assessments.models import AssignmentPage, Attempt, QuizPage, Submission
from courses.models import CoursePage, Enrolment
from tests.factories import courses as course_factory
from tests.factories import people

WORK = "What people need is to be at home. The hours follow from that."

_numbers = count(1)


@transaction.atomic
def enrolments(course: CoursePage, wanted: int) -> list[Enrolment]:
    """So many new learners, each enrolled."""
    return [
        course_factory.enrol(people.person(f"Learner{next(_numbers)}", "Okafor"), course)
        for _ in range(wanted)
    ]


@transaction.atomic
def open_attempts(course: CoursePage, quiz: QuizPage, wanted: int, at: datetime) -> list[Attempt]:
    """An open attempt for each of so many new learners, with the first question answered."""
    found = []
    for enrolment in enrolments(course, wanted):
        attempt = attempts.start(enrolment, quiz, by=enrolment.learner, at=at)
        attempts.save(attempt, 1, "a", base_revision=0, by=enrolment.learner, at=at)
        found.append(attempt)
    return found


@transaction.atomic
def drafted(course: CoursePage, assignment: AssignmentPage, wanted: int, at: datetime) -> list[Enrolment]:
    """So many new learners with a draft that is ready to be handed in."""
    found = enrolments(course, wanted)
    for enrolment in found:
        drafts.save(enrolment, assignment, WORK, base_revision=0, by=enrolment.learner, at=at)
    return found


def hand_in(enrolment: Enrolment, assignment: AssignmentPage, at: datetime) -> Submission:
    """The learner reads the draft, declares it and hands it in."""
    read = submissions.text_digest(WORK)
    return submissions.hand_in(enrolment, assignment, read=read, declared=True, by=enrolment.learner, at=at)


@transaction.atomic
def handed_in(course: CoursePage, assignment: AssignmentPage, wanted: int, at: datetime) -> list[Submission]:
    """So many pieces of work waiting for an assessor."""
    return [hand_in(enrolment, assignment, at) for enrolment in drafted(course, assignment, wanted, at)]
