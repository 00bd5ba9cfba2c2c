"""Where courses leave a place for us: the steps that are quizzes, cases and assignments."""

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from assessments.models import AssignmentPage, CasePage, QuizPage
from assessments.views.assignments import assignment_page
from assessments.views.cases import case_page
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


@hooks.register("serve_step")
def serve_case(request: HttpRequest, page: StepPage, enrolment: Enrolment | None) -> HttpResponse | None:
    """A case with its rules, before anything starts."""
    return case_page(request, page, enrolment) if isinstance(page, CasePage) else None
