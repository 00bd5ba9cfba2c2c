"""What an attempt at a quiz or a case came to: its score, and the result, which is released at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from assessments import scoring
from assessments.deciding import came_to
from assessments.models import Answer, Attempt, CaseAttempt, CaseScore, Result, ResultEvent, Score
from assessments.signals import result_released
from courses.actions import steps
from courses.branching.playing import Standing
from courses.models import Enrolment, StepPage
from lms.people.models import Institute


def score(attempt: Attempt, answers: Mapping[int, Answer], *, at: datetime) -> Score:
    """Score a submitted attempt, once, in the caller's transaction, and release what follows from it.

    A quiz passed, or a practice quiz handed in, finishes its step; practice makes no result.
    """
    made = _score_row(attempt, answers, at)
    if attempt.version.is_practice:
        steps.finish(attempt.enrolment, attempt.quiz, by_what="practice", at=at)
    else:
        _release(
            attempt.enrolment,
            attempt.quiz,
            attempt.quiz.pool.institute,
            is_pass=made.is_pass,
            at=at,
            attempt=attempt,
        )
    return made


def score_case(attempt: CaseAttempt, standing: Standing, *, at: datetime) -> CaseScore:
    """Score an attempt at a case that has ended, once, in the caller's transaction, and release its result."""
    made = CaseScore.of(attempt, came_to(standing, attempt.version.pass_percent), at)
    made.save(force_insert=True)
    _release(
        attempt.enrolment,
        attempt.page,
        attempt.page.case.institute,
        is_pass=made.is_pass,
        at=at,
        case_attempt=attempt,
    )
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


def _release(
    enrolment: Enrolment, step: StepPage, institute: Institute, *, is_pass: bool, at: datetime, **source: Any
) -> Result:
    """The machine releases what it scored; a pass finishes the step before anybody is told of it.

    `source` is what the result rests on: `attempt` or `case_attempt`.
    """
    outcomes = Result.Outcome
    result = Result.objects.create(
        institute=institute,
        enrolment=enrolment,
        learner_id=enrolment.learner_id,
        step_id=step.pk,
        outcome=outcomes.PASSED if is_pass else outcomes.NOT_PASSED,
        made_at=at,
        **source,
    )
    event = ResultEvent.objects.create(result=result, kind=ResultEvent.Kind.RELEASED, at=at)
    if is_pass:
        steps.finish(enrolment, step, by_what=step.step_kind, at=at)
    result_released.send(sender=Result, result=result, event=event, at=at)
    return result
