"""Saying where one stands, and the line manager's page for it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from assessments.actions import claims
from assessments.models import Claim
from courses.models import Competency, Enrolment
from lms.people.models import Institute, User
from tests.factories import courses as course_factory
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignIn = Callable[[User], Client]
Read = Callable[[Any], str]


@pytest.fixture
def skill(aldermoor: Institute, enrolment: Enrolment) -> Competency:
    """A competency of the institute where Ada learns."""
    return course_factory.competency(aldermoor)


@pytest.fixture
def shown(skill: Competency, ada: User, manuel: User, at: datetime) -> Claim:
    return claims.rate(skill, "practitioner", "I rewrote the brief.", shown_to=manuel, by=ada, at=at)


def test_a_learner_says_where_they_stand_and_shows_their_line_manager(
    skill: Competency, ada: User, manuel: User, sign_in: SignIn
) -> None:
    sent = {"level": "practitioner", "reason": "I rewrote the brief.", "show_to": str(manuel.uuid)}

    response = sign_in(ada).post(f"/my/profile/{skill.uuid}/", sent)

    assert response.headers["Location"] == "/my/profile/"
    claim = Claim.objects.get()
    assert (claim.level, claim.words.text, claim.shown_to) == (
        "practitioner",
        "I rewrote the brief.",
        manuel,
    )


def test_without_a_line_manager_nobody_is_offered(
    skill: Competency, ada: User, sign_in: SignIn, read: Read
) -> None:
    page = sign_in(ada).get(f"/my/profile/{skill.uuid}/")

    assert "Show it to" not in read(page)


def test_what_is_left_empty_is_asked_for(skill: Competency, ada: User, sign_in: SignIn, read: Read) -> None:
    page = read(sign_in(ada).post(f"/my/profile/{skill.uuid}/", {"reason": ""}))

    assert "Choose the level that fits best." in page
    assert "Write one or two sentences: what was done, and when." in page
    assert not Claim.objects.exists()


def test_a_competency_of_an_institute_where_one_does_not_learn_is_not_found(
    skill: Competency, ben: User, sign_in: SignIn
) -> None:
    assert sign_in(ben).get(f"/my/profile/{skill.uuid}/").status_code == 404


def test_the_line_manager_reads_what_was_shown_and_answers(
    shown: Claim, ada: User, manuel: User, sign_in: SignIn, read: Read
) -> None:
    browser = sign_in(manuel)
    assert "1 word of your team about their own work waits for yours." in read(browser.get("/my/"))
    assert "I rewrote the brief." in read(browser.get("/my/team/"))

    sent = {"level": "foundation", "reason": "I saw one brief."}
    page = read(browser.post(f"/my/team/{shown.uuid}/", sent, follow=True))

    assert "Frame the question: you said Foundation I saw one brief." in page
    assert "waits for yours" not in read(browser.get("/my/"))
    assert "Foundation I saw one brief. Manuel Ferreira, as your line manager" in read(
        sign_in(ada).get(f"/my/profile/{shown.competency.uuid}/")
    )


def test_a_second_answer_is_refused_with_the_way_on(
    shown: Claim, manuel: User, at: datetime, sign_in: SignIn, read: Read
) -> None:
    claims.answer(shown, "foundation", "I saw one brief.", by=manuel, at=at)
    browser, url = sign_in(manuel), f"/my/team/{shown.uuid}/"

    for response in (browser.get(url), browser.post(url, {"level": "lead", "reason": "More."})):
        assert response.status_code == 409
        assert "You have answered this already" in read(response)
    assert Claim.objects.filter(answers=shown).count() == 1


def test_another_manager_does_not_find_it(shown: Claim, ben: User, sign_in: SignIn, read: Read) -> None:
    browser = sign_in(ben)

    assert browser.get(f"/my/team/{shown.uuid}/").status_code == 404
    assert "Nobody has asked you yet" in read(browser.get("/my/team/"))


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_costs_the_same_for_one_and_for_many(
    skill: Competency,
    marlshire: Any,
    manuel: User,
    at: datetime,
    sign_in: SignIn,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for n in range(number):
        person = people.person(f"Person{n}", "Bright")
        people.employ(person, marlshire, line_manager=manuel)
        claim = claims.rate(skill, "lead", "I did.", shown_to=manuel, by=person, at=at)
        if n % 2:
            claims.answer(claim, "lead", "I saw.", by=manuel, at=at)
    browser = sign_in(manuel)
    browser.get("/my/team/")

    with django_assert_num_queries(4):
        browser.get("/my/team/")
