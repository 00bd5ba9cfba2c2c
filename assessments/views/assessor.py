"""The assessor's desk: the queue, one piece of work beside its rubric, and what was recorded. Blind throughout."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments import rules
from assessments.actions import marking as actions
from assessments.actions.quarantine import quarantine
from assessments.forms.marking import HandBackForm, MarkingForm, QuarantineForm, as_initial
from assessments.models import (
    BANDS,
    Marking,
    PassedOver,
    Quarantine,
    Submission,
    judged,
    with_judgement,
)
from assessments.views.files import neutrally, with_addresses
from assessments.views.paper import paper
from assessments.working_days import LONDON
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.roles import Permission
from lms.ui.conflict import conflict
from lms.ui.templatetags.piper import time_of_day

ROWS = 50
RECENT = 10


@institute_view(Permission.MARK_WORK)
def marking_queue(request: HttpRequest, institute: Institute) -> HttpResponse:
    submissions = Submission.objects.filter(institute=institute).prefetch_related("assignment")
    waiting = rules.markable_by(request.user, submissions.waiting(request.at)).order_by("submitted_at", "pk")
    rows = max(1, waiting.count()) if "all" in request.GET else ROWS
    context = {
        "institute": institute,
        "page": Paginator(waiting, rows).get_page(request.GET.get("page")),
        "mine": submissions.claimed_by(request.user, request.at).order_by("lease_until"),
        "recent": _recorded(request, institute).prefetch_related("decisions")[:RECENT],
        "today": request.at.astimezone(LONDON).date(),
    }
    return render(request, "assessments/marking_queue.html", context)


@require_POST
@institute_view(Permission.MARK_WORK)
def marking_next(request: HttpRequest, institute: Institute) -> HttpResponse:
    submission = actions.claim_next(institute, by=request.user, at=request.at)
    if submission is None:
        messages.info(request, "Nothing waits for you to mark.")
        return redirect("marking_queue", institute.slug)
    return redirect("marking_edit", institute.slug, submission.uuid)


@institute_view(Permission.MARK_WORK)
def marking_edit(request: HttpRequest, institute: Institute, submission: UUID) -> HttpResponse:
    """The work beside its rubric; saving keeps a draft, reviewing asks for the whole."""
    found = _work(request, institute, submission)
    if not _has(request, found):
        return _elsewhere(request, institute, found)
    criteria = list(found.version.rubric_version.criteria.all())
    saved = actions.draft_of(found, request.user)
    form = MarkingForm(
        criteria,
        request.POST if request.method == "POST" else None,
        initial=as_initial(saved),
        is_whole="check" in request.POST,
    )
    if request.method == "POST":
        # What could be read is kept even where something is missing: nothing typed is lost.
        is_valid = form.is_valid()
        actions.save_draft(found, form.judgement(), by=request.user, at=request.at)
        if is_valid and request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"saved_at": time_of_day(request.at)})
        if is_valid and form.is_whole:
            return redirect("marking_check", institute.slug, found.uuid)
        if is_valid:
            messages.success(request, "Your draft is saved. The work is yours for eight more hours.")
            return redirect("marking_edit", institute.slug, found.uuid)
    context = {
        "institute": institute,
        "submission": found,
        "work": paper(found.content.text),
        "files": with_addresses(found, "marking_file", institute.slug, found.uuid),
        "form": form,
        "criteria_count": len(criteria),
        "chosen_count": len(form.bands() if form.is_bound else saved.bands),
    }
    return render(request, "assessments/marking.html", context)


@institute_view(Permission.MARK_WORK)
def marking_file(request: HttpRequest, institute: Institute, submission: UUID, place: int) -> HttpResponse:
    """A file of the work that the reader has claimed."""
    found = _work(request, institute, submission)
    if not _has(request, found):
        return _elsewhere(request, institute, found)
    return neutrally(found, place)


@institute_view(Permission.MARK_WORK)
def marking_check(request: HttpRequest, institute: Institute, submission: UUID) -> HttpResponse:
    """The whole judgement with its outcome, to be read once more; recording it cannot be undone."""
    found = _work(request, institute, submission)
    if request.method == "POST":
        return _record(request, institute, found)
    if not _has(request, found):
        return _elsewhere(request, institute, found)
    criteria = list(found.version.rubric_version.criteria.all())
    judgement = actions.draft_of(found, request.user)
    try:
        outcome = actions.refuse_unless_complete(judgement, criteria)
    except actions.MarkingIncomplete as gap:
        return _back_to_marking(request, institute, found, gap)
    context = {
        "institute": institute,
        "submission": found,
        "judgement": judgement,
        "outcome": outcome,
        "is_competent": outcome.outcome == "competent",
        "rows": [
            (each, BANDS[band], each.descriptor(band), judgement.comments.get(each.key, ""))
            for each in criteria
            for band in [judgement.bands[each.key]]
        ],
    }
    return render(request, "assessments/marking_check.html", context)


@institute_view(Permission.MARK_WORK)
def marking_hand_back(request: HttpRequest, institute: Institute, submission: UUID) -> HttpResponse:
    found = _work(request, institute, submission)
    if not _has(request, found):
        return _elsewhere(request, institute, found)
    form = HandBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        try:
            if why in PassedOver.Reason:
                return _passed_over(request, institute, found, PassedOver.Reason(why))
            knows_person, reason = why == "interest", form.cleaned_data["reason"]
            actions.hand_back(found, by=request.user, at=request.at, knows_person=knows_person, reason=reason)
        except actions.NotMarkable as refusal:
            return _back_to_queue(request, institute, refusal)
        messages.success(
            request,
            f"Candidate {found.candidate_number} is back in the queue. This does not count against you.",
        )
        return redirect("marking_queue", institute.slug)
    context = {"institute": institute, "submission": found, "form": form}
    return render(request, "assessments/marking_hand_back.html", context)


@institute_view(Permission.MARK_WORK)
def marking_quarantine(request: HttpRequest, institute: Institute, submission: UUID) -> HttpResponse:
    """Set work aside in which a real person could be recognised."""
    found = _work(request, institute, submission)
    if not _has(request, found):
        return _elsewhere(request, institute, found)
    form = QuarantineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason, words = Quarantine.Reason(form.cleaned_data["reason"]), form.cleaned_data["words"]
        try:
            quarantine(found, reason, words, by=request.user, at=request.at)
        except actions.NotMarkable as refusal:
            return _back_to_queue(request, institute, refusal)
        messages.success(
            request,
            f"The work of candidate {found.candidate_number} is set aside. Its writer is asked to take the details out.",
        )
        return redirect("marking_queue", institute.slug)
    context = {"institute": institute, "submission": found, "form": form}
    return render(request, "assessments/marking_quarantine.html", context)


@institute_view(Permission.MARK_WORK)
def marking_recorded(request: HttpRequest, institute: Institute, marking: UUID) -> HttpResponse:
    """One's own recorded marking, with what quality assurance decided of it."""
    found = get_object_or_404(
        with_judgement(_recorded(request, institute)).select_related("submission__content"), uuid=marking
    )
    context = {
        "institute": institute,
        "marking": found,
        "submission": found.submission,
        "judged": judged(found),
        "work": paper(found.submission.content.text),
        "files": with_addresses(found.submission, "marking_recorded_file", institute.slug, found.uuid),
    }
    return render(request, "assessments/marking_recorded.html", context)


@institute_view(Permission.MARK_WORK)
def marking_recorded_file(
    request: HttpRequest, institute: Institute, marking: UUID, place: int
) -> HttpResponse:
    """A file of work that the reader has marked."""
    found = get_object_or_404(_recorded(request, institute), uuid=marking)
    return neutrally(found.submission, place)


def _passed_over(
    request: HttpRequest, institute: Institute, found: Submission, reason: PassedOver.Reason
) -> HttpResponse:
    following = actions.pass_over(found, reason, by=request.user, at=request.at)
    if following is None:
        messages.info(request, "Nothing else waits for you to mark. The work is back in the queue.")
        return redirect("marking_queue", institute.slug)
    messages.success(request, f"Candidate {found.candidate_number} is back in the queue. This is the next.")
    return redirect("marking_edit", institute.slug, following.uuid)


def _recorded(request: HttpRequest, institute: Institute) -> QuerySet[Marking]:
    """The reader's own recorded markings, newest first."""
    own = Marking.objects.filter(institute=institute, assessor=request.user)
    return own.select_related("submission__assignment", "batch").order_by("-recorded_at")


def _work(request: HttpRequest, institute: Institute, submission: UUID) -> Submission:
    """Work of this institute that the reader may mark; 404 elsewhere, 403 with a stake in it."""
    found = get_object_or_404(
        Submission.objects.select_related(
            "assignment", "content", "version__rubric_version__rubric", "institute"
        ),
        institute=institute,
        uuid=submission,
    )
    if not rules.may_mark(request.user, found):
        raise PermissionDenied("You may not mark this work: it is yours, or you know who wrote it.")
    return found


def _has(request: HttpRequest, submission: Submission) -> bool:
    return submission.state == Submission.State.CLAIMED and submission.assessor_id == request.user.pk


def _record(request: HttpRequest, institute: Institute, submission: Submission) -> HttpResponse:
    try:
        actions.record(submission, read=request.POST.get("read", ""), by=request.user, at=request.at)
    except (actions.MarkingIncomplete, actions.MarkingChanged) as gap:
        return _back_to_marking(request, institute, submission, gap)
    except actions.NotMarkable as refusal:
        return _back_to_queue(request, institute, refusal)
    messages.success(
        request,
        f"The marking of candidate {submission.candidate_number} is recorded. "
        "The result is released when its batch has been checked.",
    )
    return redirect("marking_queue", institute.slug)


def _elsewhere(request: HttpRequest, institute: Institute, submission: Submission) -> HttpResponse:
    return _back_to_queue(request, institute, actions.who_has(submission))


def _back_to_queue(request: HttpRequest, institute: Institute, sentence: object) -> HttpResponse:
    return conflict(request, sentence, f"/at/{institute.slug}/marking/", "Back to the queue")


def _back_to_marking(
    request: HttpRequest, institute: Institute, submission: Submission, sentence: object
) -> HttpResponse:
    address = f"/at/{institute.slug}/marking/{submission.uuid}/"
    return conflict(request, sentence, address, "Back to the marking")
