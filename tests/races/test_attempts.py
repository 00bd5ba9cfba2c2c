"""Attempts under eight hands at once: one hand-in, one score, one start, and no answer lost at the deadline."""

from datetime import datetime, timedelta

import pytest

from assessments import rules
from assessments.actions import answers, attempts
from assessments.models import Attempt, QuizPage
from courses.models import CoursePage, Enrolment, ModulePage
from tests.factories import assessments as factory
from tests.races import scenes
from tests.races.conftest import Race
from tests.races.forks import Ending, errors, together, values_by_round
from tests.races.invariants import wrongly_closed

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

SECOND = timedelta(seconds=1)


@pytest.fixture
def timed_quiz(module: ModulePage) -> QuizPage:
    return factory.quiz(module, minutes_allowed=20)


def differing_receipts(endings: list[Ending]) -> list[str]:
    found = values_by_round(endings).values()
    return ["Two receipts for one attempt."] * sum(len(set(receipts)) > 1 for receipts in found)


def test_eight_clicks_hand_an_attempt_in_once(
    race: Race, foundations: CoursePage, quiz: QuizPage, at: datetime
) -> None:
    def faults_of_a_run() -> list[str]:
        opened = scenes.open_attempts(scenes.enrolled(foundations, race.rounds), quiz, at)

        def click(worker: int, number: int) -> str:
            return attempts.submit(opened[number], by=opened[number].enrolment.learner, at=at).receipt

        endings = together(click, race.rounds)
        faults = errors(endings) + differing_receipts(endings) + wrongly_closed(opened)
        return race.note("double submit", len(endings), faults)

    assert faults_of_a_run() == []

    race.without(Attempt)
    assert faults_of_a_run()


def test_learner_sweep_and_last_answers_meet_at_the_deadline(
    race: Race, foundations: CoursePage, timed_quiz: QuizPage, at: datetime
) -> None:
    def faults_of_a_run(day: datetime) -> list[str]:
        # An hour apart, so that the sweep of one round leaves the others alone.
        opened = []
        for hours, enrolment in enumerate(scenes.enrolled(foundations, race.rounds)):
            opened += scenes.open_attempts([enrolment], timed_quiz, day + timedelta(hours=hours))

        def turn(worker: int, number: int) -> str | None:
            attempt = opened[number]
            last_moment = attempt.deadline_at + rules.GRACE
            learner = attempt.enrolment.learner
            if worker % 4 == 0:
                attempts.close_overdue(last_moment + SECOND)
                return None
            if worker % 4 == 1:
                return attempts.submit(attempt, by=learner, at=last_moment).receipt
            place = worker // 2 + 1
            answers.save(attempt, place, "a", base_revision=int(place == 1), by=learner, at=last_moment)
            return None

        endings = together(turn, race.rounds)
        return race.note("deadline against sweep", len(endings), errors(endings) + wrongly_closed(opened))

    assert faults_of_a_run(at) == []

    race.without(Attempt)
    assert faults_of_a_run(at + timedelta(days=100))


def test_eight_clicks_start_one_attempt(
    race: Race, foundations: CoursePage, quiz: QuizPage, at: datetime
) -> None:
    def faults_of_a_run() -> list[str]:
        enrolments = scenes.enrolled(foundations, race.rounds)

        def click(worker: int, number: int) -> int:
            enrolment = enrolments[number]
            return attempts.start(enrolment, quiz, by=enrolment.learner, at=at).pk

        endings = together(click, race.rounds)
        begun = values_by_round(endings).values()
        faults = errors(endings) + ["Two attempts were begun."] * sum(len(set(each)) > 1 for each in begun)
        faults += ["Begun and refused."] * sum(bool(ending.refusal) for ending in endings)
        return race.note("start twice", len(endings), faults)

    assert faults_of_a_run() == []

    race.without(Enrolment)
    race.uncaught(attempts)
    assert faults_of_a_run()


def test_eight_clicks_on_the_last_attempt_begin_no_more_than_that(
    race: Race, foundations: CoursePage, module: ModulePage, at: datetime
) -> None:
    """Half of the clicks hand the attempt in that the other half has begun, and begin again at once."""
    quiz = factory.quiz(module, attempts_allowed=1)

    def faults_of_a_run() -> list[str]:
        enrolments = scenes.enrolled(foundations, race.rounds)

        def click(worker: int, number: int) -> None:
            enrolment = enrolments[number]
            for _ in range(2):
                attempt = attempts.start(enrolment, quiz, by=enrolment.learner, at=at)
                attempts.submit(attempt, by=enrolment.learner, at=at)

        endings = together(click, race.rounds)
        more = sum(enrolment.attempts.count() - 1 for enrolment in enrolments)
        return race.note("last attempt", len(endings), errors(endings) + ["One attempt too many."] * more)

    assert faults_of_a_run() == []

    race.without(Enrolment, Attempt)
    assert faults_of_a_run()
