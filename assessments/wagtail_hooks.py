"""Where courses leave a place for us: the steps that are quizzes and assignments."""

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from assessments.models import AssignmentPage, QuizPage
from assessments.views.assignments import assignment_page
from assessments.views.quiz_page import quiz_page
from courses.models import Enrolment, StepPage


@hooks.register("serve_step")
def serve_assignment(
    request: HttpRequest, page: StepPage, enrolment: Enrolment | None
) -> HttpResponse | None:
    """An assignment as its reader meets it."""
    return assignment_page(request, page, enrolment) if isinstance(page, AssignmentPage) else None


@hooks.register("serve_step")
def serve_quiz(request: HttpRequest, page: StepPage, enrolment: Enrolment | None) -> HttpResponse | None:
    """A quiz with its rules, before anything starts."""
    return quiz_page(request, page, enrolment) if isinstance(page, QuizPage) else None
