"""An exam's pages say what every paper holds and what must be passed by itself, before, during and after."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import attempts
from assessments.models import Attempt, Question, QuizPage
from courses.models import Enrolment, ModulePage
from lms.people.models import User
from tests.assessments.actions.test_exams import take
from tests.assessments.attempting import queries, words
from tests.conftest import SignIn
from tests.factories import assessments as factory
from tests.factories import courses as course_factory
from tests.factories import people

TO_PASS = (
    "To pass 3 of 6 marks, and among them 2 of the 2 on Safety and safeguarding . "
    "Nothing else makes up for that domain."
)
MISSED = "Your marks are enough overall, but nothing makes up for Safety and safeguarding."


@pytest.fixture
def exam(module: ModulePage) -> QuizPage:
    """Four of D1 and two of D5: three marks pass, and both of D5."""
    return factory.exam(module)


@pytest.fixture
def failed(exam: QuizPage, enrolment: Enrolment, now: datetime) -> Attempt:
    """Five marks of six, and one of D5."""
    return take(exam, enrolment, now, D1=4, D5=1)


def test_before_start_it_says_what_a_paper_holds_and_what_must_be_passed(
    browser: Client, enrolment: Enrolment, exam: QuizPage
) -> None:
    page = words(browser.get(exam.url))

    assert "6, drawn from a larger pool. Every paper has the same make-up" in page
    assert "Purpose and people: 4 Safety and safeguarding: 2" in page
    assert TO_PASS in page
    assert "Start the quiz" in page


def test_an_exam_that_ran_short_says_so_before_it_is_started(
    browser: Client, enrolment: Enrolment, exam: QuizPage
) -> None:
    Question.objects.filter(key__startswith="fc5").update(state=Question.State.RETIRED)

    page = words(browser.get(exam.url))

    assert "This quiz cannot be started yet" in page
    assert "Start the quiz" not in page


def test_during_the_attempt_it_says_what_the_attempt_was_begun_with(
    browser: Client, enrolment: Enrolment, exam: QuizPage, ada: User, now: datetime
) -> None:
    attempt = attempts.start(enrolment, exam, by=ada, at=now)
    exam.must_pass = []
    exam.save()

    assert TO_PASS in words(browser.get(reverse("attempt_check", args=[attempt.uuid])))


def test_who_missed_the_domain_alone_reads_that_it_was_the_domain(browser: Client, failed: Attempt) -> None:
    page = words(browser.get(reverse("attempt", args=[failed.uuid])))

    assert "All questions 5 of 6, 3 needed Safety and safeguarding 1 of 2, 2 needed Not reached" in page
    assert MISSED in page


def test_who_missed_the_marks_alone_is_not_told_of_the_domain(
    browser: Client, enrolment: Enrolment, exam: QuizPage, now: datetime
) -> None:
    attempt = take(exam, enrolment, now, D5=2)

    page = words(browser.get(reverse("attempt", args=[attempt.uuid])))

    assert "All questions 2 of 6, 3 needed Safety and safeguarding 2 of 2, 2 needed Reached" in page
    assert "Your marks are enough" not in page


def test_who_passed_reads_both_figures(
    browser: Client, enrolment: Enrolment, exam: QuizPage, now: datetime
) -> None:
    attempt = take(exam, enrolment, now, D1=1, D5=2)

    page = words(browser.get(reverse("attempt", args=[attempt.uuid])))

    assert "All questions 3 of 6, 3 needed Safety and safeguarding 2 of 2, 2 needed Reached" in page


def test_the_quiz_page_lists_each_attempt_with_the_domain(browser: Client, failed: Attempt) -> None:
    page = words(browser.get(failed.quiz.url))

    assert "Not passed 5 of 6, 3 needed Safety and safeguarding: 1 of 2, 2 needed" in page


def test_the_desk_reads_why_an_exam_was_not_passed(failed: Attempt, lena: User, sign_in: SignIn) -> None:
    page = words(sign_in(lena).get(reverse("result_list", args=["aldermoor"])))

    assert "Not passed 5 of 6, 3 needed Safety and safeguarding: 1 of 2, 2 needed" in page


def test_further_attempts_are_asked_for_beside_what_the_last_one_came_to(
    failed: Attempt, enrolment: Enrolment, lena: User, sign_in: SignIn, now: datetime
) -> None:
    take(failed.quiz, enrolment, now, D1=2, D5=0)

    page = words(sign_in(lena).get(reverse("further_attempt_list", args=["aldermoor"])))

    assert "2 of 6, 3 needed Safety and safeguarding: 0 of 2, 2 needed" in page


def test_the_lists_of_the_desk_ask_as_often_for_thirty_as_for_one(
    failed: Attempt, exam: QuizPage, enrolment: Enrolment, lena: User, sign_in: SignIn, now: datetime
) -> None:
    take(exam, enrolment, now)
    desk = sign_in(lena)
    lists = [reverse(name, args=["aldermoor"]) for name in ("result_list", "further_attempt_list")]
    for_one = [queries(desk, url) for url in lists]
    for number in range(29):
        learner = people.person(f"Learner{number}", "Reed")
        other = course_factory.enrol(learner, enrolment.course)
        for _ in range(2):
            take(exam, other, now)

    assert [queries(desk, url) for url in lists] == for_one
