"""What only a learner of the course reads: modules, lessons, the steps that other apps bring; and finishing one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from wagtail.models import Page

from courses import rules
from courses.actions import steps
from courses.models import Enrolment, LessonPage, ModulePage, StepPage
from courses.models.activities import sheets_of
from courses.models.outlines import address, course_of, enrolment_above, outline_shown, steps_done
from courses.models.sources import sources_of
from courses.outline import NotInOutline
from courses.practice.sheets import Sheet
from courses.views.progress import module_rows, place_of
from courses.views.slots import served_from_above
from lms.ui.conflict import conflict


def studied(request: HttpRequest, page: Page) -> HttpResponse:
    """A module or a step for those who may study it; everyone else is led to the course."""
    enrolment = enrolment_above(request.user, page)
    if not rules.may_study(request.user, page, enrolment, request.at.date()):  # type: ignore[attr-defined]
        return _led_to_course(request, page)
    if isinstance(page, ModulePage):
        return module(request, page, enrolment)
    if isinstance(page, LessonPage):
        return lesson(request, page, enrolment)
    answer = served_from_above(request, page, enrolment)
    if answer is None:
        raise Http404
    return answer


def module(request: HttpRequest, page: ModulePage, enrolment: Enrolment | None) -> HttpResponse:
    course = enrolment.course if enrolment else course_of(page)
    rows = module_rows(outline_shown(course), steps_done(enrolment) if enrolment else frozenset())
    here = next(row for row in rows if row.module.id == page.pk)
    context = {
        "course": course,
        "course_url": address(course.url_path),
        "enrolment": enrolment,
        "here": here,
        "total": len(rows),
        "first": next((row for row in here.rows if not row.is_done), next(iter(here.rows), None)),
    }
    return render(request, page.template, {**page.get_context(request), **context})


def lesson(
    request: HttpRequest,
    page: LessonPage,
    enrolment: Enrolment | None,
    unfinished: dict[str, Sheet] | None = None,
) -> HttpResponse:
    """A lesson with what its learner has answered; `unfinished` is what was just sent and lacks something."""
    context = step_context(page, enrolment)
    context["sheets"] = sheets_of(enrolment, page) | (unfinished or {})
    context["sources"] = sources_of(page, context["course"].institute_id)
    return render(request, page.template, {**page.get_context(request), **context})


def step_context(page: StepPage, enrolment: Enrolment | None) -> dict[str, Any]:
    """What `courses/step_page.html` takes, for every kind of step: one query for the steps done, one for an outline not read yet."""
    course = enrolment.course if enrolment else course_of(page)
    outline = outline_shown(course)
    done = steps_done(enrolment) if enrolment else frozenset()
    try:
        here, row = place_of(outline, done, page.pk)
    except NotInOutline as gone:
        raise Http404 from gone
    return {
        "course": course,
        "course_url": address(course.url_path),
        "enrolment": enrolment,
        "here": here,
        "row": row,
        "total": len(outline.steps),
        "before": outline.before(page.pk),
        "after": outline.after(page.pk),
    }


def held_step(
    request: HttpRequest, enrolment: str, step: int, kind: type[StepPage] = StepPage
) -> tuple[Enrolment, Any]:
    """The signed-in learner's open enrolment and a step of its course that they may study, else Http404."""
    held = get_object_or_404(
        Enrolment.objects.open().select_related("course__institute"), uuid=enrolment, learner=request.user
    )
    page = get_object_or_404(kind.objects.descendant_of(held.course), pk=step)
    if not rules.may_study(request.user, page, held, request.at.date()):  # type: ignore[attr-defined]
        raise Http404
    return held, page


@login_required
@require_POST
def step_finish(request: HttpRequest, enrolment: str, step: int) -> HttpResponse:
    """A lesson read to its end; on to the next step."""
    held, page = held_step(request, enrolment, step)
    page = page.specific
    if not isinstance(page, LessonPage):
        sentence = f"“{page.title}” is finished by its result. Open it to see what to do next."
        return conflict(request, sentence, address(page.url_path), f"Go to “{page.title}”")
    steps.finish(held, page, by_what="reading", at=request.at)  # type: ignore[attr-defined]
    return redirect(_where_next(request, held, page))


def _where_next(request: HttpRequest, enrolment: Enrolment, page: StepPage) -> str:
    outline, done = outline_shown(enrolment.course), steps_done(enrolment)
    course_url = address(enrolment.course.url_path)
    if outline.progress(done).is_complete:
        messages.success(request, f"You have done every step of “{enrolment.course.title}”.")
        return course_url
    following = outline.after(page.pk)
    if following is None or following.id in done:
        following = outline.next_step(done)
    return following.url if following else course_url


def _led_to_course(request: HttpRequest, page: Page) -> HttpResponse:
    if not rules.is_reachable(page):
        raise Http404
    messages.info(request, f"“{page.title}” is part of this course. Enrol to open it.")
    return redirect(address(course_of(page).url_path))
