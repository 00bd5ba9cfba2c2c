"""The learner's side of written work: the assignment, and what became of what was handed in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from assessments import rules
from assessments.models import (
    AssignmentPage,
    Criterion,
    Marking,
    Result,
    ResultEvent,
    RubricVersion,
    Submission,
    judged,
    with_judgement,
)
from assessments.views.attempt_results import withdrawal_of
from assessments.views.files import with_addresses
from assessments.views.paper import paper
from assessments.working_days import LONDON
from courses.models import Enrolment
from courses.models.outlines import address, outline_shown, steps_done
from courses.outline import Step
from courses.views.steps import step_context


def assignment_page(request: HttpRequest, page: AssignmentPage, enrolment: Enrolment | None) -> HttpResponse:
    """The assignment as its reader meets it; without an enrolment (staff) it only shows the task."""
    found = rules.work_standing(enrolment, page) if enrolment else None
    context = {
        **page.get_context(request),
        **step_context(page, enrolment),
        "criteria": criteria_of(page),
        "found": found,
        "today": request.at.astimezone(LONDON).date(),
        "draft": enrolment.drafts.filter(assignment=page).first() if enrolment else None,
        "can_write": bool(found and rules.may_write(request.user, enrolment, found)),
        "earlier": _told(found) if found else [],
        "next_step": _next_step(enrolment) if found and found.is_competent else None,
    }
    return render(request, page.template, context)


@login_required
def submission(request: HttpRequest, submission: UUID) -> HttpResponse:
    """What was handed in and who has it; after release, the feedback."""
    found = get_object_or_404(
        Submission.objects.select_related(
            "assignment__rubric", "content", "enrolment__course", "institute", "version"
        ),
        uuid=submission,
        learner=request.user,
    )
    context = {
        "submission": found,
        **way_back(found.enrolment, found.assignment),
        "institute": found.institute,
        "work": paper(found.content.text),
        "files": with_addresses(found, "submission_file", found.uuid, own=True),
    }
    if found.state == Submission.State.RELEASED:
        return render(request, "assessments/feedback.html", {**context, **_feedback(request, found)})
    if found.state in rules.ASIDE:
        return render(request, "assessments/submission.html", {**context, **_aside(request, found)})
    return render(request, "assessments/submission.html", {**context, **_whereabouts(found, request.at)})


@dataclass(frozen=True)
class Stage:
    """A stop on the way of a submission: passed, current or still to come."""

    title: str
    text: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class Told:
    """An earlier submission with what the learner was told of it."""

    submission: Submission
    tag: str
    word: str
    is_withdrawn: bool


def way_back(enrolment: Enrolment, assignment: AssignmentPage) -> dict[str, object]:
    """The course and its address, and that of the assignment, without a query."""
    course = enrolment.course
    return {
        "course": course,
        "course_url": address(course.url_path),
        "page_url": address(assignment.url_path),
    }


def criteria_of(assignment: AssignmentPage) -> list[Criterion]:
    """The criteria of the newest rubric, in order; none while the rubric has no version."""
    newest = RubricVersion.objects.filter(rubric=assignment.rubric_id).order_by("-number")
    return list(Criterion.objects.filter(version=newest.values("pk")[:1]))


def _told(found: rules.WorkStanding) -> list[Told]:
    """Submissions with a released result, newest first."""
    tags = {Result.Outcome.COMPETENT: "ok", Result.Outcome.NOT_YET: "warn", None: "bad"}
    return [
        Told(
            each,
            tags[each.standing_outcome],
            Result.Outcome(each.standing_outcome).label if each.standing_outcome else "Withdrawn",
            each.standing_outcome is None,
        )
        for each in reversed(found.submissions)
        if each.state == Submission.State.RELEASED
    ]


def _aside(request: HttpRequest, found: Submission) -> dict[str, object]:
    if found.state == Submission.State.REPLACED:
        return {"is_replaced": True}
    standing = rules.work_standing(found.enrolment, found.assignment)
    return {
        "quarantine": found.quarantines.select_related("words").get(ending=None),
        "can_write": rules.may_write(request.user, found.enrolment, standing),
    }


def _whereabouts(found: Submission, at: datetime) -> dict[str, object]:
    states = Submission.State
    place = [states.WAITING, states.CLAIMED, states.MARKED].index(found.state)
    stops = [
        ("Handed in", "It waits for the next free assessor, oldest work first."),
        ("With an assessor", "Somebody who does not know your name reads it against the rubric."),
        (
            "Quality check",
            "The marking is gathered with others, and a sample of it is checked by somebody else.",
        ),
        ("Result", "You get an e-mail, and the feedback stands on this page."),
    ]
    return {
        "stages": [Stage(title, text, n < place, n == place) for n, (title, text) in enumerate(stops)],
        "who": stops[place][0] if place else "Waiting for an assessor",
        "is_late": at.astimezone(LONDON).date() > found.promised_on,
        # Not the submission's number: what was set aside or judged in error costs no try.
        "this_try": rules.work_standing(found.enrolment, found.assignment).used,
    }


def _feedback(request: HttpRequest, found: Submission) -> dict[str, object]:
    marking = (
        with_judgement(Marking.objects.filter(submission=found))
        .select_related("result")
        .latest("recorded_at")
    )
    standing = rules.work_standing(found.enrolment, found.assignment)
    return {
        "judged": judged(marking),
        "result": marking.result,
        "released": marking.result.events.get(kind=ResultEvent.Kind.RELEASED),
        "withdrawn": withdrawal_of(result=marking.result),
        "found": standing,
        "can_write": rules.may_write(request.user, found.enrolment, standing),
        "is_latest": standing.latest == found,
        "next_step": _next_step(found.enrolment) if standing.is_competent else None,
    }


def _next_step(enrolment: Enrolment) -> Step | None:
    return outline_shown(enrolment.course).next_step(steps_done(enrolment))
