"""A case as its learner meets it: the rules before it begins, one moment after the other, and what it came to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from assessments import deciding, rules
from assessments.actions import cases
from assessments.actions.attempts import extra_percent
from assessments.models import CaseAttempt, CasePage
from assessments.views.attempt_results import in_groups, next_step_after, withdrawal_of
from courses.branching.playing import NoSuchChoice
from courses.models import Enrolment
from courses.models.outlines import address
from courses.models.sources import facts_named_in
from courses.views.scenarios import path_of
from courses.views.steps import held_step, step_context
from lms.people.refusals import Refusal
from lms.ui.conflict import conflict


def case_page(request: HttpRequest, page: CasePage, enrolment: Enrolment | None) -> HttpResponse:
    """Served once `courses.rules.may_study` has agreed; without an enrolment staff read it at work."""
    context = {"page": page, **step_context(page, enrolment)}
    if enrolment:
        found = rules.case_standing(enrolment, page)
        extra = extra_percent(enrolment)
        context |= {
            "standing": found,
            "earlier": [each for each in reversed(found.attempts) if not each.is_open],
            "extra": extra,
            "minutes": page.minutes_allowed * (100 + extra) // 100,
            "can_begin": not found.open_attempt and rules.may_attempt(request.user, enrolment, found),
            "none_left": not found.may_begin and not found.has_passed and not found.open_attempt,
        }
    return render(request, page.template, context)


@login_required
@require_POST
def case_start(request: HttpRequest, enrolment: UUID, step: int) -> HttpResponse:
    held, page = held_step(request, enrolment, step, CasePage)
    try:
        begun = cases.start(held, page, by=request.user, at=request.at)
    except Refusal as refusal:
        return conflict(request, refusal, address(page.url_path), "Back to the case")
    return redirect("case_attempt", begun.uuid)


@login_required
def case_attempt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The moment that waits, the paused clock, or what the attempt came to."""
    own = _own(request, uuid)
    if not own.is_open:
        return render(request, "assessments/case_result.html", _result(own))
    context = _about(own)
    if own.is_paused:
        return render(request, "assessments/case_paused.html", context)
    standing = own.standing()
    context |= {
        "standing": standing,
        "position": len(standing.moments) + 1,
        "counters": standing.shown(),
        "is_over": not rules.is_in_time(own, request.at),
        "at": request.at,
    }
    return render(request, "assessments/case_attempt.html", context)


@login_required
@require_POST
def case_decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    own = _own(request, uuid)
    there = reverse("case_attempt", args=[own.uuid])
    try:
        position = int(request.POST.get("position", ""))
        cases.decide(own, position, request.POST.get("choice", ""), by=request.user, at=request.at)
    except (NoSuchChoice, ValueError):
        messages.error(request, "Choose one of the ways below, then decide.")
        return redirect(f"{there}#now")
    except cases.TimeOver as over:
        messages.info(request, str(over))
        return redirect(there)
    except Refusal as refusal:
        return _refused(request, own, refusal)
    return redirect(f"{there}#followed")


@login_required
@require_POST
def case_pause(request: HttpRequest, uuid: UUID) -> HttpResponse:
    own = _own(request, uuid)
    try:
        cases.pause(own, by=request.user, at=request.at)
    except Refusal as refusal:
        return _refused(request, own, refusal)
    return redirect("case_attempt", own.uuid)


@login_required
@require_POST
def case_resume(request: HttpRequest, uuid: UUID) -> HttpResponse:
    own = _own(request, uuid)
    try:
        cases.resume(own, by=request.user, at=request.at)
    except Refusal as refusal:
        return _refused(request, own, refusal)
    return redirect("case_attempt", own.uuid)


def _own(request: HttpRequest, uuid: UUID) -> CaseAttempt:
    own = CaseAttempt.objects.select_related("enrolment__course__institute", "page", "version", "score")
    return get_object_or_404(own, uuid=uuid, enrolment__learner=request.user)


def _refused(request: HttpRequest, own: CaseAttempt, refusal: Refusal) -> HttpResponse:
    return conflict(request, refusal, reverse("case_attempt", args=[own.uuid]), "See where the case stands")


def _about(own: CaseAttempt) -> dict[str, Any]:
    script = own.version.script
    return {
        "attempt": own,
        "page": own.page,
        "page_url": address(own.page.url_path),
        "course": own.enrolment.course,
        "course_url": address(own.enrolment.course.url_path),
        "points_available": script.best_score,
        "points_needed": deciding.points_needed(script, own.version.pass_percent),
    }


def _result(own: CaseAttempt) -> dict[str, Any]:
    found = rules.case_standing(own.enrolment, own.page)
    standing, with_key = own.standing(), rules.may_read_case_key(found)
    institute = own.enrolment.course.institute_id
    return {
        **_about(own),
        "found": found,
        "score": own.score,
        "standing": standing,
        "path": path_of(standing),
        "counters": standing.shown(),
        "with_key": with_key,
        "sources": facts_named_in([own.version.body], institute) if with_key else (),
        "receipt": in_groups(own.receipt),
        "withdrawn": withdrawal_of(result__case_attempt=own),
        "next_step": next_step_after(own.enrolment, own.page_id) if found.has_passed else None,
    }
