"""What a person grants a learner: more time, and one attempt more."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.actions import adjustments, answers, attempts
from assessments.models import Adjustment, FurtherAttempt, QuizPage
from courses.models import Enrolment, ModulePage
from lms.audit.models import Event
from lms.people.models import Institute, User
from tests.conftest import SignIn
from tests.factories import assessments as factory
from tests.factories import courses as course_factory
from tests.factories import people

ADJUSTMENTS = "/at/aldermoor/adjustments/"
FURTHER = "/at/aldermoor/further-attempts/"


@pytest.fixture
def quiz(module: ModulePage) -> QuizPage:
    return factory.quiz(module, attempts_allowed=1)


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def fail(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> None:
    learner = enrolment.learner
    attempts.submit(attempts.start(enrolment, quiz, by=learner, at=at), by=learner, at=at)


def test_an_administrator_agrees_more_time_and_every_later_attempt_has_it(
    enrolment: Enrolment, module: ModulePage, ada: User, ines: User, sign_in: SignIn
) -> None:
    timed = factory.quiz(module, minutes_allowed=20)

    sign_in(ines).post(ADJUSTMENTS, {"email": "Ada.Bright@example.org", "extra_percent": "50"})

    attempt = attempts.start(enrolment, timed, by=ada, at=timezone.now())
    assert attempt.deadline_at - attempt.started_at == timedelta(minutes=30)
    assert Event.objects.get().verb == "adjustment.agreed"
    assert Event.objects.get().facts == {}


def test_a_new_agreement_takes_the_place_of_the_old_one(
    enrolment: Enrolment, aldermoor: Institute, ada: User, ines: User, at: datetime
) -> None:
    adjustments.agree(aldermoor, ada, 25, by=ines, at=at)
    adjustments.agree(aldermoor, ada, 50, by=ines, at=at)

    in_force = Adjustment.objects.filter(ended_at=None)
    assert list(in_force.values_list("extra_percent", flat=True)) == [50]


def test_ending_an_adjustment_leaves_an_attempt_under_way_its_time(
    enrolment: Enrolment, module: ModulePage, ada: User, ines: User, at: datetime, sign_in: SignIn
) -> None:
    timed = factory.quiz(module, minutes_allowed=20)
    agreed = adjustments.agree(enrolment.course.institute, ada, 25, by=ines, at=at)
    attempt = attempts.start(enrolment, timed, by=ada, at=at)
    browser = sign_in(ines)

    statuses = [browser.post(f"{ADJUSTMENTS}{agreed.uuid}/end/").status_code for _ in range(2)]

    attempt.refresh_from_db()
    assert statuses == [302, 409]
    assert attempt.deadline_at == at + timedelta(minutes=25)


def test_nobody_agrees_their_own_adjustment(
    foundations: object, aldermoor: Institute, ines: User, at: datetime, sign_in: SignIn
) -> None:
    course_factory.enrol(ines, foundations)

    response = sign_in(ines).post(ADJUSTMENTS, {"email": ines.email, "extra_percent": "25"})

    assert response.status_code == 409
    assert Adjustment.objects.count() == 0


def test_an_address_without_an_enrolment_here_says_no_more_than_that(
    enrolment: Enrolment, ben: User, ines: User, sign_in: SignIn
) -> None:
    browser = sign_in(ines)

    pages = [
        words(browser.post(ADJUSTMENTS, {"email": address, "extra_percent": "25"}))
        for address in (ben.email, "nobody@example.org")
    ]

    sentence = "Nobody enrolled at Aldermoor Institute of Commissioning has this address."
    assert [sentence in page for page in pages] == [True, True]


def test_a_learner_without_attempts_stands_on_the_list_until_one_is_given(
    enrolment: Enrolment, quiz: QuizPage, lena: User, at: datetime, sign_in: SignIn
) -> None:
    browser = sign_in(lena)
    before = words(browser.get(FURTHER))
    fail(enrolment, quiz, at)
    waiting = words(browser.get(FURTHER))

    given = browser.post(
        f"{FURTHER}{enrolment.uuid}/{quiz.pk}/", {"reason": "The lights went out."}, follow=True
    )

    assert "Nobody has used up their attempts" in before
    assert "Ada Bright" in waiting
    assert "Ada Bright may begin one more attempt" in words(given)
    assert "Nobody has used up their attempts" in words(given)
    assert Event.objects.get(verb="attempt.further_given").words.text == "The lights went out."


def test_a_pass_an_open_attempt_and_a_left_course_are_not_on_the_list(
    enrolment: Enrolment, quiz: QuizPage, ben: User, lena: User, at: datetime, sign_in: SignIn
) -> None:
    passed = attempts.start(enrolment, quiz, by=enrolment.learner, at=at)
    for position in range(1, 5):
        answers.save(passed, position, "a", base_revision=0, by=enrolment.learner, at=at)
    attempts.submit(passed, by=enrolment.learner, at=at)
    attempts.start(course_factory.enrol(ben, enrolment.course), quiz, by=ben, at=at)
    left = course_factory.enrol(people.person("Cora"), enrolment.course)
    fail(left, quiz, at)
    Enrolment.objects.filter(pk=left.pk).update(left_at=at)

    assert "Nobody has used up their attempts" in words(sign_in(lena).get(FURTHER))


def test_a_further_attempt_needs_a_reason(
    enrolment: Enrolment, quiz: QuizPage, lena: User, at: datetime, sign_in: SignIn
) -> None:
    fail(enrolment, quiz, at)

    response = sign_in(lena).post(f"{FURTHER}{enrolment.uuid}/{quiz.pk}/", {"reason": " "})

    assert "Fill in “Reason”" in words(response)
    assert FurtherAttempt.objects.count() == 0


def test_giving_to_somebody_with_an_attempt_left_is_a_conflict(
    enrolment: Enrolment, quiz: QuizPage, lena: User, sign_in: SignIn
) -> None:
    response = sign_in(lena).post(f"{FURTHER}{enrolment.uuid}/{quiz.pk}/", {"reason": "Please."})

    assert response.status_code == 409
    assert "has an attempt left" in words(response)


def test_each_door_opens_to_its_role_alone(
    enrolment: Enrolment, quiz: QuizPage, ada: User, ines: User, lena: User, otto: User, sign_in: SignIn
) -> None:
    doors = [ADJUSTMENTS, FURTHER, f"{FURTHER}{enrolment.uuid}/{quiz.pk}/"]

    statuses = {
        name: [client.get(door).status_code for door in doors]
        for name, client in (
            ("visitor", Client()),
            ("learner", sign_in(ada)),
            ("administrator", sign_in(ines)),
            ("lead", sign_in(lena)),
            ("outsider", sign_in(otto)),
        )
    }

    assert statuses == {
        "visitor": [302, 302, 302],
        "learner": [404, 404, 404],
        "administrator": [200, 403, 403],
        "lead": [403, 200, 200],
        "outsider": [404, 404, 404],
    }


def test_another_institutes_learners_are_not_found(
    enrolment: Enrolment, quiz: QuizPage, fenwick: Institute, sign_in: SignIn, at: datetime
) -> None:
    fail(enrolment, quiz, at)
    agreed = Adjustment.objects.create(
        institute=enrolment.course.institute,
        learner=enrolment.learner,
        extra_percent=25,
        agreed_by=people.person("Ivo"),
        agreed_at=at,
    )
    lead, head = people.person("Lea"), people.person("Hugo")
    people.appoint(lead, "lead_iqa", fenwick)
    people.appoint(head, "administrator", fenwick)

    statuses = [
        sign_in(lead).get(f"/at/fenwick/further-attempts/{enrolment.uuid}/{quiz.pk}/").status_code,
        sign_in(head).post(f"/at/fenwick/adjustments/{agreed.uuid}/end/").status_code,
    ]

    assert statuses == [404, 404]
    assert "Ada" not in words(sign_in(lead).get("/at/fenwick/further-attempts/"))
    assert "Ada" not in words(sign_in(head).get("/at/fenwick/adjustments/"))


@pytest.mark.parametrize("learners", [1, 30])
def test_the_lists_cost_the_same_for_one_and_for_thirty(
    enrolment: Enrolment, quiz: QuizPage, ines: User, lena: User, at: datetime, sign_in: SignIn, learners: int
) -> None:
    for number in range(learners):
        held = course_factory.enrol(people.person(f"Cora{number}"), enrolment.course)
        fail(held, quiz, at)
        adjustments.agree(enrolment.course.institute, held.learner, 25, by=ines, at=at)

    counts = []
    for person, address in ((ines, ADJUSTMENTS), (lena, FURTHER)):
        browser = sign_in(person)
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert words(browser.get(address)).count("Cora") >= learners
        counts.append(len(captured))

    assert counts == [4, 7]
