"""A quiz before it begins: its rules, the learner's own limit, and when there is no start."""

from datetime import datetime

from django.test import Client

from assessments.models import Adjustment, Attempt, QuizPage
from courses.models import Enrolment, ModulePage
from lms.people.models import User
from tests.assessments.attempting import queries, submit, words
from tests.conftest import SignIn
from tests.factories import assessments as factory


def test_the_quiz_says_its_rules_before_it_starts(
    browser: Client, enrolment: Enrolment, quiz: QuizPage
) -> None:
    page = words(browser.get(quiz.url))

    assert "4, drawn from a larger pool" in page
    assert "3 of 4" in page
    assert "3, of which you have used 0" in page
    assert "Start the quiz" in page


def test_the_limit_is_shown_with_the_learners_own_extra_time(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, ines: User, now: datetime
) -> None:
    quiz = factory.quiz(module, minutes_allowed=20)
    Adjustment.objects.create(
        institute=quiz.pool.institute, learner=ada, extra_percent=25, agreed_by=ines, agreed_at=now
    )

    page = words(browser.get(quiz.url))

    assert "25 minutes, with the 25% more that you have agreed with the institute" in page


def test_a_quiz_whose_pool_is_too_small_says_so_and_offers_no_start(
    browser: Client, enrolment: Enrolment, module: ModulePage
) -> None:
    quiz = factory.quiz(module, questions=2, draw=5)

    page = words(browser.get(quiz.url))

    assert "This quiz cannot be started yet" in page
    assert "Start the quiz" not in page


def test_staff_read_a_quiz_without_a_start(quiz: QuizPage, adil: User, sign_in: SignIn) -> None:
    page = words(sign_in(adil).get(quiz.url))

    assert "Before you start" in page
    assert "Start the quiz" not in page


def test_the_quiz_page_stays_within_its_budget(
    browser: Client, enrolment: Enrolment, attempt: Attempt, ada: User, now: datetime
) -> None:
    submit(attempt, 0, ada, now)

    assert queries(browser, attempt.quiz.url) <= 15
