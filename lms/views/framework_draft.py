"""Writing the next version of a framework: what is typed is kept as a draft, read whole, then published."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from courses.actions import framework as actions
from courses.competencies import Wording
from courses.models import Framework, FrameworkDraft, FrameworkVersion
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.roles import Permission
from lms.ui.conflict import conflict
from lms.views.framework import differences, framework_at
from lms.views.framework_forms import (
    CompetencyForm,
    DomainForm,
    NewCompetencyForm,
    PublishForm,
    RetireForm,
    TitleForm,
)
from lms.views.framework_use import schemes_naming, uses_of

Build = Callable[[Any], forms.Form]


@dataclass(frozen=True)
class Desk:
    """A framework while its next version is written: the version in force, the draft where there is one, and its words."""

    framework: Framework
    newest: FrameworkVersion
    draft: FrameworkDraft | None

    @property
    def in_force(self) -> Wording:
        return self.newest.publication.wording

    @property
    def said(self) -> Wording:
        """What the draft says, or what it begins with."""
        return self.draft.wording if self.draft else replace(self.in_force, retired=())

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0

    @property
    def address(self) -> str:
        return reverse("framework_draft", args=[self.framework.institute.slug, self.framework.uuid])

    @property
    def context(self) -> dict[str, Any]:
        return {
            "institute": self.framework.institute,
            "framework": self.framework,
            "newest": self.newest,
            "next": self.newest.number + 1,
            "draft": self.draft,
            "said": self.said,
            "revision": self.revision,
        }


@require_safe
@institute_view(Permission.KEEP_FRAMEWORK)
def framework_draft(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    at_desk = desk_of(institute, uuid)
    context = at_desk.context | {"differences": differences(at_desk.in_force, at_desk.said)}
    return render(request, "lms/framework_draft.html", context)


@institute_view(Permission.KEEP_FRAMEWORK)
def framework_title(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    at_desk = desk_of(institute, uuid)
    form = TitleForm(request.POST or None, initial={"title": at_desk.said.title})
    return _written(request, at_desk, form, "Change the title", lambda: form.changed(at_desk.said))


@institute_view(Permission.KEEP_FRAMEWORK)
def framework_domain(request: HttpRequest, institute: Institute, uuid: UUID, code: str) -> HttpResponse:
    at_desk = desk_of(institute, uuid)
    part = next((each for each in at_desk.said.parts if each.code == code), None)
    if part is None:
        raise Http404
    initial = {"title": part.title, "sentence": part.sentence, "anchors": "\n".join(part.anchor_lines)}
    form = DomainForm(request.POST or None, initial=initial)
    return _written(request, at_desk, form, f"Change {code}", lambda: form.changed(at_desk.said, code))


@institute_view(Permission.KEEP_FRAMEWORK)
def framework_competency(request: HttpRequest, institute: Institute, uuid: UUID, code: str) -> HttpResponse:
    at_desk = desk_of(institute, uuid)
    part = at_desk.said.part_of(code)
    if part is None:
        raise Http404
    skill = at_desk.said.skills[code]
    initial = {"title": skill.title, **dict(skill.behaviours)}
    form = CompetencyForm(request.POST or None, initial=initial)
    return _written(
        request, at_desk, form, f"Change {code}", lambda: form.changed(at_desk.said, part.code, code)
    )


@institute_view(Permission.KEEP_FRAMEWORK)
def framework_add(request: HttpRequest, institute: Institute, uuid: UUID, code: str) -> HttpResponse:
    """Add a competency to the domain of this code."""
    at_desk = desk_of(institute, uuid)
    if code not in {part.code for part in at_desk.said.parts}:
        raise Http404
    form = NewCompetencyForm(request.POST or None, said=at_desk.said)
    return _written(
        request, at_desk, form, f"Add a competency to {code}", lambda: form.changed(at_desk.said, code)
    )


@institute_view(Permission.KEEP_FRAMEWORK)
def framework_retire(request: HttpRequest, institute: Institute, uuid: UUID, code: str) -> HttpResponse:
    at_desk = desk_of(institute, uuid)
    skill = at_desk.said.skills.get(code)
    if skill is None:
        raise Http404
    use = uses_of(at_desk.framework)[code]
    form = RetireForm(request.POST or None, is_named=bool(use.schemes))
    return _written(
        request,
        at_desk,
        form,
        f"Retire {code} {skill.title}?",
        lambda: at_desk.said.without(code, form.cleaned_data["reason"]),
        {"use": use, "button": "Retire it in the draft"},
    )


@require_POST
@institute_view(Permission.KEEP_FRAMEWORK)
def framework_back(request: HttpRequest, institute: Institute, uuid: UUID, code: str) -> HttpResponse:
    """Take back that a competency is retired, as long as that is only in the draft."""
    at_desk = desk_of(institute, uuid)
    if code not in at_desk.in_force.skills or code in at_desk.said.skills:
        raise Http404
    return kept(request, at_desk, at_desk.said.with_back(code, at_desk.in_force))


@institute_view(Permission.KEEP_FRAMEWORK)
def framework_drop(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    at_desk = desk_of(institute, uuid)
    if at_desk.draft is None:
        return conflict(request, "There is no draft.", at_desk.address, "Back to the framework")
    if request.method != "POST":
        return render(request, "lms/framework_drop.html", at_desk.context)
    try:
        actions.drop_draft(at_desk.framework, seen=seen_in(request), by=request.user, at=request.at)
    except actions.DraftStale as refusal:
        return conflict(request, refusal, at_desk.address, "Read the draft")
    messages.success(request, f"The draft is gone. Version {at_desk.newest.number} stays as it is.")
    return redirect("framework", institute.slug)


@institute_view(Permission.KEEP_FRAMEWORK)
def framework_publish(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    """Read what differs from the version in force, then publish it."""
    at_desk = desk_of(institute, uuid)
    if at_desk.draft is None:
        return conflict(request, "There is no draft to publish.", at_desk.address, "Back to the framework")
    form = PublishForm(request.POST or None, needs_reason=actions.needs_reason(at_desk.draft, request.user))
    if request.method == "POST" and form.is_valid():
        return _published(request, at_desk, form.cleaned_data["reason"])
    context = at_desk.context | {
        "form": form,
        "differences": differences(at_desk.in_force, at_desk.said),
        "named": _named(at_desk),
    }
    return render(request, "lms/framework_publish.html", context)


def desk_of(institute: Institute, uuid: UUID) -> Desk:
    """The institute's framework with its draft; somebody else's is not found."""
    framework = framework_at(institute, uuid)
    newest = framework.versions.select_related("publication").last()
    draft = FrameworkDraft.objects.filter(framework=framework).select_related("changed_by").first()
    return Desk(framework, newest, draft)


def seen_in(request: HttpRequest, name: str = "seen") -> int:
    """A number that stood on the page; what is none was on none of our pages, and fits nothing."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def kept(request: HttpRequest, at_desk: Desk, said: Wording) -> HttpResponse:
    """Keep the wording in the draft that was on the page, and go there. Raises DraftRefused."""
    if said == at_desk.said:
        messages.info(request, "Nothing was changed.")
        return redirect(at_desk.address)
    try:
        actions.write_draft(at_desk.framework, said, seen=seen_in(request), by=request.user, at=request.at)
    except actions.DraftStale as refusal:
        return conflict(request, refusal, at_desk.address, "Read the draft")
    messages.success(request, "Kept in the draft. It is in force once it is published.")
    return redirect(at_desk.address)


def _written(
    request: HttpRequest,
    at_desk: Desk,
    form: forms.Form,
    heading: str,
    changed: Callable[[], Wording],
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, or keep in the draft what it makes of the wording."""
    if form.is_valid():
        try:
            return kept(request, at_desk, changed())
        except actions.DraftRefused as refusal:
            form.add_error("code" if "code" in form.fields else None, str(refusal))
    context = {
        **at_desk.context,
        "form": form,
        "heading": heading,
        "button": "Keep in the draft",
        **(more or {}),
    }
    return render(request, "lms/framework_edit.html", context)


def _published(request: HttpRequest, at_desk: Desk, reason: str) -> HttpResponse:
    try:
        version = actions.publish_draft(
            at_desk.framework,
            seen=seen_in(request),
            seen_version=seen_in(request, "seen_version"),
            reason=reason,
            by=request.user,
            at=request.at,
        )
    except (actions.DraftStale, actions.DraftRefused) as refusal:
        return conflict(request, refusal, at_desk.address, "Read the draft")
    messages.success(request, f"Version {version.number} is published. Profiles show it from now on.")
    return redirect("framework", at_desk.framework.institute.slug)


def _named(at_desk: Desk) -> list[tuple[str, list[str]]]:
    """What the draft retires although certificates name it, with their titles."""
    naming = schemes_naming(at_desk.framework)
    gone = [code for code in at_desk.in_force.skills if code not in at_desk.said.skills]
    return [(code, naming[code]) for code in gone if naming[code]]
