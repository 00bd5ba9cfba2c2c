"""The learner's draft: writing it, and handing it in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assessments import rules
from assessments.actions import drafts, submissions
from assessments.forms.work import DraftForm, HandInForm
from assessments.models import AssignmentPage, Draft
from assessments.views.assignments import criteria_of, way_back
from assessments.views.paper import paper
from courses.models import Enrolment
from courses.models.outlines import address
from lms.ui.conflict import conflict


@login_required
def draft_edit(request: HttpRequest, enrolment: UUID, step: int) -> HttpResponse:
    taken, assignment = _own_step(request, enrolment, step)
    try:
        found = drafts.refuse_unless_writable(taken, assignment, request.user)
    except drafts.NotWritable as refusal:
        return _refused(request, refusal, assignment)
    if request.method == "POST":
        return _save(request, taken, assignment)
    draft = taken.drafts.filter(assignment=assignment).first()
    text = draft.text if draft else _last_words(found)
    form = DraftForm(initial={"text": text, "base_revision": draft.revision if draft else 0})
    return _draft_page(request, taken, assignment, form, draft)


@login_required
def draft_check(request: HttpRequest, enrolment: UUID, step: int) -> HttpResponse:
    """Read the work once more, declare it and hand it in."""
    taken, assignment = _own_step(request, enrolment, step)
    form = HandInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data["read"]
        try:
            submission = submissions.hand_in(
                taken, assignment, read=read, declared=True, by=request.user, at=request.at
            )
        except (submissions.NotHandedIn, drafts.NotWritable) as refusal:
            return _refused(request, refusal, assignment, back=reverse("draft_edit", args=[enrolment, step]))
        messages.success(
            request, "We have your work. You do not have to do anything until the result is released."
        )
        return redirect("submission", submission.uuid)
    draft = taken.drafts.filter(assignment=assignment).first()
    if draft is None:
        return redirect("draft_edit", enrolment, step)
    return _check_page(request, taken, assignment, draft, form)


def _own_step(request: HttpRequest, enrolment: UUID, step: int) -> tuple[Enrolment, AssignmentPage]:
    """The reader's own enrolment and a published assignment of its course; 404 for anything else."""
    taken = get_object_or_404(
        Enrolment.objects.select_related("course"), uuid=enrolment, learner=request.user
    )
    steps = AssignmentPage.objects.live().descendant_of(taken.course).select_related("rubric__institute")
    return taken, get_object_or_404(steps, pk=step)


def _save(request: HttpRequest, enrolment: Enrolment, assignment: AssignmentPage) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, enrolment, assignment, form, None)
    text, seen = form.cleaned_data["text"], form.cleaned_data["base_revision"]
    try:
        draft = drafts.save(enrolment, assignment, text, base_revision=seen, by=request.user, at=request.at)
    except drafts.DraftStale as refusal:
        return _stale(request, enrolment, assignment, text, refusal)
    except drafts.DraftTooLong as refusal:
        form.add_error("text", str(refusal))
        return _said(request, refusal) or _draft_page(request, enrolment, assignment, form, None)
    if _is_script(request):
        saved_at = f"{draft.saved_at.astimezone(submissions.LONDON):%H:%M:%S}"
        return JsonResponse({"revision": draft.revision, "saved_at": saved_at})
    if "check" in request.POST:
        return redirect("draft_check", enrolment.uuid, assignment.pk)
    messages.success(request, "Your draft is saved.")
    return redirect("draft_edit", enrolment.uuid, assignment.pk)


def _draft_page(
    request: HttpRequest,
    enrolment: Enrolment,
    assignment: AssignmentPage,
    form: DraftForm,
    draft: Draft | None,
) -> HttpResponse:
    context = {
        "page": assignment,
        "enrolment": enrolment,
        **way_back(enrolment, assignment),
        "form": form,
        "draft": draft,
        "words": submissions.count_words(form["text"].value() or ""),
        "criteria": criteria_of(assignment),
    }
    return render(request, "assessments/draft.html", context)


def _stale(
    request: HttpRequest,
    enrolment: Enrolment,
    assignment: AssignmentPage,
    text: str,
    refusal: drafts.DraftStale,
) -> HttpResponse:
    """Both texts, the newest beside the one just typed, to choose from: nothing is lost (409)."""
    if said := _said(request, refusal):
        return said
    context = {
        "page": assignment,
        "enrolment": enrolment,
        **way_back(enrolment, assignment),
        "sentence": str(refusal),
        "newest": refusal.newest,
        "form": DraftForm(initial={"text": text, "base_revision": refusal.newest.revision}),
        "words": submissions.count_words(text),
        "newest_words": submissions.count_words(refusal.newest.text),
    }
    return render(request, "assessments/draft_stale.html", context, status=409)


def _check_page(
    request: HttpRequest, enrolment: Enrolment, assignment: AssignmentPage, draft: Draft, form: HandInForm
) -> HttpResponse:
    try:
        found = drafts.refuse_unless_writable(enrolment, assignment, request.user)
    except drafts.NotWritable as refusal:
        return _refused(request, refusal, assignment)
    length = len(draft.text)
    form.initial["read"] = submissions.text_digest(draft.text)
    words = submissions.count_words(draft.text)
    context = {
        "page": assignment,
        "enrolment": enrolment,
        **way_back(enrolment, assignment),
        "form": form,
        "draft": draft,
        "work": paper(draft.text),
        "words": words,
        "found": found,
        "is_blank": not words,
        "too_long": f"{length - submissions.CHARACTERS:,}" if length > submissions.CHARACTERS else "",
        "promised_on": submissions.promised_on(assignment, request.at),
    }
    return render(request, "assessments/draft_check.html", context)


def _refused(
    request: HttpRequest, refusal: object, assignment: AssignmentPage, back: str = ""
) -> HttpResponse:
    if said := _said(request, refusal):
        return said
    label = "Back to your draft" if back else "Back to the assignment"
    return conflict(request, refusal, back or address(assignment.url_path), label)


def _said(request: HttpRequest, refusal: object) -> HttpResponse | None:
    """The refusal for the page's own script, which keeps what was typed and shows the sentence."""
    return JsonResponse({"sentence": str(refusal)}, status=409) if _is_script(request) else None


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _last_words(found: rules.WorkStanding) -> str:
    """What was handed in last: the next try begins where it ended."""
    return found.latest.content.text if found.latest else ""
