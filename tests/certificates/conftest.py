"""A scheme of a quiz and an assignment, and Ada on her way through it."""

import pytest
from django.conf import LazySettings

from assessments.models import AssignmentPage, QuizPage
from certificates.models import Candidacy, Certificate, SchemeVersion
from courses.models import CoursePage, Enrolment, ModulePage
from lms.people.models import User
from tests.factories import assessments as assessment_factory
from tests.factories import certificates as factory


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def quiz(module: ModulePage) -> QuizPage:
    return assessment_factory.quiz(module)


@pytest.fixture
def brief(module: ModulePage) -> AssignmentPage:
    return assessment_factory.assignment(module)


@pytest.fixture
def scheme(foundations: CoursePage, quiz: QuizPage, brief: AssignmentPage) -> SchemeVersion:
    """Asks for the quiz and the brief."""
    return factory.scheme(foundations, quiz, brief)


@pytest.fixture
def quiz_scheme(foundations: CoursePage, quiz: QuizPage) -> SchemeVersion:
    """Asks for the quiz alone."""
    return factory.scheme(foundations, quiz)


@pytest.fixture
def candidacy(
    scheme: SchemeVersion,
    enrolment: Enrolment,
    quiz: QuizPage,
    brief: AssignmentPage,
    asif: User,
    mina: User,
) -> Candidacy:
    """Ada passed the quiz; Asif marked her brief and Mina agreed. Her name is confirmed."""
    factory.passed(enrolment, quiz)
    factory.competent(enrolment, brief, assessor=asif, checker=mina)
    return factory.confirmed(Candidacy.objects.get(learner=enrolment.learner))


@pytest.fixture
def certificate(
    quiz_scheme: SchemeVersion, enrolment: Enrolment, quiz: QuizPage, rosa: User, at: object
) -> Certificate:
    """Ada's certificate, which Rosa granted this morning; its paper is made."""
    return factory.certificate(enrolment, quiz, by=rosa, at=at)
