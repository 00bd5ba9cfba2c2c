"""After an attempt: marks, receipt, and the reasons that its learner may read by then."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import attempts
from assessments.models import Attempt, QuizPage
from courses.models import Enrolment, ModulePage
from lms.people.models import User
from tests.assessments.attempting import submit, words
from tests.factories import assessments as factory


def test_handing_in_twice_shows_one_receipt(browser: Client, attempt: Attempt) -> None:
    url = reverse("attempt_submit", args=[attempt.uuid])

    pages = [words(browser.post(url, follow=True)) for _ in range(2)]

    receipts = [re.search(r"Receipt ((?:[0-9a-f]{8} ?){8})", page)[1] for page in pages]
    assert receipts[0] == receipts[1]


def test_while_attempts_remain_only_the_reason_of_what_was_chosen_is_shown(
    browser: Client, attempt: Attempt, ada: User, now: datetime
) -> None:
    submit(attempt, 0, ada, now)

    page = words(browser.get(reverse("attempt", args=[attempt.uuid])))

    assert "Attempt 1 of 3" in page
    assert "0 of 4, 3 needed" in page
    assert "While you have attempts left" in page
    assert page.count("No result is named.") == 4
    assert "The need is not stated." not in page
    assert "Right answer" not in page


def test_after_a_pass_every_reason_is_shown(
    browser: Client, attempt: Attempt, ada: User, now: datetime
) -> None:
    submit(attempt, 3, ada, now)

    page = words(browser.get(reverse("attempt", args=[attempt.uuid])))

    assert "You passed" in page
    assert page.count("Hours are not a need.") == 4
    assert page.count("Right answer") == 1


def test_after_the_last_attempt_every_reason_is_shown_and_the_way_on_is_said(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, ada: User, now: datetime
) -> None:
    for _ in range(3):
        last = submit(attempts.start(enrolment, quiz, by=ada, at=now), 0, ada, now)

    result = words(browser.get(reverse("attempt", args=[last.uuid])))
    page = words(browser.get(quiz.url))

    assert result.count("Right answer") == 4
    assert "You have used all 3 attempts" in page
    assert "office@aldermoor.example.org" in page
    assert "Start" not in page


def test_an_open_last_attempt_keeps_the_keys_of_the_earlier_ones_closed(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, ada: User, now: datetime
) -> None:
    first = submit(attempts.start(enrolment, quiz, by=ada, at=now), 0, ada, now)
    submit(attempts.start(enrolment, quiz, by=ada, at=now), 0, ada, now)
    attempts.start(enrolment, quiz, by=ada, at=now)

    page = words(browser.get(reverse("attempt", args=[first.uuid])))

    assert "Right answer" not in page


def test_practice_on_the_pool_of_a_certifying_quiz_shows_no_key(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, module: ModulePage, ada: User, now: datetime
) -> None:
    practice = factory.quiz(module, pool=quiz.pool, draw=4, attempts_allowed=0, slug="practice")
    attempt = submit(attempts.start(enrolment, practice, by=ada, at=now), 0, ada, now)

    page = words(browser.get(reverse("attempt", args=[attempt.uuid])))

    assert "Right answer" not in page


@pytest.mark.parametrize(
    ("review", "promise", "failed", "passed"),
    [
        ("reasons", "with the reason for each answer that you chose", True, True),
        ("afterwards", "your answers and the right ones, each with its reason", False, True),
        ("marks", "this quiz does not show the answers", False, False),
    ],
)
def test_a_quiz_shows_what_it_promised_before_the_start(
    browser: Client,
    enrolment: Enrolment,
    module: ModulePage,
    ada: User,
    now: datetime,
    review: str,
    promise: str,
    failed: bool,
    passed: bool,
) -> None:
    quiz = factory.quiz(module, review=review)
    promised = words(browser.get(quiz.url))

    shown = []
    for right in (0, 4):
        attempt = submit(attempts.start(enrolment, quiz, by=ada, at=now), right, ada, now)
        page = words(browser.get(reverse("attempt", args=[attempt.uuid])))
        assert f"{right} of 4, 3 needed" in page
        shown.append("Question by question" in page and "Your answer:" in page)

    assert promise in promised
    assert shown == [failed, passed]


def test_an_attempt_keeps_the_review_that_it_was_begun_with(
    browser: Client, quiz: QuizPage, attempt: Attempt, ada: User, now: datetime
) -> None:
    quiz.review = "marks"
    quiz.save()

    submit(attempt, 0, ada, now)

    page = words(browser.get(reverse("attempt", args=[attempt.uuid])))
    assert page.count("No result is named.") == 4
