"""Answering an activity of a lesson: kept for the learner, and explained at once where it stands."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from courses.actions.activities import keep_answer
from courses.models import LessonPage
from courses.models.activities import activities_in
from courses.models.outlines import address
from courses.practice.sheets import answered, read
from courses.views import steps
from lms.ui.conflict import conflict

HAS_CHANGED = (
    "This activity has changed since you opened the lesson. Open the lesson again; your words are still in "
    "your browser if you go back."
)


@login_required
def activity_answer(request: HttpRequest, enrolment: str, lesson: int, activity: str) -> HttpResponse:
    held, page = steps.held_step(request, enrolment, lesson, LessonPage)
    here = f"{address(page.url_path)}#{activity}"
    if request.method != "POST":
        # Signing in again leads back to the address that was sent to.
        return redirect(here)
    found = next((each for each in activities_in(page) if each[2].name == activity), None)
    if found is None or found[2].digest != request.POST.get("digest", found[2].digest):
        return conflict(request, HAS_CHANGED, address(page.url_path), "Open the lesson")
    block, values, sheet = found
    answers = read(sheet, request.POST)
    sheet = answered(sheet.kind, values, answers)
    is_trial = "live" in request.POST
    if sheet.is_answered and not is_trial:
        keep_answer(held, page, sheet, answers, at=request.at)  # type: ignore[attr-defined]
    if request.htmx:  # type: ignore[attr-defined]
        context = {"block": block, "page": page, "enrolment": held, "sheets": {activity: sheet}}
        return render(request, "courses/_activity.html", context)
    if sheet.is_answered:
        return redirect(here)
    return steps.lesson(request, page, held, {activity: sheet})
