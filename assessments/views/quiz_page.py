"""The page of a quiz: its rules before anything starts, the attempts so far, and the way on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments import rules, scoring
from assessments.actions.attempts import extra_percent
from assessments.models import Attempt, QuestionVersion, QuizPage
from courses.models import Enrolment
from courses.models.outlines import address, course_of, outline_of


def quiz_page(request: HttpRequest, quiz: QuizPage, enrolment: Enrolment | None) -> HttpResponse:
    """Served once `courses.rules.may_study` has agreed; without an enrolment staff read it at work."""
    course = enrolment.course if enrolment else course_of(quiz)
    context = {
        "page": quiz,
        "course": course,
        "course_url": address(course.url_path),
        "enrolment": enrolment,
        "next_step": outline_of(course).after(quiz.pk),
        "is_ready": _is_ready(quiz),
        **(_of_learner(request, quiz, enrolment) if enrolment else {}),
    }
    return render(request, QuizPage.template, context)


def _is_ready(quiz: QuizPage) -> bool:
    return QuestionVersion.objects.in_force().filter(question__pool=quiz.pool_id).count() >= quiz.draw


def _of_learner(request: HttpRequest, quiz: QuizPage, enrolment: Enrolment) -> dict[str, Any]:
    found = rules.standing(enrolment, quiz)
    extra = extra_percent(enrolment, quiz)
    closed = [attempt for attempt in reversed(found.attempts) if not attempt.is_open]
    return {
        "standing": found,
        "attempts": [{"attempt": each, "marks": _marks(each)} for each in closed],
        "extra": extra,
        "minutes": quiz.minutes_allowed * (100 + extra) // 100,
        "may_attempt": rules.may_attempt(request.user, enrolment, found),
        "none_left": not found.may_begin and not found.has_passed and not found.open_attempt,
    }


def _marks(attempt: Attempt) -> str:
    score = attempt.score
    return scoring.shown_marks(score.points, score.marks_needed, score.marks_available)
