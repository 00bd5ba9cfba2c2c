"""What the races are run on: as many learners, attempts and pieces of work as there are rounds."""

from datetime import datetime
from itertools import count

from django.db import transaction

from assessments.actions import answers, attempts, drafts, marking, submissions
from assessments.models import AssignmentPage, Attempt, Batch, Marking, QuizPage, Submission
from courses.models import CoursePage, Enrolment
from lms.people.models import User
from tests.factories import courses as course_factory
from tests.factories import people

WORK = "What people need is to be at home. The hours follow from that."

_numbers = count(1)


def learners(wanted: int) -> list[User]:
    """So many new learners."""
    return [people.person(f"Learner{next(_numbers)}", "Okafor") for _ in range(wanted)]


@transaction.atomic
def enrolled(course: CoursePage, wanted: int) -> list[Enrolment]:
    """So many new learners, each enrolled."""
    return [course_factory.enrol(learner, course) for learner in learners(wanted)]


@transaction.atomic
def open_attempts(enrolments: list[Enrolment], quiz: QuizPage, at: datetime) -> list[Attempt]:
    """An open attempt under each enrolment, with the first question answered."""
    found = []
    for enrolment in enrolments:
        attempt = attempts.start(enrolment, quiz, by=enrolment.learner, at=at)
        answers.save(attempt, 1, "a", base_revision=0, by=enrolment.learner, at=at)
        found.append(attempt)
    return found


@transaction.atomic
def drafted(enrolments: list[Enrolment], assignment: AssignmentPage, at: datetime) -> list[Enrolment]:
    """The same enrolments, each with a draft that is ready to be handed in."""
    for enrolment in enrolments:
        drafts.save(enrolment, assignment, WORK, base_revision=0, by=enrolment.learner, at=at)
    return enrolments


def hand_in(enrolment: Enrolment, assignment: AssignmentPage, at: datetime) -> Submission:
    """The learner has read the draft, declares it and hands it in."""
    read = submissions.text_digest(WORK)
    return submissions.hand_in(enrolment, assignment, read=read, declared=True, by=enrolment.learner, at=at)


@transaction.atomic
def handed_in(enrolments: list[Enrolment], assignment: AssignmentPage, at: datetime) -> list[Submission]:
    """Work of each of them, waiting for an assessor."""
    return [hand_in(each, assignment, at) for each in drafted(enrolments, assignment, at)]


def half_marked(
    enrolment: Enrolment, assignment: AssignmentPage, by: User, at: datetime
) -> tuple[Submission, marking.Judgement]:
    """New work that this assessor holds, has judged at band 2 throughout and has only to record."""
    handed_in([enrolment], assignment, at)
    work = marking.claim_next(enrolment.course.institute, by=by, at=at)
    return work, half_judged(work, by, at)


def half_judged(work: Submission, by: User, at: datetime) -> marking.Judgement:
    """The draft of a marking at band 2 throughout, of work that this assessor holds."""
    keys = [each.key for each in work.version.rubric_version.criteria.all()]
    judgement = marking.Judgement(bands=dict.fromkeys(keys, 2), feedback="An outcome, and no hours.")
    marking.save_draft(work, judgement, by=by, at=at)
    return judgement


def judged(work: Submission, by: User, at: datetime) -> Marking:
    """The recorded marking, at band 2 throughout, of work that this assessor holds."""
    return marking.record(work, read=half_judged(work, by, at).digest, by=by, at=at)


@transaction.atomic
def marked(enrolments: list[Enrolment], assignment: AssignmentPage, by: list[User], at: datetime) -> Batch:
    """The assignment's open batch with work of each of them in it, marked by these assessors in turn."""
    for number, enrolment in enumerate(enrolments):
        assessor = by[number % len(by)]
        handed_in([enrolment], assignment, at)
        work = marking.claim_next(enrolment.course.institute, by=assessor, at=at)
        recorded = judged(work, assessor, at)
    return recorded.batch
