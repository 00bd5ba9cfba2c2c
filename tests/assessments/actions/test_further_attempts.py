"""One attempt more than a quiz allows: given by a person, with a reason, and once."""

from datetime import datetime

import pytest

from assessments import rules
from assessments.actions import attempts, further_attempts
from assessments.models import QuizPage
from courses.models import Enrolment
from lms.audit.models import Event
from lms.people.models import User
from tests.factories import courses as course_factory


def fail(enrolment: Enrolment, quiz: QuizPage, by: User, at: datetime) -> None:
    attempts.submit(attempts.start(enrolment, quiz, by=by, at=at), by=by, at=at)


def test_a_further_attempt_opens_one_more_and_keeps_its_reason_in_the_trail(
    enrolment: Enrolment, quiz: QuizPage, ada: User, lena: User, at: datetime
) -> None:
    for _ in range(3):
        fail(enrolment, quiz, ada, at)

    further_attempts.give_further_attempt(enrolment, quiz, by=lena, at=at, reason="The lights went out.")
    attempts.start(enrolment, quiz, by=ada, at=at)

    event = Event.objects.get(verb="attempt.further_given")
    assert (event.actor, event.words.text) == (lena.uuid, "The lights went out.")
    assert rules.standing(enrolment, quiz).left == 0


def test_a_further_attempt_is_given_once_for_two_clicks(
    enrolment: Enrolment, quiz: QuizPage, ada: User, lena: User, at: datetime
) -> None:
    for _ in range(3):
        fail(enrolment, quiz, ada, at)
    further_attempts.give_further_attempt(enrolment, quiz, by=lena, at=at, reason="Ill.")

    with pytest.raises(further_attempts.NoFurtherAttempt, match="has an attempt left"):
        further_attempts.give_further_attempt(enrolment, quiz, by=lena, at=at, reason="Ill.")


def test_only_those_who_answer_for_results_give_further_attempts(
    enrolment: Enrolment, quiz: QuizPage, ada: User, asif: User, otto: User, at: datetime
) -> None:
    for _ in range(3):
        fail(enrolment, quiz, ada, at)

    for person in (ada, asif, otto):
        with pytest.raises(further_attempts.NoFurtherAttempt, match="somebody who answers for results"):
            further_attempts.give_further_attempt(enrolment, quiz, by=person, at=at, reason="Please.")


def test_nobody_gives_themselves_a_further_attempt(
    lena: User, quiz: QuizPage, foundations: object, at: datetime
) -> None:
    own = course_factory.enrol(lena, foundations)
    for _ in range(3):
        fail(own, quiz, lena, at)

    with pytest.raises(further_attempts.NoFurtherAttempt, match="never to oneself"):
        further_attempts.give_further_attempt(own, quiz, by=lena, at=at, reason="Please.")
