"""The learner's draft: writing it, and handing it in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assessments import rules
from assessments.actions import drafts, submissions
from assessments.forms.work import DraftForm, HandInForm
from assessments.intake import checking
from assessments.models import AssignmentPage, Draft, DraftFile
from assessments.views.assignments import criteria_of, way_back
from assessments.views.files import handed_out
from assessments.views.paper import paper
from courses.models import Enrolment
from courses.models.outlines import address
from lms.ui.conflict import conflict
from lms.ui.templatetags.piper import time_of_day


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


@login_required
def draft_file(request: HttpRequest, enrolment: UUID, step: int, file: UUID) -> HttpResponse:
    """A file of one's own draft, as it was sent."""
    taken, assignment = _own_step(request, enrolment, step)
    found = get_object_or_404(DraftFile, draft__enrolment=taken, draft__assignment=assignment, uuid=file)
    return handed_out(found, found.name, found.path)


def _own_step(request: HttpRequest, enrolment: UUID, step: int) -> tuple[Enrolment, AssignmentPage]:
    """The reader's own enrolment and a published assignment of its course; 404 for anything else."""
    taken = get_object_or_404(
        Enrolment.objects.select_related("course__institute"), uuid=enrolment, learner=request.user
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
        return JsonResponse({"revision": draft.revision, "saved_at": time_of_day(draft.saved_at)})
    return _after_saving(request, enrolment, assignment, draft)


def _after_saving(
    request: HttpRequest, enrolment: Enrolment, assignment: AssignmentPage, draft: Draft
) -> HttpResponse:
    """What the button asked for besides; the words are saved by now."""
    if "remove" in request.POST:
        return _remove_file(request, enrolment, assignment)
    if sent := request.FILES.getlist("files"):
        return _add_files(request, enrolment, assignment, draft, sent)
    if "check" in request.POST:
        return redirect("draft_check", enrolment.uuid, assignment.pk)
    if "add" in request.POST:
        messages.info(request, "Choose a file first, then add it. Your draft is saved.")
        return _back_to_files(enrolment, assignment)
    messages.success(request, "Your draft is saved.")
    return redirect("draft_edit", enrolment.uuid, assignment.pk)


def _add_files(
    request: HttpRequest,
    enrolment: Enrolment,
    assignment: AssignmentPage,
    draft: Draft,
    sent: list[UploadedFile],
) -> HttpResponse:
    """The page again with what was refused and why; the rest is added, and the words are saved."""
    added = drafts.add_files(enrolment, assignment, sent, by=request.user, at=request.at)
    if added.refusals:
        form = DraftForm(initial={"text": draft.text, "base_revision": draft.revision})
        problems = [{"text": refusal, "href": "#files"} for refusal in added.refusals]
        return _draft_page(request, enrolment, assignment, form, draft, problems)
    if "check" in request.POST:
        return redirect("draft_check", enrolment.uuid, assignment.pk)
    messages.success(request, f"Added: {', '.join(file.name for file in added.files)}.")
    return _back_to_files(enrolment, assignment)


def _remove_file(request: HttpRequest, enrolment: Enrolment, assignment: AssignmentPage) -> HttpResponse:
    try:
        uuid = UUID(request.POST["remove"])
    except ValueError as unknown:
        raise Http404 from unknown
    removed = drafts.remove_file(enrolment, assignment, uuid, by=request.user)
    if removed:
        messages.success(request, f"Removed: {removed.name}.")
    return _back_to_files(enrolment, assignment)


def _back_to_files(enrolment: Enrolment, assignment: AssignmentPage) -> HttpResponse:
    address = reverse("draft_edit", args=[enrolment.uuid, assignment.pk])
    return redirect(f"{address}#files")


def _draft_page(
    request: HttpRequest,
    enrolment: Enrolment,
    assignment: AssignmentPage,
    form: DraftForm,
    draft: Draft | None,
    problems: list[dict[str, str]] | None = None,
) -> HttpResponse:
    files = list(draft.files.all()) if draft else []
    context = {
        "page": assignment,
        "problems": problems,
        "page_has_errors": bool(problems),
        "files": files,
        "has_room": len(files) < drafts.MOST_FILES,
        "most_files": drafts.MOST_FILES,
        "accept": ",".join(f".{ending}" for ending in (*checking.KINDS, *checking.SAME_KIND)),
        "taken": checking.TAKEN,
        "largest": f"{checking.LARGEST // 1_000_000} MB",
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
    files = list(draft.files.all())
    form.initial["read"] = submissions.work_digest(draft.text, (file.sha256 for file in files))
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
        "files": files,
        "is_blank": not (words or files),
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
