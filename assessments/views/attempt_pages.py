"""What the pages of an open attempt show: the question, where one is among them, the time and the rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from assessments import scoring
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
    attempt: Attempt, asked: AttemptQuestion, response: object, newer: Answer | None, *, at: datetime
) -> Page:
    """The question with the newer answer in it, and both answers in words."""
    return {
        **question(attempt, asked, at=at, form=_form(asked, newer)),
        "page_has_errors": True,
        "refused": [refused(asked, response, newer)],
    }


def refused(asked: AttemptQuestion, response: object, newer: Answer | None) -> Page:
    """A stale answer beside the newer one, both in words."""
    return {
        "position": asked.position,
        "newer": given(asked, response_of(newer)) or ("No answer",),
        "older": given(asked, response) or ("No answer",),
    }


def all_questions(
    attempt: Attempt, *, at: datetime, forms: Mapping[int, AnswerForm] | None = None, refused: Any = ()
) -> Page:
    """Every question on one page; `forms` are those that came back with an error, by their place."""
    answers = attempt.counted_answers()
    rows = [
        {
            "asked": asked,
            "form": (forms or {}).get(asked.position)
            or _form(asked, answers.get(asked.position), prefix=prefix_of(asked)),
            "scenario": scenario_of(asked.version.stem),
        }
        for asked in attempt.asked()
    ]
    return {
        **_about(attempt, at),
        "rows": rows,
        "answered": sum(_is_answered(answers, row["asked"].position) for row in rows),
        "total": len(rows),
        "refused": refused,
        "problems": _problems(rows),
        "page_has_errors": bool(refused or forms),
    }


def prefix_of(asked: AttemptQuestion) -> str:
    """What the names of a question's fields begin with where all questions stand in one form."""
    return f"q{asked.position}"


def check(attempt: Attempt, *, at: datetime) -> Page:
    """Every question with its answer in the learner's own words, and what is still open."""
    answers = attempt.counted_answers()
    rows = [_row(attempt, asked, response_of(answers.get(asked.position))) for asked in attempt.asked()]
    return {
        **_about(attempt, at),
        "rows": rows,
        "open": [row for row in rows if row["state"] != ANSWERED],
        "is_over": is_over(attempt, at),
    }


def address_of(attempt: Attempt, position: int) -> str:
    """Where a question is answered: on its own page, or at its place on the page of all of them."""
    if attempt.quiz.is_on_one_page:
        return f"{reverse('attempt_all', args=[attempt.uuid])}#question-{position}"
    return f"{reverse('attempt_question', args=[attempt.uuid, position])}?check"


def is_over(attempt: Attempt, at: datetime) -> bool:
    """The deadline has passed: nothing can be answered any more, only handed in."""
    return attempt.deadline_at is not None and at > attempt.deadline_at


def saved_for_later(attempt: Attempt) -> str:
    """What a learner is told who stops for now."""
    if attempt.deadline_at:
        return "Your answers are saved. Mind that your time goes on running."
    return "Your answers are saved. Come back whenever you like: nothing is handed in until you do it."


def _about(attempt: Attempt, at: datetime) -> Page:
    return {
        "attempt": attempt,
        "quiz": attempt.quiz,
        "course": attempt.enrolment.course,
        "course_url": address(attempt.enrolment.course.url_path),
        "version": attempt.version,
        "at": at,
    }


def _form(asked: AttemptQuestion, answer: Answer | None, prefix: str = "") -> AnswerForm:
    kind = form_for(asked.version)
    revision = answer.revision if answer else 0
    return kind.showing(asked.version, asked.option_order, response_of(answer), revision, prefix)


def _problems(rows: list[Page]) -> list[dict[str, str]]:
    """What the summary of errors says and where it leads, question by question."""
    return [
        {"text": f"Question {row['asked'].position}: {error}", "href": f"#question-{row['asked'].position}"}
        for row in rows
        for errors in row["form"].errors.values()
        for error in errors
    ]


def _is_answered(answers: dict[int, Answer], place: int) -> bool:
    return not is_blank(response_of(answers.get(place)))


def _row(attempt: Attempt, asked: AttemptQuestion, response: object) -> Page:
    version = asked.version
    state = scoring.score(scoring.parse(version.kind, version.body), response).state
    return {
        "position": asked.position,
        "url": address_of(attempt, asked.position),
        "question": question_of(version.stem),
        "given": given(asked, response),
        "state": {"blank": NOT_ANSWERED, "incomplete": NOT_COMPLETE}.get(state, ANSWERED),
    }
