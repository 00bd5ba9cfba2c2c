"""The page of a quiz: its rules before anything starts, the attempts so far, and the way on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments import rules
from assessments.actions.attempts import extra_percent
from assessments.models import QuizPage
from courses.models import Enrolment
from courses.views.steps import step_context


def quiz_page(request: HttpRequest, quiz: QuizPage, enrolment: Enrolment | None) -> HttpResponse:
    """Served once `courses.rules.may_study` has agreed; without an enrolment staff read it at work."""
    context = {"page": quiz, "is_ready": rules.is_ready(quiz), **step_context(quiz, enrolment)}
    if enrolment:
        context |= _of_learner(request, quiz, enrolment)
    return render(request, QuizPage.template, context)


def _of_learner(request: HttpRequest, quiz: QuizPage, enrolment: Enrolment) -> dict[str, Any]:
    found = rules.standing(enrolment, quiz)
    extra = extra_percent(enrolment)
    return {
        "standing": found,
        "earlier": [attempt for attempt in reversed(found.attempts) if not attempt.is_open],
        "extra": extra,
        "minutes": quiz.minutes_allowed * (100 + extra) // 100,
        "can_begin": not found.open_attempt and rules.may_attempt(request.user, enrolment, found),
        "none_left": not found.may_begin and not found.has_passed and not found.open_attempt,
    }
