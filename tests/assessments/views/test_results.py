"""Released results: found by name, number or step, and withdrawn by a lead with ground and words."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import release
from assessments.models import AssignmentPage, Result
from courses.models import CoursePage, Enrolment
from lms.people.models import Institute, User
from lms.people.roles import Role
from tests.assessments.views.conftest import Read
from tests.conftest import SignIn
from tests.factories import courses as course_factory
from tests.factories import people, work

pytestmark = pytest.mark.usefixtures("clock")

LIST = "/at/aldermoor/results/"


@pytest.fixture
def result(
    enrolment: Enrolment, brief: AssignmentPage, asif: User, mina: User, lena: User, at: datetime
) -> Result:
    """Ada is competent."""
    return work.released(work.hand_in(enrolment, brief, at), asif, mina, lena, at)


@pytest.fixture
def lead(lena: User, sign_in: SignIn) -> Client:
    return sign_in(lena)


def withdraw_url(result: Result) -> str:
    return reverse("result_withdraw", args=["aldermoor", result.uuid])


def test_a_released_result_stands_there_with_its_name(lead: Client, result: Result, read: Read) -> None:
    page = read(lead.get(LIST))

    number = result.marking.submission.candidate_number
    assert f"Ada Bright Candidate {number} Commissioning brief Foundations Competent 23 November 2026" in page
    assert "Withdraw the result of Ada Bright in Commissioning brief" in page


def test_without_any_result_the_page_says_when_there_will_be_some(lead: Client, read: Read) -> None:
    assert "No result has been released yet" in read(lead.get(LIST))


def test_marking_that_is_not_released_is_no_result(
    lead: Client, enrolment: Enrolment, brief: AssignmentPage, asif: User, at: datetime, read: Read
) -> None:
    work.mark(work.hand_in(enrolment, brief, at), asif, at)

    assert "Bright" not in read(lead.get(LIST))


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("?q=bright", True),
        ("?q=Ada+brief", True),
        ("?q=ada.bright@example.org", True),
        ("?q=Ben", False),
        ("?outcome=competent", True),
        ("?outcome=not_yet_competent", False),
        ("?outcome=nonsense", True),
        ("?standing=standing", True),
        ("?standing=withdrawn", False),
    ],
)
def test_results_are_found_by_words_outcome_and_state(
    lead: Client, result: Result, read: Read, query: str, is_found: bool
) -> None:
    page = read(lead.get(LIST + query))

    assert ("Ada Bright" in page) is is_found
    assert ("No result fits" in page) is not is_found


def test_a_quality_assurer_reads_results_and_withdraws_none(
    result: Result, mina: User, sign_in: SignIn, read: Read
) -> None:
    browser = sign_in(mina)

    page = read(browser.get(LIST))

    assert "Ada Bright" in page
    assert "Withdraw the result" not in page
    assert browser.get(withdraw_url(result)).status_code == 403


def test_withdrawing_asks_for_ground_and_words(lead: Client, result: Result, read: Read) -> None:
    response = lead.post(withdraw_url(result), {})

    page = read(response)
    assert "<title>Error: Withdraw a result" in response.content.decode()
    assert "Choose the ground of the withdrawal." in page
    assert "Write what the learner is told." in page
    assert Result.objects.standing().count() == 1


def test_a_withdrawn_result_says_so_in_the_list(lead: Client, result: Result, read: Read) -> None:
    answer = lead.post(withdraw_url(result), {"ground": "error", "words": "An old rubric."}, follow=True)

    page = read(answer)
    assert "The result of Ada Bright is withdrawn, and Ada has been written to." in page
    assert "Withdrawn was: competent, until 23 November 2026" in page
    assert "Withdraw the result" not in page


def test_a_result_is_withdrawn_once(lead: Client, result: Result, read: Read) -> None:
    fields = {"ground": "error", "words": "An old rubric."}
    lead.post(withdraw_url(result), fields)

    response = lead.post(withdraw_url(result), fields)

    assert response.status_code == 409
    assert "withdrawn already" in read(response)


def test_a_lead_does_not_withdraw_their_own_result(
    aldermoor: Institute,
    foundations: CoursePage,
    brief: AssignmentPage,
    asif: User,
    mina: User,
    lena: User,
    lead: Client,
    at: datetime,
) -> None:
    other_lead = people.person("Lou")
    people.appoint(other_lead, Role.LEAD_IQA, aldermoor)
    submission = work.hand_in(course_factory.enrol(lena, foundations), brief, at)
    own = work.released(submission, asif, mina, other_lead, at)

    assert lead.get(withdraw_url(own)).status_code == 403


def test_another_institutes_result_looks_like_none(
    fenwick: Institute, result: Result, sign_in: SignIn, read: Read
) -> None:
    stranger = people.person("Fay")
    people.appoint(stranger, Role.LEAD_IQA, fenwick)
    browser = sign_in(stranger)

    assert "Bright" not in read(browser.get("/at/fenwick/results/"))
    assert browser.get(reverse("result_withdraw", args=["fenwick", result.uuid])).status_code == 404
    assert Client().get(withdraw_url(result)).url.startswith("/accounts/login/")


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_with_one_and_with_thirty(
    lead: Client,
    foundations: CoursePage,
    brief: AssignmentPage,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for each in work.hand_in_many(foundations, brief, count, at):
        marking = work.mark(each, asif, at)
    batch = work.close(marking.batch, lena, at)
    work.check(batch, mina, at)
    release.release(batch, by=lena, at=at)
    lead.get(LIST)

    with django_assert_num_queries(7):
        lead.get(LIST)
