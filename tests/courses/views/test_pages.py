"""Home, catalogue, institute, and a course from outside and from inside."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail import hooks
from wagtail.models import PageViewRestriction

from courses.actions import steps
from courses.models import (
    CataloguePage,
    CoursePage,
    Enrolment,
    HomePage,
    InstitutePage,
    LessonPage,
    ModulePage,
)
from courses.outline import Progress
from lms.people.models import Institute, Organisation, User
from tests.factories import courses as factory

COURSE = "/aldermoor/foundations/"


@pytest.fixture
def catalogue(foundations: CoursePage) -> CataloguePage:
    return factory.catalogue()


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_home_shows_institutes_and_courses(client: Client, foundations: CoursePage) -> None:
    page = text(client, "/")

    assert '<a href="/aldermoor/foundations/">Foundations</a>' in page
    assert '<a href="/aldermoor/">Aldermoor Institute of Commissioning</a>' in page
    assert "Learn to commission." in page


def test_home_without_courses_says_so(client: Client, db: None) -> None:
    factory.home()

    assert "No courses are open yet" in text(client, "/")


def test_the_catalogue_lists_what_is_open_to_the_reader(
    client: Client, catalogue: CataloguePage, aldermoor: Institute
) -> None:
    factory.course(aldermoor, "Hidden", open_to=CoursePage.OpenTo.INVITED)

    page = text(client, "/courses/")

    assert '<a href="/aldermoor/foundations/">Foundations</a>' in page
    assert "1 course<" in page
    assert "Hidden" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=found", ["Foundations"]),
        ("q=FOUNDATIONS", ["Foundations"]),
        ("q=winterbourne", ["Outcomes"]),
        ("q=aldermoor+acquire", ["Foundations", "Outcomes"]),
        ("q=foundations+zebra", []),
        ("level=lead", ["Outcomes"]),
        ("level=foundation", ["Foundations"]),
        ("institute=aldermoor", ["Foundations", "Outcomes"]),
        ("q=%25", []),
        ("level=nonsense&institute=nowhere", ["Foundations", "Outcomes"]),
    ],
)
def test_the_catalogue_is_searched_by_words_level_and_institute(
    client: Client, catalogue: CataloguePage, aldermoor: Institute, asked: str, found: list[str]
) -> None:
    outcomes = factory.course(aldermoor, "Outcomes")
    CoursePage.objects.filter(pk=outcomes.pk).update(level="lead")
    factory.module(outcomes, "Winterbourne View")

    response = client.get(f"/courses/?{asked}")

    assert [course.title for course, _ in response.context["courses"]] == found


def test_a_search_without_a_hit_leads_back_to_all_courses(client: Client, catalogue: CataloguePage) -> None:
    page = text(client, "/courses/?q=zebra")

    assert "No course has all of that" in page
    assert '<a class="button" href="/courses/">Show all courses</a>' in page


def test_an_empty_catalogue_says_so(client: Client, db: None) -> None:
    factory.catalogue()

    assert "No courses are open to you yet" in text(client, "/courses/")


def test_the_catalogue_takes_few_queries_and_two_more_where_its_courses_fill_more_than_a_page(
    client: Client, catalogue: CataloguePage, aldermoor: Institute
) -> None:
    one = queries(client, "/courses/?q=a")
    for number in range(29):
        factory.course(aldermoor, f"Course {number}")

    thirty = queries(client, "/courses/?q=a")

    assert (one, thirty) == (4, 6)


def test_an_institute_shows_its_courses_and_what_is_put_into_its_slot(
    client: Client, foundations: CoursePage, aldermoor: Institute
) -> None:
    def panel(request: Any, institute: Institute) -> str:
        return f"<p>Certified by {institute}</p>"

    with hooks.register_temporarily("institute_panels", panel):
        page = text(client, "/aldermoor/")

    assert '<a href="/aldermoor/foundations/">Foundations</a>' in page
    assert "<p>Certified by Aldermoor Institute of Commissioning</p>" in page


def test_a_visitor_reads_what_is_in_a_course_and_can_enrol(client: Client, lesson: LessonPage) -> None:
    page = text(client, COURSE)

    assert 'href="/my/courses/aldermoor/foundations/enrol/"' in page
    assert "What, not how" in page
    assert 'href="/aldermoor/foundations/what-commissioning-is/what-not-how/"' not in page
    assert "not a regulated qualification" in page


def test_a_course_by_invitation_offers_no_enrolment(client: Client, foundations: CoursePage) -> None:
    CoursePage.objects.update(open_to=CoursePage.OpenTo.INVITED)

    page = text(client, COURSE)

    assert "/enrol/" not in page
    assert (
        "You join this course when your employer or Aldermoor Institute of Commissioning enrols you." in page
    )


def test_staff_see_every_step_without_enrolling(sign_in: Any, adil: User, lesson: LessonPage) -> None:
    page = text(sign_in(adil), COURSE)

    assert "You can open every step as staff of Aldermoor Institute of Commissioning" in page
    assert '<a href="/aldermoor/foundations/what-commissioning-is/what-not-how/">What, not how</a>' in page


def test_a_new_learner_is_shown_the_first_step(sign_in: Any, ada: User, enrolment: Enrolment) -> None:
    page = text(sign_in(ada), COURSE)

    assert 'Start here</p><h2 id="next">What, not how</h2>' in page
    assert "<b>0%</b><span>0 of 1 steps</span>" in page
    assert f"/my/enrolments/{enrolment.uuid}/leave/" in page


def test_a_learner_goes_on_where_they_left_off(
    sign_in: Any, ada: User, enrolment: Enrolment, lesson: LessonPage, module: ModulePage, at: datetime
) -> None:
    factory.lesson(module, "The cycle")
    steps.finish(enrolment, lesson, by_what="reading", at=at)

    page = text(sign_in(ada), COURSE)

    assert 'Pick up where you left off</p><h2 id="next">The cycle</h2>' in page
    assert "<b>50%</b><span>1 of 2 steps</span>" in page
    assert '<details class="module" open>' in page


def test_who_has_done_everything_is_told_when(
    sign_in: Any, ada: User, enrolment: Enrolment, lesson: LessonPage, at: datetime
) -> None:
    steps.finish(enrolment, lesson, by_what="reading", at=at)

    page = text(sign_in(ada), COURSE)

    assert "You have finished this course" in page
    assert "You did the last step on 23 November 2026." in page


def test_a_course_without_steps_says_that_they_are_being_written(
    sign_in: Any, ada: User, foundations: CoursePage
) -> None:
    factory.enrol(ada, foundations)

    assert "The first lesson is being written" in text(sign_in(ada), COURSE)


def test_a_learner_reads_through_whom_they_take_it(
    sign_in: Any, ada: User, enrolment: Enrolment, marlshire: Organisation
) -> None:
    Enrolment.objects.update(organisation=marlshire)

    assert "You take it through Marlshire County Council" in text(sign_in(ada), COURSE)


def test_the_aside_is_filled_from_above(sign_in: Any, ada: User, enrolment: Enrolment) -> None:
    def aside(request: Any, course: CoursePage, enrolment: Enrolment, lessons: Progress) -> str:
        return f"<p>{course.title} for {enrolment.learner}, {lessons.done} of {lessons.total}</p>"

    with hooks.register_temporarily("course_aside", aside):
        assert "<p>Foundations for Ada Bright, 0 of 1</p>" in text(sign_in(ada), COURSE)


def test_the_course_home_takes_the_same_few_queries_for_one_step_and_for_thirty(
    sign_in: Any, ada: User, enrolment: Enrolment, module: ModulePage
) -> None:
    client = sign_in(ada)
    one = queries(client, COURSE)
    for number in range(29):
        factory.lesson(module, f"Lesson {number}")

    thirty = queries(client, COURSE)

    assert (one, thirty) == (9, 9)


@pytest.mark.parametrize("address", ["/aldermoor/", "/aldermoor/foundations/"])
def test_nothing_under_an_unpublished_institute_is_shown(
    client: Client, foundations: CoursePage, address: str
) -> None:
    InstitutePage.objects.update(live=False)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/nowhere/", "/aldermoor/foundations/nowhere/", "/foundations/"])
def test_an_address_that_leads_nowhere_is_not_found(
    client: Client, foundations: CoursePage, address: str
) -> None:
    assert client.get(address).status_code == 404


def test_an_institute_s_page_takes_as_many_queries_for_thirty_courses_as_for_one(
    client: Client, foundations: CoursePage, aldermoor: Institute
) -> None:
    one = queries(client, "/aldermoor/")
    for number in range(29):
        factory.course(aldermoor, f"Course {number}")

    assert (one, queries(client, "/aldermoor/")) == (5, 5)


def test_markup_that_a_fixture_wrote_into_a_page_does_not_reach_it(
    client: Client, foundations: CoursePage
) -> None:
    hostile = '<p onclick="x()">a<script>alert(1)</script></p>'
    HomePage.objects.update(introduction=hostile)
    InstitutePage.objects.update(description=hostile, summary=hostile)
    CoursePage.objects.update(description=hostile, summary=hostile, outcomes=[hostile], audience=hostile)

    for address in ("/", "/aldermoor/", COURSE):
        page = text(client, address)
        assert "<script>alert" not in page
        assert "<p onclick" not in page


@pytest.mark.parametrize("kinds", [[], ["login"], ["login", "password"]])
def test_a_page_below_a_restricted_one_is_found_by_nobody(
    kinds: list[str], foundations: CoursePage, client: Client
) -> None:
    for kind in kinds:
        PageViewRestriction.objects.create(page=foundations.get_parent(), restriction_type=kind)

    assert client.get(COURSE).status_code == (404 if kinds else 200)
