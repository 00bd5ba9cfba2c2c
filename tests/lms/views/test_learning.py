"""My learning shows the next step first, and costs the same however much one studies."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificates.actions import certificates as lives
from courses.actions import steps
from courses.models import CoursePage, Enrolment, LessonPage, ModulePage
from lms.people.models import Institute, User
from lms.views.learning import courses_of
from tests.factories import assessments as assessment_factory
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory
from tests.factories import work

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_a_newcomer_is_led_to_the_catalogue(ada: User, sign_in: SignIn) -> None:
    page = sign_in(ada).get("/my/").content.decode()

    assert "Choose your first course" in page
    assert 'href="/courses/"' in page


def test_the_next_step_is_the_first_that_is_not_done(
    enrolment: Enrolment, lesson: LessonPage, module: ModulePage, at: datetime
) -> None:
    second = course_factory.lesson(module, "The cycle")

    steps.finish(enrolment, lesson, by_what="reading", at=at)

    (studying,) = courses_of(enrolment.learner)
    assert studying.next_step is not None
    assert studying.next_step.id == second.pk
    assert (studying.progress.done, studying.progress.total) == (1, 2)


def test_the_course_one_last_worked_in_comes_first(
    aldermoor: Institute, enrolment: Enrolment, lesson: LessonPage, ada: User, at: datetime
) -> None:
    newer = course_factory.course(aldermoor, "Outcomes")
    course_factory.enrol(ada, newer, enrolled_at=at)

    steps.finish(enrolment, lesson, by_what="reading", at=at + timedelta(hours=1))

    assert [each.enrolment.course.title for each in courses_of(ada)] == ["Foundations", "Outcomes"]


def test_a_course_that_was_left_is_not_shown(enrolment: Enrolment, at: datetime) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(left_at=at)

    assert courses_of(enrolment.learner) == []


@pytest.mark.parametrize("courses", [1, 30])
def test_the_page_costs_the_same_for_one_course_and_for_thirty(
    aldermoor: Institute, ada: User, sign_in: SignIn, courses: int
) -> None:
    for number in range(courses):
        page: CoursePage = course_factory.course(aldermoor, f"Course {number}")
        course_factory.lesson(course_factory.module(page))
        course_factory.enrol(ada, page)
    browser = sign_in(ada)
    browser.get("/my/")

    with CaptureQueriesContext(connection) as queries:
        browser.get("/my/")

    assert len(queries) == 9


def loudest(browser: Client) -> tuple[str, str]:
    """What the page says loudest, and where it leads."""
    thing = browser.get("/my/").context["next_thing"]
    return thing.title, thing.url


def test_staff_who_study_nothing_are_led_to_their_desk(asif: User, sign_in: SignIn) -> None:
    assert loudest(sign_in(asif)) == ("The desk of Aldermoor Institute of Commissioning", "/at/aldermoor/")


def test_a_name_that_waits_to_be_confirmed_comes_before_everything_else(
    enrolment: Enrolment, module: ModulePage, foundations: CoursePage, sign_in: SignIn
) -> None:
    quiz = assessment_factory.quiz(module)
    certificate_factory.scheme(foundations, quiz)
    certificate_factory.passed(enrolment, quiz)

    assert loudest(sign_in(enrolment.learner)) == (
        "Confirm your name as it will be printed",
        "/my/certificates/",
    )


def test_nobody_is_asked_to_go_on_with_work_that_an_assessor_has(
    enrolment: Enrolment, lesson: LessonPage, module: ModulePage, sign_in: SignIn, at: datetime
) -> None:
    brief = assessment_factory.assignment(module)
    steps.finish(enrolment, lesson, by_what="reading", at=at)
    work.hand_in(enrolment, brief, at)

    assert loudest(sign_in(enrolment.learner)) == ("There is nothing for you to do just now", "/courses/")


def test_who_has_done_everything_and_holds_a_certificate_is_led_to_it(
    enrolment: Enrolment,
    lesson: LessonPage,
    module: ModulePage,
    foundations: CoursePage,
    rosa: User,
    sign_in: SignIn,
    at: datetime,
) -> None:
    quiz = assessment_factory.quiz(module)
    certificate_factory.scheme(foundations, quiz)
    held = certificate_factory.certificate(enrolment, quiz, by=rosa, at=at)
    steps.finish(enrolment, lesson, by_what="reading", at=at)
    steps.finish(enrolment, quiz, by_what="result", at=at)

    assert loudest(sign_in(enrolment.learner)) == (
        "Your courses are done, and you hold a certificate",
        "/my/certificates/",
    )

    lives.follow(held, "revoked", by=rosa, at=at)

    assert loudest(sign_in(enrolment.learner)) == ("There is nothing for you to do just now", "/courses/")
