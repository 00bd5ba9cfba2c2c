"""What an attempt came to: its score, and the result, which is released at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

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


def parts_of(attempt: Attempt, each: Sequence[scoring.Score]) -> dict[str, scoring.Part]:
    """By its code, what these scores earn in each domain that the attempt's version wants passed by itself."""
    wanted = attempt.version.domains_to_pass
    if not wanted:
        return {}
    domains = attempt.questions.values_list("version__competency__domain__code", flat=True)
    asked = list(zip(domains, each, strict=True))
    return {
        one["domain"]: scoring.Part(
            one["title"],
            scoring.total(score for domain, score in asked if domain == one["domain"]),
            one["of"],
            one["needed"],
        )
        for one in wanted
    }


def response_of(answer: Answer | None) -> object:
    """What an answer says; nothing where there is none."""
    return answer.response.body if answer else None


def _score_row(attempt: Attempt, answers: Mapping[int, Answer], at: datetime) -> Score:
    each = points_of(attempt, answers)
    marks = scoring.total(each)
    needed = attempt.version.marks_needed
    parts = parts_of(attempt, each)
    return Score.objects.create(
        attempt=attempt,
        numerator=marks.numerator,
        denominator=marks.denominator,
        marks_available=len(each),
        marks_needed=needed,
        is_pass=scoring.is_pass(marks, needed, parts.values()),
        engine_version=scoring.ENGINE_VERSION,
        scored_at=at,
        detail=[{"state": one.state, "points": _written(one.points)} for one in each],
        domains=[
            {
                "domain": domain,
                "title": part.title,
                "points": _written(part.marks),
                "of": part.available,
                "needed": part.needed,
            }
            for domain, part in parts.items()
        ],
    )


def _written(points: Fraction) -> str:
    return f"{points.numerator}/{points.denominator}"


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
