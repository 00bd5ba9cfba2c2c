"""Reporting a problem with a question: from an open attempt, and from what it came to."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from assessments.models import AttemptQuestion
from assessments.views.attempt_pages import address_of
from lms.problems.actions import Subject
from lms.problems.models import Kind
from lms.problems.views.reporting import report_page


@login_required
def question_problem(request: HttpRequest, uuid: UUID, position: int) -> HttpResponse:
    asked = get_object_or_404(
        AttemptQuestion.objects.select_related(
            "attempt__quiz__pool__institute", "attempt__version", "version__question"
        ),
        attempt__uuid=uuid,
        attempt__enrolment__learner=request.user,
        position=position,
    )
    attempt, question = asked.attempt, asked.version.question
    institute = attempt.quiz.pool.institute
    subject = Subject(
        institute,
        Kind.QUESTION,
        question.uuid,
        f"{question.key}, version {asked.version.number}",
        reverse("question_detail", args=[institute.slug, question.uuid]),
    )
    what = f"question {position} of “{attempt.quiz.title}”"
    if attempt.is_open:
        return report_page(request, subject, what, address_of(attempt, position), "Back to the question")
    return report_page(request, subject, what, reverse("attempt", args=[uuid]), "Back to your result")
