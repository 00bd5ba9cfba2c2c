"""Enrolling and leaving: the learner reads first what an employer will see."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from courses import rules
from courses.actions import enrolments
from courses.forms import EnrolForm, ShowForm
from courses.models import CoursePage, Enrolment
from courses.models.outlines import address, enrolment_above
from lms.people.refusals import Refusal
from lms.ui.conflict import conflict


@login_required
def course_enrol(request: HttpRequest, institute: str, course: str) -> HttpResponse:
    live = CoursePage.objects.live().filter(institute__page__live=True).select_related("institute")
    page = get_object_or_404(live, institute__slug=institute, slug=course)
    back = address(page.url_path)
    if enrolment_above(request.user, page):
        return redirect(back)
    if not rules.may_enrol(request.user, page):
        sentence = f"“{page.title}” is not open to you. Ask your manager, or {page.institute}, to enrol you."
        return conflict(request, sentence, back, "Go back to the course")
    employments = request.user.employments.current().select_related("organisation")
    form = EnrolForm(request.POST if request.method == "POST" else None, employments)
    if form.is_valid():
        return _enrolled(request, page, form)
    return render(request, "courses/course_enrol.html", {"form": form, "course": page, "course_url": back})


@login_required
def enrolment_show(request: HttpRequest, enrolment: str) -> HttpResponse:
    """Let an employer see where one stands in a course that one takes without them."""
    held = get_object_or_404(
        Enrolment.objects.open().select_related("course__institute", "organisation"),
        uuid=enrolment,
        learner=request.user,
    )
    back = address(held.course.url_path)
    employments = list(request.user.employments.current().select_related("organisation"))
    form = ShowForm(request.POST if request.method == "POST" else None, employments)
    if form.is_valid():
        try:
            enrolments.show(held, form.chosen, by=request.user, at=request.at)  # type: ignore[attr-defined]
        except Refusal as refusal:
            return conflict(request, refusal, back, "Go back to the course")
        messages.success(request, f"{form.chosen} now sees where you stand in “{held.course.title}”.")
        return redirect(back)
    sees = next((each.organisation for each in employments if each.organisation == held.organisation), None)
    context = {
        "course": held.course,
        "course_url": back,
        "form": form,
        "sees": sees,
        "employments": employments,
    }
    return render(request, "courses/enrolment_show.html", context)


@login_required
def enrolment_leave(request: HttpRequest, enrolment: str) -> HttpResponse:
    held = get_object_or_404(
        Enrolment.objects.select_related("course__institute"), uuid=enrolment, learner=request.user
    )
    back = address(held.course.url_path)
    if request.method != "POST" and held.is_open:
        return render(request, "courses/enrolment_leave.html", {"course": held.course, "course_url": back})
    try:
        enrolments.leave(held, by=request.user, at=request.at)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return conflict(request, refusal, back, "Go back to the course")
    messages.success(request, f"You have left “{held.course.title}”.")
    return redirect(back)


def _enrolled(request: HttpRequest, page: CoursePage, form: EnrolForm) -> HttpResponse:
    back = address(page.url_path)
    try:
        enrolments.enrol(
            request.user,
            page,
            by=request.user,
            at=request.at,  # type: ignore[attr-defined]
            organisation=form.organisation,
        )
    except Refusal as refusal:
        return conflict(request, refusal, back, "Go back to the course")
    messages.success(request, f"You are enrolled in “{page.title}”.")
    return redirect(back)
