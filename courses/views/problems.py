"""Reporting a problem with a lesson, by whoever may read it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from courses import rules
from courses.models import CoursePage, LessonPage
from courses.models.outlines import address, enrolment_above
from lms.problems.actions import Subject
from lms.problems.models import Kind
from lms.problems.views.reporting import report_page


@login_required
def lesson_problem(request: HttpRequest, page: int) -> HttpResponse:
    lesson = get_object_or_404(LessonPage, pk=page)
    enrolment = enrolment_above(request.user, lesson)
    if not rules.may_study(request.user, lesson, enrolment, request.at.date()):  # type: ignore[attr-defined]
        raise Http404
    institute = CoursePage.objects.ancestor_of(lesson).select_related("institute").get().institute
    where = address(lesson.url_path)
    subject = Subject(institute, Kind.LESSON, lesson.translation_key, lesson.title, where)
    return report_page(request, subject, f"the lesson “{lesson.title}”", where, "Back to the lesson")
