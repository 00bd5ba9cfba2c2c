"""Ada in the middle of a quiz, and her work on an assessor's table."""

from datetime import datetime

import pytest
from django.utils import timezone

from assessments.actions import attempts
from assessments.models import AssignmentPage, Attempt, CasePage, Marking, Question, QuizPage, Submission
from courses.models import Enrolment, ModulePage
from lms.people.models import Institute, User
from lms.people.roles import Role
from tests.factories import cases, people, work


@pytest.fixture
def now() -> datetime:
    """The present, for pages that ask the clock."""
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def bea(aldermoor: Institute) -> User:
    """A second author."""
    person = people.person("Bea", "Novak")
    people.appoint(person, Role.AUTHOR, aldermoor)
    return person


@pytest.fixture
def question(quiz: QuizPage) -> Question:
    """The first that the quiz asks."""
    return quiz.pool.questions.first()


@pytest.fixture
def attempt(enrolment: Enrolment, quiz: QuizPage, ada: User, now: datetime) -> Attempt:
    """Ada has begun."""
    return attempts.start(enrolment, quiz, by=ada, at=now)


@pytest.fixture
def case(module: ModulePage) -> CasePage:
    """A case of two moments, in the module where Ada learns."""
    return cases.case(module)


@pytest.fixture
def submission(enrolment: Enrolment, brief: AssignmentPage, at: datetime) -> Submission:
    """Ada has handed in."""
    return work.hand_in(enrolment, brief, at)


@pytest.fixture
def claimed(submission: Submission, asif: User, at: datetime) -> Submission:
    """Asif has it."""
    return work.claim(submission, asif, at)


@pytest.fixture
def marking(submission: Submission, asif: User, at: datetime) -> Marking:
    """Asif has marked it."""
    return work.mark(submission, asif, at)
