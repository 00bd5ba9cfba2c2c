"""The doors of enrolling and leaving."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from courses.actions import enrolments
from courses.models import CoursePage, Enrolment, InstitutePage
from lms.people.models import Organisation, User
from tests.factories import people

ENROL = "/my/courses/aldermoor/foundations/enrol/"
COURSE = "/aldermoor/foundations/"


def leave_url(enrolment: Enrolment) -> str:
    return f"/my/enrolments/{enrolment.uuid}/leave/"


@pytest.fixture
def employed(ada: User, marlshire: Organisation, at: datetime) -> User:
    people.employ(ada, marlshire, accepted_at=at)
    return ada


def test_a_stranger_signs_in_first(client: Client, foundations: CoursePage) -> None:
    for response in (client.get(ENROL), client.post(ENROL)):
        assert response["Location"] == f"/accounts/login/?next={ENROL}"


def test_who_has_no_employer_enrols_with_one_press(sign_in: Any, ada: User, foundations: CoursePage) -> None:
    browser = sign_in(ada)

    page = browser.get(ENROL).content.decode()
    response = browser.post(ENROL, follow=True)

    assert "No employer sees that you are taking it." in page
    assert response.redirect_chain == [(COURSE, 302)]
    assert [str(each) for each in response.context["messages"]] == ["You are enrolled in “Foundations”."]
    assert Enrolment.objects.get().organisation is None


def test_who_has_an_employer_reads_what_they_will_see(
    sign_in: Any, employed: User, foundations: CoursePage
) -> None:
    page = " ".join(sign_in(employed).get(ENROL).content.decode().split())

    assert "<li>that you are enrolled, and at which step you are</li>" in page
    assert "They never see your answers, scores or feedback" in page
    assert "Through Marlshire County Council<small>They see where you stand" in page
    assert "On my own<small>No employer sees" in page
    assert "checked" not in page


def test_a_learner_takes_it_through_the_employer(
    sign_in: Any, employed: User, foundations: CoursePage, marlshire: Organisation
) -> None:
    sign_in(employed).post(ENROL, {"through": str(marlshire.uuid)})

    assert Enrolment.objects.get().organisation == marlshire


def test_a_learner_takes_it_alone(sign_in: Any, employed: User, foundations: CoursePage) -> None:
    sign_in(employed).post(ENROL, {"through": "alone"})

    assert Enrolment.objects.get().organisation is None


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "Choose how you are taking this course"),
        ({"through": "somebody-else"}, "Select a valid choice."),
    ],
)
def test_nothing_is_chosen_for_the_learner(
    sign_in: Any, employed: User, foundations: CoursePage, chosen: dict[str, str], sentence: str
) -> None:
    response = sign_in(employed).post(ENROL, chosen)

    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: Enrol in Foundations" in page
    assert sentence in page
    assert not Enrolment.objects.exists()


def test_enrolling_again_leads_to_the_course(sign_in: Any, ada: User, enrolment: Enrolment) -> None:
    browser = sign_in(ada)

    assert browser.get(ENROL)["Location"] == COURSE
    assert browser.post(ENROL)["Location"] == COURSE
    assert Enrolment.objects.count() == 1


def test_a_closed_course_says_what_to_do(sign_in: Any, ada: User, foundations: CoursePage) -> None:
    CoursePage.objects.update(open_to=CoursePage.OpenTo.INVITED)

    for response in (sign_in(ada).get(ENROL), sign_in(ada).post(ENROL)):
        assert response.status_code == 409
        sentence = (
            "“Foundations” is not open to you. Ask your manager, or Aldermoor Institute of Commissioning"
        )
        assert sentence in response.content.decode()
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("draft", ["course", "institute"])
def test_a_course_that_is_not_published_is_not_found(
    sign_in: Any, ada: User, foundations: CoursePage, draft: str
) -> None:
    (CoursePage if draft == "course" else InstitutePage).objects.update(live=False)

    assert sign_in(ada).get(ENROL).status_code == 404
    assert sign_in(ada).post(ENROL).status_code == 404


def test_leaving_is_asked_twice(sign_in: Any, ada: User, enrolment: Enrolment) -> None:
    browser = sign_in(ada)

    page = browser.get(leave_url(enrolment)).content.decode()

    assert "Results and certificates that you have earned stay yours." in page
    assert Enrolment.objects.open().exists()

    response = browser.post(leave_url(enrolment), follow=True)

    assert [str(each) for each in response.context["messages"]] == ["You have left “Foundations”."]
    assert not Enrolment.objects.open().exists()


def test_leaving_again_says_that_it_is_done(
    sign_in: Any, ada: User, enrolment: Enrolment, at: datetime
) -> None:
    enrolments.leave(enrolment, by=ada, at=at)

    for response in (sign_in(ada).get(leave_url(enrolment)), sign_in(ada).post(leave_url(enrolment))):
        assert response.status_code == 409
        assert "You have left this course already." in response.content.decode()


def test_nobody_else_leaves_for_a_learner(
    sign_in: Any, client: Client, ben: User, manuel: User, enrolment: Enrolment
) -> None:
    assert client.post(leave_url(enrolment))["Location"] == f"/accounts/login/?next={leave_url(enrolment)}"
    for person in (ben, manuel):
        assert sign_in(person).get(leave_url(enrolment)).status_code == 404
        assert sign_in(person).post(leave_url(enrolment)).status_code == 404
    assert Enrolment.objects.open().exists()


@pytest.fixture
def private(employed: User, foundations: CoursePage, at: datetime) -> Enrolment:
    """Ada takes the course on her own."""
    return enrolments.enrol(employed, foundations, by=employed, at=at)


def show_url(enrolment: Enrolment) -> str:
    return f"/my/enrolments/{enrolment.uuid}/show/"


def test_who_takes_it_alone_reads_what_an_employer_would_see_and_shows_it(
    sign_in: Any, employed: User, private: Enrolment, marlshire: Organisation
) -> None:
    browser = sign_in(employed)
    assert show_url(private) in browser.get(COURSE).content.decode()
    page = browser.get(show_url(private)).content.decode()
    assert "<li>that you are enrolled, and at which step you are</li>" in page
    assert "They never see your answers, scores or feedback" in page

    response = browser.post(show_url(private), {"organisation": str(marlshire.uuid)}, follow=True)

    assert [str(each) for each in response.context["messages"]] == [
        "Marlshire County Council now sees where you stand in “Foundations”."
    ]
    assert Enrolment.objects.get().organisation == marlshire
    assert "You take it through Marlshire County Council" in response.content.decode()
    assert "That ends when you no longer work there." in browser.get(show_url(private)).content.decode()


def test_nobody_is_chosen_for_the_learner(sign_in: Any, employed: User, private: Enrolment) -> None:
    page = sign_in(employed).post(show_url(private), {}).content.decode()

    assert "Choose who is to see it" in page
    assert Enrolment.objects.get().organisation is None


def test_who_works_nowhere_is_told_what_comes_first(sign_in: Any, ada: User, enrolment: Enrolment) -> None:
    assert "No employer sees it. When you have confirmed" in (
        sign_in(ada).get(show_url(enrolment)).content.decode()
    )


def test_showing_it_twice_is_answered_with_a_sentence(
    sign_in: Any, employed: User, private: Enrolment, marlshire: Organisation
) -> None:
    browser = sign_in(employed)
    browser.post(show_url(private), {"organisation": str(marlshire.uuid)})

    again = browser.post(show_url(private), {"organisation": str(marlshire.uuid)})

    assert again.status_code == 409
    assert "Marlshire County Council sees where you stand already." in again.content.decode()


def test_somebody_elses_enrolment_is_not_found(sign_in: Any, ben: User, private: Enrolment) -> None:
    assert sign_in(ben).get(show_url(private)).status_code == 404
