"""A learner's record of continuing professional development: what counts, by year and course, to take away."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from certificates import rendering
from courses.actions import cpd
from courses.models.cpd import CpdLesson, cpd_of
from lms.ui.spreadsheets import csv_response


@dataclass(frozen=True)
class Course:
    """What counts of one course in one year."""

    title: str
    institute: str
    lessons: list[CpdLesson]

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.lessons)


@dataclass(frozen=True)
class Year:
    """What counts in one calendar year."""

    number: int
    courses: list[Course]

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.courses)


@login_required
def cpd_record(request: HttpRequest) -> HttpResponse:
    years = _years(cpd_of(request.user))  # type: ignore[arg-type]
    context = {"years": years, "total": sum(year.minutes for year in years)}
    return render(request, "lms/cpd.html", context)


@login_required
@require_POST
def cpd_minutes(request: HttpRequest, enrolment: str, lesson: int) -> HttpResponse:
    """The learner says that a lesson took them less time."""
    row = next(
        (
            each
            for each in cpd_of(request.user)  # type: ignore[arg-type]
            if str(each.enrolment.uuid) == str(enrolment) and each.lesson.pk == lesson
        ),
        None,
    )
    if row is None:
        raise Http404
    text = request.POST.get("minutes", "").strip()
    try:
        if not text.isdecimal() or len(text) > 4:
            raise cpd.TooManyMinutes(f"Write a whole number from 0 to {row.lesson.minutes}.")
        cpd.say_minutes(row.enrolment, row.lesson, int(text), at=request.at)  # type: ignore[attr-defined]
    except cpd.TooManyMinutes as why:
        messages.error(request, str(why))
    else:
        messages.success(request, f"“{row.lesson.title}” now counts for {int(text)} minutes.")
    return redirect("cpd_record")


@login_required
def cpd_csv(request: HttpRequest) -> HttpResponse:
    header = ("Date", "Course", "Institute", "Lesson", "Minutes")
    rows = [
        (each.on, each.course, each.enrolment.course.institute.name, each.lesson.title, each.minutes)
        for each in cpd_of(request.user)  # type: ignore[arg-type]
    ]
    return csv_response("cpd-record.csv", header, rows)


@login_required
def cpd_pdf(request: HttpRequest) -> HttpResponse:
    years = _years(cpd_of(request.user))  # type: ignore[arg-type]
    context = {
        "years": years,
        "total": sum(year.minutes for year in years),
        "person": request.user,
        "on": request.at.date(),  # type: ignore[attr-defined]
    }
    try:
        printed = rendering.render_record(render_to_string("lms/cpd_paper.html", context))
    except rendering.CannotRender as why:
        messages.error(request, f"The PDF could not be made: {why} Print this page instead.")
        return redirect("cpd_record")
    response = HttpResponse(printed, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="cpd-record.pdf"'
    return response


def _years(lessons: list[CpdLesson]) -> list[Year]:
    """By year, the newest first, and in it by course."""
    return [
        Year(number, _courses(list(of_year)))
        for number, of_year in groupby(lessons, lambda each: each.on.year)
    ]


def _courses(lessons: list[CpdLesson]) -> list[Course]:
    by_course = sorted(lessons, key=lambda each: (each.course, each.enrolment.course_id))
    return [
        Course(first.course, first.enrolment.course.institute.name, [first, *rest])
        for _, (first, *rest) in (
            (key, list(group)) for key, group in groupby(by_course, lambda each: each.enrolment.course_id)
        )
    ]
