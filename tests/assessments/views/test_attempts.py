"""An attempt's pages while it is open: what they keep, where they lead, and what they refuse."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.actions import attempts
from assessments.models import Answer, Attempt, QuizPage
from courses.models import Enrolment, ModulePage
from lms.people.models import User
from tests.assessments.attempting import place_of, post_answer, queries, question_url, submit, words
from tests.conftest import SignIn
from tests.factories import assessments as factory
from tests.factories import courses as course_factory

MINUTE = timedelta(minutes=1)


def test_starting_leads_to_the_first_question(browser: Client, enrolment: Enrolment, quiz: QuizPage) -> None:
    response = browser.post(reverse("attempt_start", args=[enrolment.uuid, quiz.pk]), follow=True)

    attempt = Attempt.objects.get()
    assert response.redirect_chain[-1] == (question_url(attempt, 1), 302)
    assert "Question 1 of 4" in words(response)


def test_starting_is_a_post(browser: Client, enrolment: Enrolment, quiz: QuizPage) -> None:
    assert browser.get(reverse("attempt_start", args=[enrolment.uuid, quiz.pk])).status_code == 405


def test_a_quiz_of_another_course_or_an_unpublished_one_cannot_be_started(
    browser: Client, enrolment: Enrolment, quiz: QuizPage
) -> None:
    elsewhere = course_factory.module(course_factory.course(quiz.pool.institute, "Elsewhere"))
    foreign = factory.quiz(elsewhere)
    quiz.get_parent().specific.unpublish()

    for page in (foreign, quiz):
        assert browser.post(reverse("attempt_start", args=[enrolment.uuid, page.pk])).status_code == 404
    assert Attempt.objects.count() == 0


def test_save_and_continue_keeps_the_answer_and_goes_on(browser: Client, attempt: Attempt) -> None:
    response = post_answer(browser, attempt, 1, "b")

    assert response.url == question_url(attempt, 2)
    assert attempt.counted_answers()[1].response.body == "b"


def test_the_last_question_leads_to_checking(browser: Client, attempt: Attempt) -> None:
    assert post_answer(browser, attempt, 4, "b").url == reverse("attempt_check", args=[attempt.uuid])


def test_save_and_finish_later_leads_to_the_quiz_where_it_can_be_resumed(
    browser: Client, attempt: Attempt
) -> None:
    response = post_answer(browser, attempt, 1, "b", later="1")

    page = words(browser.get(response.url))
    assert "Your answers are saved." in page
    assert "You have begun this quiz" in page


def test_an_attempt_goes_on_where_it_was_left(browser: Client, attempt: Attempt) -> None:
    post_answer(browser, attempt, 1, "b")
    post_answer(browser, attempt, 2, "b")

    response = browser.get(reverse("attempt", args=[attempt.uuid]))

    assert response.url == question_url(attempt, 3)


def test_leaving_a_question_open_is_allowed_and_told_before_the_end(
    browser: Client, attempt: Attempt
) -> None:
    browser.post(question_url(attempt, 1), {"base_revision": 0})
    post_answer(browser, attempt, 2, "b")

    page = words(browser.get(reverse("attempt_check", args=[attempt.uuid])))

    assert "3 questions still need an answer" in page
    assert "Question 1: Not answered" in page
    assert "Question 2: Not answered" not in page


def test_a_pip_says_which_questions_are_answered(browser: Client, attempt: Attempt) -> None:
    post_answer(browser, attempt, 1, "b")

    response = browser.get(question_url(attempt, 2))

    answered = [pip["answered"] for pip in response.context["pips"]]
    assert answered == [True, False, False, False]


def test_the_answer_given_before_is_shown_again(browser: Client, attempt: Attempt) -> None:
    post_answer(browser, attempt, 1, "c")

    page = browser.get(question_url(attempt, 1)).content.decode()

    checked = re.findall(r'<input type="radio" name="answer" value="(\d)"[^>]* checked', page)
    assert checked == [place_of(attempt, 1, "c")]


def test_a_stale_tab_gets_409_with_the_newer_answer_and_both_are_kept(
    browser: Client, attempt: Attempt
) -> None:
    post_answer(browser, attempt, 1, "b")

    response = post_answer(browser, attempt, 1, "c")

    page = words(response)
    assert response.status_code == 409
    assert "What counts now An outcome" in page
    assert "What you chose on this page A need" in page
    assert response.context["form"]["base_revision"].value() == 1
    assert [answer.is_stale for answer in Answer.objects.all()] == [False, True]


def test_autosave_answers_with_the_revision_it_has_kept(browser: Client, attempt: Attempt) -> None:
    url = reverse("answer_save", args=[attempt.uuid, 1])

    first = browser.post(url, {"answer": place_of(attempt, 1, "b"), "base_revision": 0})
    second = browser.post(url, {"answer": place_of(attempt, 1, "c"), "base_revision": 1})

    assert [reply.json()["revision"] for reply in (first, second)] == [1, 2]
    assert re.fullmatch(r"\d{1,2}:\d\d[ap]m", second.json()["saved_at"])


def test_autosave_refuses_a_stale_tab_and_a_late_answer_in_a_sentence(
    browser: Client, attempt: Attempt, ada: User, now: datetime
) -> None:
    url = reverse("answer_save", args=[attempt.uuid, 1])
    browser.post(url, {"answer": place_of(attempt, 1, "b"), "base_revision": 0})

    stale = browser.post(url, {"answer": place_of(attempt, 1, "c"), "base_revision": 0})
    attempts.submit(attempt, by=ada, at=now)
    late = browser.post(url, {"answer": place_of(attempt, 1, "c"), "base_revision": 1})

    assert (stale.status_code, late.status_code) == (409, 409)
    assert "in another window" in stale.json()["sentence"]
    assert "has been handed in" in late.json()["sentence"]


@pytest.mark.parametrize(
    "fields", [{}, {"answer": "9", "base_revision": 0}, {"answer": "1", "base_revision": "x"}]
)
def test_autosave_refuses_what_no_page_of_ours_sends(
    browser: Client, attempt: Attempt, fields: dict[str, Any]
) -> None:
    response = browser.post(reverse("answer_save", args=[attempt.uuid, 1]), fields)

    assert response.status_code == 400
    assert Answer.objects.count() == 0


def test_after_the_deadline_the_learner_is_led_to_handing_in(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, now: datetime
) -> None:
    quiz = factory.quiz(module, minutes_allowed=20)
    attempt = attempts.start(enrolment, quiz, by=ada, at=now - 30 * MINUTE)

    question = browser.get(question_url(attempt, 1))
    saved = post_answer(browser, attempt, 1, "a")

    assert question.url == reverse("attempt_check", args=[attempt.uuid])
    assert "Your time is over" in words(browser.get(question.url))
    assert saved.status_code == 409
    assert "Your time for this attempt is over." in words(saved)


def test_the_page_of_a_timed_attempt_carries_the_servers_clock(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, now: datetime
) -> None:
    attempt = attempts.start(enrolment, factory.quiz(module, minutes_allowed=20), by=ada, at=now)

    page = browser.get(question_url(attempt, 1)).content.decode()

    local = timezone.localtime(attempt.deadline_at)
    assert f'data-deadline="{local.isoformat(timespec="seconds")}"' in page
    assert "data-now=" in page


def test_an_attempt_is_nobody_elses_business(
    attempt: Attempt, ben: User, adil: User, lena: User, sign_in: SignIn
) -> None:
    urls = [
        reverse("attempt", args=[attempt.uuid]),
        question_url(attempt, 1),
        reverse("attempt_check", args=[attempt.uuid]),
    ]
    posts = [reverse("attempt_submit", args=[attempt.uuid]), reverse("answer_save", args=[attempt.uuid, 1])]

    for person in (ben, adil, lena):
        other = sign_in(person)
        assert [other.get(url).status_code for url in urls] == [404, 404, 404]
        assert [other.post(url, {"answer": "1", "base_revision": 0}).status_code for url in posts] == [
            404,
            404,
        ]
    attempt.refresh_from_db()
    assert attempt.is_open


def test_somebody_elses_enrolment_starts_nothing(
    enrolment: Enrolment, quiz: QuizPage, ben: User, sign_in: SignIn
) -> None:
    response = sign_in(ben).post(reverse("attempt_start", args=[enrolment.uuid, quiz.pk]))

    assert response.status_code == 404
    assert Attempt.objects.count() == 0


def test_a_visitor_is_asked_to_sign_in(attempt: Attempt) -> None:
    response = Client().get(question_url(attempt, 1))

    assert response.url == f"/accounts/login/?next={question_url(attempt, 1)}"


def test_the_wrong_state_is_answered_with_409_and_a_way_on(
    browser: Client, enrolment: Enrolment, attempt: Attempt, ada: User, now: datetime
) -> None:
    submit(attempt, 4, ada, now)

    late = post_answer(browser, attempt, 1, "b", seen=1)
    again = browser.post(reverse("attempt_start", args=[enrolment.uuid, attempt.quiz_id]))

    assert (late.status_code, again.status_code) == (409, 409)
    assert "This attempt has been handed in." in words(late)
    assert "You have passed this quiz." in words(again)


def test_the_pages_of_a_submitted_attempt_lead_to_its_result(
    browser: Client, attempt: Attempt, ada: User, now: datetime
) -> None:
    submit(attempt, 4, ada, now)

    result = reverse("attempt", args=[attempt.uuid])
    for url in (question_url(attempt, 1), reverse("attempt_check", args=[attempt.uuid])):
        assert browser.get(url).url == result


@pytest.mark.parametrize("questions", [1, 30])
def test_an_attempt_of_any_length_costs_the_same(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, now: datetime, questions: int
) -> None:
    quiz = factory.quiz(module, questions=questions)
    attempt = attempts.start(enrolment, quiz, by=ada, at=now)
    open_pages = [question_url(attempt, 1), reverse("attempt_check", args=[attempt.uuid])]

    counts = [queries(browser, url) for url in open_pages]
    submit(attempt, questions, ada, now)
    counts.append(queries(browser, reverse("attempt", args=[attempt.uuid])))

    assert counts == [7, 6, 10]
