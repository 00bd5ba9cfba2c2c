"""A scheme of a quiz and an assignment, and Ada on her way through it."""

from datetime import datetime

import pytest
from django.conf import LazySettings

from assessments.models import AssignmentPage, QuizPage
from certificates.actions import decisions
from certificates.models import Candidacy, Certificate, CertificationDecision, SchemeVersion
from courses.models import CoursePage, Enrolment
from lms.people.models import Institute, User
from lms.people.roles import Role
from tests.factories import certificates as factory
from tests.factories import people


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


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


@pytest.fixture
def rolf(aldermoor: Institute) -> User:
    """A second registrar."""
    person = people.person("Rolf", "Meier")
    people.appoint(person, Role.REGISTRAR, aldermoor)
    return person


@pytest.fixture
def refusal(candidacy: Candidacy, rosa: User, at: datetime) -> CertificationDecision:
    """Rosa refused Ada."""
    return decisions.refuse(candidacy, reason="Whole pages are shared.", by=rosa, at=at)
