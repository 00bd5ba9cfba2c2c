"""What the pages of an open attempt show: the question, where one is among them, the time and the rules."""

from datetime import datetime
from typing import Any

from assessments import rules, scoring
from assessments.actions.attempts import AnswerStale
from assessments.actions.results import response_of
from assessments.forms.answers import AnswerForm, form_for
from assessments.forms.wording import question_of, scenario_of
from assessments.models import Answer, Attempt, AttemptQuestion
from assessments.scoring_terms import is_blank
from assessments.views.review import given
from courses.models.outlines import address

# How the check page speaks of an answer.
ANSWERED, NOT_COMPLETE, NOT_ANSWERED = ("ok", "Answered"), ("warn", "Not complete"), ("warn", "Not answered")

Page = dict[str, Any]


def question(
    attempt: Attempt, asked: AttemptQuestion, *, at: datetime, form: AnswerForm | None = None
) -> Page:
    """One question to be answered; `form` is what came back with an error, if something did."""
    answers = attempt.counted_answers()
    places = list(attempt.questions.values_list("position", flat=True))
    return {
        **_about(attempt, at),
        "asked": asked,
        "form": form or _form(asked, answers.get(asked.position)),
        "scenario": scenario_of(asked.version.stem),
        "pips": [
            {"position": place, "answered": _is_answered(answers, place), "current": place == asked.position}
            for place in places
        ],
        "total": len(places),
        "previous": asked.position - 1,
        "is_last": asked.position == len(places),
    }


def stale(
    attempt: Attempt, asked: AttemptQuestion, response: object, refusal: AnswerStale, *, at: datetime
) -> Page:
    """The question with the newer answer in it, and both answers in words."""
    newer = refusal.newer
    return {
        **question(attempt, asked, at=at, form=_form(asked, newer)),
        "page_has_errors": True,
        "sentence": str(refusal),
        "newer": given(asked, response_of(newer)) or ("No answer",),
        "older": given(asked, response) or ("No answer",),
    }


def check(attempt: Attempt, *, at: datetime) -> Page:
    """Every question with its answer in the learner's own words, and what is still open."""
    answers = attempt.counted_answers()
    rows = [
        _row(asked, response_of(answers.get(asked.position)))
        for asked in attempt.questions.select_related("version")
    ]
    return {
        **_about(attempt, at),
        "rows": rows,
        "open": [row for row in rows if row["state"] != ANSWERED],
        "is_over": is_over(attempt, at),
    }


def is_over(attempt: Attempt, at: datetime) -> bool:
    """The deadline has passed: nothing can be answered any more, only handed in."""
    return attempt.deadline_at is not None and at > attempt.deadline_at


def saved_for_later(attempt: Attempt) -> str:
    """What a learner is told who stops for now."""
    if attempt.deadline_at:
        return "Your answers are saved. Mind that your time goes on running."
    return "Your answers are saved. Come back whenever you like: nothing is handed in until you do it."


def _about(attempt: Attempt, at: datetime) -> Page:
    found = rules.standing(attempt.enrolment, attempt.quiz)
    return {
        "attempt": attempt,
        "quiz": attempt.quiz,
        "course": attempt.enrolment.course,
        "course_url": address(attempt.enrolment.course.url_path),
        "standing": found,
        "version": attempt.version,
        "at": at,
    }


def _form(asked: AttemptQuestion, answer: Answer | None) -> AnswerForm:
    kind = form_for(asked.version)
    revision = answer.revision if answer else 0
    return kind.showing(asked.version, asked.option_order, response_of(answer), revision)


def _is_answered(answers: dict[int, Answer], place: int) -> bool:
    return not is_blank(response_of(answers.get(place)))


def _row(asked: AttemptQuestion, response: object) -> Page:
    version = asked.version
    state = scoring.score(scoring.parse(version.kind, version.body), response).state
    return {
        "position": asked.position,
        "question": question_of(version.stem),
        "given": given(asked, response),
        "state": {"blank": NOT_ANSWERED, "incomplete": NOT_COMPLETE}.get(state, ANSWERED),
    }
