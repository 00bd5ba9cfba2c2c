"""What each band looks like: for those who judge, never for those who learn, and free while it is closed."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments import rules
from assessments.models import AssignmentPage, RubricVersion, Submission
from courses.models import CoursePage
from lms.people.models import Institute, User
from lms.people.roles import Role
from tests.assessments.views.conftest import Read
from tests.conftest import SignIn
from tests.factories import assessments as assessment_factory
from tests.factories import courses as course_factory
from tests.factories import people, work

pytestmark = pytest.mark.usefixtures("clock")

QUERIES = 9


@pytest.fixture
def version(brief: AssignmentPage) -> RubricVersion:
    return brief.rubric.versions.get()


@pytest.fixture
def browser(asif: User, sign_in: SignIn) -> Client:
    return sign_in(asif)


def page_of(version: RubricVersion) -> str:
    return reverse("exemplars", args=["aldermoor", version.rubric.uuid, version.number])


def test_each_band_shows_its_newest_answer_and_why_it_is_there(
    browser: Client, version: RubricVersion, read: Read
) -> None:
    for band, words in ((3, "The first try."), (3, "Ask Edna."), (1, "Tender the hours.")):
        assessment_factory.exemplar(version, band, words)

    page = read(browser.get(page_of(version)))

    assert "The first try." not in page
    assert page.index("Not yet Tender the hours.") < page.index("Merit Ask Edna.")
    assert "Why this is “Merit” Criterion 1 States a clear outcome. Meets Criterion 1." in page


def test_a_rubric_without_answers_says_so(browser: Client, version: RubricVersion, read: Read) -> None:
    assert "Nobody has written exemplar answers for version 1 of this rubric." in read(
        browser.get(page_of(version))
    )


def test_a_version_that_there_is_not_is_not_found(browser: Client, version: RubricVersion) -> None:
    gone = reverse("exemplars", args=["aldermoor", version.rubric.uuid, 2])

    assert browser.get(gone).status_code == 404


def test_whoever_judges_somewhere_else_does_not_find_it(
    otto: User, fenwick: Institute, sign_in: SignIn, version: RubricVersion
) -> None:
    elsewhere = reverse("exemplars", args=["fenwick", version.rubric.uuid, 1])
    people.appoint(otto, Role.ASSESSOR, fenwick)
    browser = sign_in(otto)

    assert [browser.get(url).status_code for url in (page_of(version), elsewhere)] == [404, 404]


def test_an_assessor_who_learns_there_is_told_to_wait(
    asif: User, browser: Client, foundations: CoursePage, version: RubricVersion, read: Read
) -> None:
    enrolment = course_factory.enrol(asif, foundations)
    assessment_factory.exemplar(version, 3, "Ask Edna.")

    refused = browser.get(page_of(version))

    assert refused.status_code == 403
    assert "You are learning in a course that sets this assignment." in read(refused)
    assert "Ask Edna." not in read(refused)
    type(enrolment).objects.filter(pk=enrolment.pk).update(left_at=enrolment.enrolled_at)
    assert rules.may_read_exemplars(asif, version)


def test_nobody_without_a_role_may(ada: User, version: RubricVersion) -> None:
    assert [rules.may_read_exemplars(person, version) for person in (ada, AnonymousUser())] == [False, False]


def test_thirty_answers_cost_as_many_queries_as_one(
    browser: Client, version: RubricVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assessment_factory.exemplar(version, 1)
    browser.get(page_of(version))
    with django_assert_num_queries(QUERIES):
        browser.get(page_of(version))
    for place in range(29):
        assessment_factory.exemplar(version, 1 + place % 4)

    with django_assert_num_queries(QUERIES):
        browser.get(page_of(version))


def test_the_marking_screen_offers_them_and_reads_none(
    browser: Client, asif: User, submission: Submission, at: object, version: RubricVersion, read: Read
) -> None:
    assessment_factory.exemplar(version, 3, "Ask Edna.")
    work.claim(submission, asif, at)

    response = browser.get(reverse("marking_edit", args=["aldermoor", submission.uuid]))

    assert f'data-fetch="{page_of(version)}"' in response.content.decode()
    assert "Ask Edna." not in read(response)
