"""What an attempt came to: its score, and the result, which is released at once."""

from collections.abc import Mapping
from datetime import datetime

from assessments import scoring
from assessments.models import Answer, Attempt, Result, ResultEvent, Score
from assessments.signals import result_released
from courses.actions import steps


def score(attempt: Attempt, answers: Mapping[int, Answer], *, at: datetime) -> Score:
    """Score a submitted attempt, once, in the caller's transaction, and release what follows from it.

    A quiz passed, or a practice quiz handed in, finishes its step; practice makes no result.
    """
    made = _score_row(attempt, answers, at)
    if attempt.version.is_practice:
        steps.finish(attempt.enrolment, attempt.quiz, by_what="practice", at=at)
    else:
        _release(attempt, made, at)
    return made


def points_of(attempt: Attempt, answers: Mapping[int, Answer]) -> list[scoring.Score]:
    """The score of each question of an attempt in order, worked out anew from what is pinned."""
    return [
        scoring.score(
            scoring.parse(asked.version.kind, asked.version.body), response_of(answers.get(asked.position))
        )
        for asked in attempt.asked()
    ]


def response_of(answer: Answer | None) -> object:
    """What an answer says; nothing where there is none."""
    return answer.response.body if answer else None


def _score_row(attempt: Attempt, answers: Mapping[int, Answer], at: datetime) -> Score:
    each = points_of(attempt, answers)
    marks = scoring.total(each)
    needed = attempt.version.marks_needed
    return Score.objects.create(
        attempt=attempt,
        numerator=marks.numerator,
        denominator=marks.denominator,
        marks_available=len(each),
        marks_needed=needed,
        is_pass=scoring.is_pass(marks, needed),
        engine_version=scoring.ENGINE_VERSION,
        scored_at=at,
        detail=[{"state": one.state, "points": _written(one)} for one in each],
    )


def _written(one: scoring.Score) -> str:
    return f"{one.points.numerator}/{one.points.denominator}"


def _release(attempt: Attempt, made: Score, at: datetime) -> Result:
    """The machine releases what it scored; a pass finishes the step before anybody is told of it."""
    enrolment, outcomes = attempt.enrolment, Result.Outcome
    result = Result.objects.create(
        institute=attempt.quiz.pool.institute,
        enrolment=enrolment,
        learner_id=enrolment.learner_id,
        step_id=attempt.quiz_id,
        outcome=outcomes.PASSED if made.is_pass else outcomes.NOT_PASSED,
        attempt=attempt,
        made_at=at,
    )
    event = ResultEvent.objects.create(result=result, kind=ResultEvent.Kind.RELEASED, at=at)
    if made.is_pass:
        steps.finish(enrolment, attempt.quiz, by_what="quiz", at=at)
    result_released.send(sender=Result, result=result, event=event, at=at)
    return result
