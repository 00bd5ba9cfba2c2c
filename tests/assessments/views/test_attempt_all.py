"""All questions on one page: each is kept by itself, and what one of them lacks holds up no other."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import attempts
from assessments.models import Answer, Attempt, QuizPage
from courses.models import Enrolment, ModulePage
from lms.people.models import User
from tests.assessments.attempting import place_of, queries, words
from tests.conftest import SignIn
from tests.factories import assessments as factory


@pytest.fixture
def quiz(module: ModulePage) -> QuizPage:
    return factory.quiz(module, layout=QuizPage.Layout.ALL)


def url_of(attempt: Attempt) -> str:
    return reverse("attempt_all", args=[attempt.uuid])


def filled(attempt: Attempt, keys: dict[int, str], seen: dict[int, int] | None = None) -> dict[str, Any]:
    """What the page sends: every question's revision, and the answers of some."""
    fields: dict[str, Any] = {f"q{place}-base_revision": (seen or {}).get(place, 0) for place in range(1, 5)}
    return fields | {f"q{place}-answer": place_of(attempt, place, key) for place, key in keys.items()}


def counted(attempt: Attempt) -> dict[int, object]:
    return {place: answer.response.body for place, answer in attempt.counted_answers().items()}


def test_the_way_in_leads_to_the_one_page(browser: Client, attempt: Attempt) -> None:
    assert browser.get(reverse("attempt", args=[attempt.uuid])).url == url_of(attempt)


def test_every_question_stands_on_the_page_and_saves_itself(browser: Client, attempt: Attempt) -> None:
    page = browser.get(url_of(attempt))

    saved_at = [
        f'data-autosave="{reverse("answer_save", args=[attempt.uuid, n])}" data-prefix="q{n}-"'
        for n in range(1, 5)
    ]
    assert [page.content.decode().count(each) for each in saved_at] == [1, 1, 1, 1]
    assert "4 questions 0 answered" in words(page)


def test_one_save_keeps_what_was_answered_and_leads_to_the_check(browser: Client, attempt: Attempt) -> None:
    response = browser.post(url_of(attempt), filled(attempt, {1: "a", 3: "b"}))

    assert response.url == reverse("attempt_check", args=[attempt.uuid])
    assert counted(attempt) == {1: "a", 3: "b"}


def test_what_has_not_changed_is_not_kept_again(browser: Client, attempt: Attempt) -> None:
    browser.post(url_of(attempt), filled(attempt, {1: "a", 3: "b"}))

    browser.post(url_of(attempt), filled(attempt, {1: "a", 3: "b"}, seen={1: 1, 3: 1}))

    assert Answer.objects.count() == 2


def test_a_stale_page_shows_both_answers_and_keeps_the_rest(browser: Client, attempt: Attempt) -> None:
    browser.post(url_of(attempt), filled(attempt, {1: "b"}))

    response = browser.post(url_of(attempt), filled(attempt, {1: "c", 2: "a"}))

    assert response.status_code == 409
    assert "Question 1 What counts now An outcome What you chose on this page A need" in words(response)
    assert counted(attempt) == {1: "b", 2: "a"}


def test_an_answer_may_be_taken_back(browser: Client, attempt: Attempt) -> None:
    browser.post(url_of(attempt), filled(attempt, {1: "a", 3: "b"}))

    browser.post(url_of(attempt), filled(attempt, {3: "b"}, seen={1: 1, 3: 1}))

    assert counted(attempt) == {1: None, 3: "b"}


@pytest.mark.parametrize("answered", [1, 4])
def test_one_answer_and_all_of_them_cost_the_same(browser: Client, attempt: Attempt, answered: int) -> None:
    fields = filled(attempt, dict(list({1: "a", 2: "b", 3: "c", 4: "a"}.items())[:answered]))

    # Session, person, attempt, questions; the transaction, its attempt, answers, two additions; its end.
    with CaptureQueriesContext(connection) as asked:
        browser.post(url_of(attempt), fields)

    assert len(asked) == 10


def test_after_that_the_learner_may_count_the_other_one(browser: Client, attempt: Attempt) -> None:
    browser.post(url_of(attempt), filled(attempt, {1: "b"}))
    page = browser.post(url_of(attempt), filled(attempt, {1: "c"}))

    seen = page.context["rows"][0]["form"]["base_revision"].value()
    browser.post(url_of(attempt), filled(attempt, {1: "c"}) | {"q1-base_revision": seen})

    assert counted(attempt) == {1: "c"}


def test_the_check_leads_back_to_a_questions_place_on_the_page(browser: Client, attempt: Attempt) -> None:
    page = browser.get(reverse("attempt_check", args=[attempt.uuid])).content.decode()

    assert f'href="{url_of(attempt)}#question-2"' in page


def test_a_form_that_cannot_be_read_says_at_which_question(browser: Client, attempt: Attempt) -> None:
    response = browser.post(url_of(attempt), filled(attempt, {1: "a"}) | {"q2-answer": "9"})

    assert "Question 2: Select a valid choice" in words(response)
    assert counted(attempt) == {1: "a"}


def test_finishing_later_leads_to_the_quiz(browser: Client, attempt: Attempt) -> None:
    response = browser.post(url_of(attempt), filled(attempt, {1: "a"}) | {"later": "1"})

    assert "You have begun this quiz" in words(browser.get(response.url))


def test_a_late_page_is_refused_in_a_sentence(
    browser: Client, attempt: Attempt, ada: User, now: datetime
) -> None:
    attempts.submit(attempt, by=ada, at=now)

    response = browser.post(url_of(attempt), filled(attempt, {1: "a"}))

    assert response.status_code == 409
    assert "This attempt has been handed in." in words(response)
    assert browser.get(url_of(attempt)).url == reverse("attempt", args=[attempt.uuid])


def test_when_the_time_is_over_the_page_leads_to_handing_in(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, now: datetime
) -> None:
    quiz = factory.quiz(module, minutes_allowed=20, layout=QuizPage.Layout.ALL)
    attempt = attempts.start(enrolment, quiz, by=ada, at=now - timedelta(minutes=30))

    assert browser.get(url_of(attempt)).url == reverse("attempt_check", args=[attempt.uuid])


def test_it_is_nobody_elses_page(attempt: Attempt, ben: User, sign_in: SignIn) -> None:
    other = sign_in(ben)

    assert other.get(url_of(attempt)).status_code == 404
    assert other.post(url_of(attempt), filled(attempt, {1: "a"})).status_code == 404


@pytest.mark.parametrize("questions", [1, 30])
def test_thirty_questions_cost_as_many_statements_as_one(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, now: datetime, questions: int
) -> None:
    quiz = factory.quiz(module, questions=questions, layout=QuizPage.Layout.ALL)
    attempt = attempts.start(enrolment, quiz, by=ada, at=now)

    assert queries(browser, url_of(attempt)) == 6
