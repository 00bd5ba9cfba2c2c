"""Bringing a CSV file into a framework's draft: what each line would change is read before anything does."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.views.differences import Run, runs_between
from courses.actions import framework as actions
from courses.competencies import Change
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.roles import Permission
from lms.views.framework_draft import Desk, desk_of, kept, seen_in
from lms.views.framework_forms import SheetForm
from lms.views.framework_sheet import Plan, Unreadable, plan, text_of

Shown = tuple[int, Change, tuple[Run, ...]]


@institute_view(Permission.KEEP_FRAMEWORK)
def framework_import(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    """Choose a file, read what each line would change, confirm; the file's text goes along on the way."""
    at_desk = desk_of(institute, uuid)
    if "text" in request.POST:
        return _confirmed(request, at_desk, request.POST["text"])
    form = SheetForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {**at_desk.context, "form": form}
    if not form.is_valid():
        return render(request, "lms/framework_import.html", context)
    try:
        text = text_of(form.cleaned_data["file"].read())
        found = plan(text, at_desk.said)
    except Unreadable as broken:
        form.add_error("file", str(broken))
        return render(request, "lms/framework_import.html", context)
    return _checked(request, at_desk, text, found)


def _checked(request: HttpRequest, at_desk: Desk, text: str, found: Plan) -> HttpResponse:
    context = at_desk.context | {
        "text": text,
        "wrong": found.wrong,
        "changes": [_shown(line, change) for line, change in found.changes],
    }
    return render(request, "lms/framework_import_check.html", context)


def _confirmed(request: HttpRequest, at_desk: Desk, text: str) -> HttpResponse:
    """Read it again: what was on the page is a reader's, not ours. A draft changed meanwhile answers 409."""
    try:
        found = plan(text, at_desk.said)
    except Unreadable as broken:
        form = SheetForm()
        return render(
            request, "lms/framework_import.html", {**at_desk.context, "form": form, "refused": str(broken)}
        )
    if found.wrong and seen_in(request) == at_desk.revision:
        return _checked(request, at_desk, text, found)
    try:
        return kept(request, at_desk, found.said)
    except actions.DraftRefused as refusal:
        form = SheetForm()
        context = {**at_desk.context, "form": form, "refused": str(refusal)}
        return render(request, "lms/framework_import.html", context)


def _shown(line: int, change: Change) -> Shown:
    return line, change, tuple(runs_between(change.before, change.after))
