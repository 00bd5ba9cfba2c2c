"""A learner's reflective log; and, at an institute's desk, the entries that learners show an assessor."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from courses import rules
from courses.actions import log
from courses.forms import LogForm, LogShareForm
from courses.models import Enrolment, LogEntry, LogShare, ModulePage
from courses.models.outlines import at_or_below, enrolment_above
from lms.people import access
from lms.people.models import Institute
from lms.people.roles import Permission


@login_required
def log_list(request: HttpRequest) -> HttpResponse:
    entries = list(_own(request).select_related("module").prefetch_related(_open_shares()))
    context = {"entries": entries, "prompts": _prompts(request, entries)}
    return render(request, "courses/log_list.html", context)


@login_required
def log_new(request: HttpRequest) -> HttpResponse:
    module = _module_asked(request)
    entry = LogEntry(learner=request.user, module=module, prompt=module.log if module else "")
    return _written(request, entry)


@login_required
def log_edit(request: HttpRequest, uuid: str) -> HttpResponse:
    return _written(request, get_object_or_404(_own(request), uuid=uuid))


@login_required
def log_entry(request: HttpRequest, uuid: str) -> HttpResponse:
    """An entry with whom it is shown to; posting shows it to one more."""
    entry = get_object_or_404(
        _own(request).select_related("module", "learner").prefetch_related(_open_shares()), uuid=uuid
    )
    shown = {(share.institute_id, share.assessor_id) for share in entry.shares.all()}
    readers = [
        (institute, person)
        for institute, person in rules.log_readers(entry)
        if (institute.pk, person.pk) not in shown
    ]
    form = LogShareForm(request.POST or None, readers)
    if request.method == "POST" and form.is_valid():
        institute, assessor = form.chosen
        log.share(entry, assessor, institute, at=request.at)  # type: ignore[attr-defined]
        messages.success(request, f"{assessor.get_full_name()} can now read this entry.")
        return redirect("log_entry", uuid=entry.uuid)
    return render(request, "courses/log_entry.html", {"entry": entry, "form": form, "readers": readers})


@login_required
@require_POST
def log_unshare(request: HttpRequest, uuid: str, share: int) -> HttpResponse:
    entry = get_object_or_404(_own(request), uuid=uuid)
    shown = get_object_or_404(entry.shares.open().select_related("assessor"), pk=share)
    log.end_sharing(shown, at=request.at)  # type: ignore[attr-defined]
    messages.success(request, f"{shown.assessor.get_full_name()} can no longer read this entry.")
    return redirect("log_entry", uuid=entry.uuid)


@login_required
def log_delete(request: HttpRequest, uuid: str) -> HttpResponse:
    entry = get_object_or_404(_own(request), uuid=uuid)
    if request.method != "POST":
        return render(request, "courses/log_delete.html", {"entry": entry})
    log.delete(entry)
    messages.success(request, "The entry is deleted.")
    return redirect("log_list")


@login_required
def log_export(request: HttpRequest) -> HttpResponse:
    """The whole log as one file of Markdown, the oldest entry first."""
    entries = _own(request).select_related("module").order_by("written_at")
    text = render_to_string("courses/log.md", {"entries": entries, "person": request.user})
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-log.md"'
    return response


@access.institute_view(Permission.MARK_WORK)
def shared_log_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    shares = _shown(request, institute).order_by("-shared_at")
    return render(request, "courses/shared_log_list.html", {**_desk(institute), "shares": shares})


@access.institute_view(Permission.MARK_WORK)
def shared_log(request: HttpRequest, institute: Institute, uuid: str) -> HttpResponse:
    share = get_object_or_404(_shown(request, institute), entry__uuid=uuid)
    return render(
        request, "courses/shared_log.html", {**_desk(institute), "share": share, "entry": share.entry}
    )


def _desk(institute: Institute) -> dict[str, Any]:
    desk = f"/at/{institute.slug}/"
    return {"institute": institute, "desk_url": desk, "logs_url": f"{desk}logs/"}


def _own(request: HttpRequest) -> Any:
    return LogEntry.objects.filter(learner=request.user)


def _shown(request: HttpRequest, institute: Institute) -> Any:
    shares = LogShare.objects.shown_to(request.user, institute)  # type: ignore[arg-type]
    return shares.select_related("entry__learner", "entry__module")


def _open_shares() -> Prefetch:
    return Prefetch("shares", LogShare.objects.open().select_related("assessor", "institute"))


def _written(request: HttpRequest, entry: LogEntry) -> HttpResponse:
    """The form; words that may point at somebody come back once with a warning, and are kept when sent again."""
    form = LogForm(request.POST or None, instance=entry)
    warnings: list[str] = []
    if request.method == "POST" and form.is_valid():
        warnings = [] if "anyway" in request.POST else form.warnings
        if not warnings:
            log.keep(entry, form.cleaned_data, at=request.at)  # type: ignore[attr-defined]
            messages.success(request, "Your log has the entry. Nobody but you reads it.")
            return redirect("log_entry", uuid=entry.uuid)
    return render(request, "courses/log_form.html", {"form": form, "entry": entry, "warnings": warnings})


def _module_asked(request: HttpRequest) -> ModulePage | None:
    number = request.GET.get("module", "")
    if not number:
        return None
    module = ModulePage.objects.live().filter(pk=number if number.isdecimal() else 0).first()
    if module is None or enrolment_above(request.user, module) is None:
        raise Http404
    return module


def _prompts(request: HttpRequest, entries: list[LogEntry]) -> list[ModulePage]:
    """The questions of the learner's modules that they have not answered yet, in two queries."""
    enrolments = Enrolment.objects.open().filter(learner=request.user)
    theirs = at_or_below(enrolments.values_list("course__path", flat=True))
    answered = {entry.module_id for entry in entries}
    asking = ModulePage.objects.live().filter(theirs).exclude(log="").order_by("path")
    return [module for module in asking if module.pk not in answered]
