"""The cast, and what every test may lean on.

Ada and Ben learn; Asif and Asha assess; Mina assures quality under Lena, who leads; Rosa is the
registrar; Adil writes; Ines administers Aldermoor. Manuel manages Ada at Marlshire County Council.
Otto administers the Fenwick Institute and must see nothing of any of it.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.management.commands.flush import Command as Flush
from django.test import Client

from assessments.models import AssignmentPage, QuizPage
from courses.models import CoursePage, Enrolment, LessonPage, ModulePage
from lms.guards import triggers
from lms.people.models import Institute, Organisation, User
from lms.people.roles import Role
from tests.factories import assessments as assessment_factory
from tests.factories import courses as course_factory
from tests.factories import people

SignIn = Callable[[User], Client]
REAL_DATABASE = settings.DATABASES["default"]["NAME"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that name a database run on that one alone: the others are deselected, never skipped."""
    from django.db import connection

    other = "sqlite" if connection.vendor == "postgresql" else "postgres"
    items[:] = [item for item in items if not item.get_closest_marker(other)]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Iterator[None]:
    """In CI a skipped or expected failure is a failure: nothing may be left out in silence."""
    outcome = yield
    report = outcome.get_result()
    if os.environ.get("PIPER_CI") and (report.skipped or hasattr(report, "wasxfail")):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped or expected to fail; in CI every test runs."


@pytest.fixture(scope="session", autouse=True)
def _flush_lifts_the_guards() -> Iterator[None]:
    """SQLite flushes with DELETE, which the append-only guards refuse."""
    flush = Flush.handle

    def lifted_flush(self: Flush, **options: Any) -> None:
        with triggers.lifted():
            flush(self, **options)

    Flush.handle = lifted_flush  # type: ignore[method-assign]
    yield
    Flush.handle = flush  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def _a_page_tree_to_start_from(django_db_setup: None, django_db_blocker: Any) -> None:
    """A run that ended in flushes leaves a database without the page tree that migrations plant."""
    if settings.DATABASES["default"]["NAME"] == REAL_DATABASE:
        # Pure tests alone were chosen: no test database was made, and the real one is nobody's to write to.
        return
    with django_db_blocker.unblock():
        course_factory.root()


@pytest.fixture
def at() -> datetime:
    """The instant of a test: a Monday morning in November."""
    return datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which the person has signed in and used a second factor."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        session = client.session
        methods = [{"method": "password", "at": 0.0}, {"method": "mfa", "at": 0.0, "type": "totp"}]
        session["account_authentication_methods"] = methods
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        return client

    return sign_in


@pytest.fixture
def aldermoor(db: None) -> Institute:
    return people.institute("aldermoor", "Aldermoor Institute of Commissioning", "AIC")


@pytest.fixture
def fenwick(db: None) -> Institute:
    return people.institute("fenwick", "Fenwick Institute", "FEN")


@pytest.fixture
def marlshire(db: None) -> Organisation:
    return people.organisation()


@pytest.fixture
def ada(db: None) -> User:
    return people.person("Ada", "Bright")


@pytest.fixture
def ben(db: None) -> User:
    return people.person("Ben", "Carter")


def _staff(first: str, last: str, role: Role, body: Institute) -> User:
    person = people.person(first, last)
    people.appoint(person, role, body)
    return person


@pytest.fixture
def asif(aldermoor: Institute) -> User:
    return _staff("Asif", "Rahman", Role.ASSESSOR, aldermoor)


@pytest.fixture
def asha(aldermoor: Institute) -> User:
    return _staff("Asha", "Patel", Role.ASSESSOR, aldermoor)


@pytest.fixture
def mina(aldermoor: Institute) -> User:
    return _staff("Mina", "Kowalska", Role.IQA, aldermoor)


@pytest.fixture
def lena(aldermoor: Institute) -> User:
    return _staff("Lena", "Fischer", Role.LEAD_IQA, aldermoor)


@pytest.fixture
def rosa(aldermoor: Institute) -> User:
    return _staff("Rosa", "Lindqvist", Role.REGISTRAR, aldermoor)


@pytest.fixture
def adil(aldermoor: Institute) -> User:
    return _staff("Adil", "Hassan", Role.AUTHOR, aldermoor)


@pytest.fixture
def ines(aldermoor: Institute) -> User:
    return _staff("Ines", "Duarte", Role.ADMINISTRATOR, aldermoor)


@pytest.fixture
def otto(fenwick: Institute) -> User:
    return _staff("Otto", "Brandt", Role.ADMINISTRATOR, fenwick)


@pytest.fixture
def manuel(marlshire: Organisation, ada: User) -> User:
    """Manages at Marlshire, and is Ada's line manager there."""
    manager = people.person("Manuel", "Ferreira")
    people.appoint(manager, Role.MANAGER, marlshire)
    people.employ(ada, marlshire, line_manager=manager)
    return manager


@pytest.fixture
def foundations(aldermoor: Institute) -> CoursePage:
    """A course of one module with one lesson."""
    return course_factory.course(aldermoor)


@pytest.fixture
def module(foundations: CoursePage) -> ModulePage:
    return course_factory.module(foundations)


@pytest.fixture
def lesson(module: ModulePage) -> LessonPage:
    return course_factory.lesson(module)


@pytest.fixture
def enrolment(ada: User, lesson: LessonPage, foundations: CoursePage) -> Enrolment:
    """Ada's enrolment in Foundations."""
    return course_factory.enrol(ada, foundations)


@pytest.fixture
def quiz(module: ModulePage) -> QuizPage:
    """Four questions, three of them to be right, three attempts."""
    return assessment_factory.quiz(module)


@pytest.fixture
def brief(module: ModulePage) -> AssignmentPage:
    """An assignment with a rubric of two criteria."""
    return assessment_factory.assignment(module)
