"""Writing a scheme: what a certificate asks for, seen beside what it asked for until now, then published as a version."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from certificates.actions import schemes
from certificates.forms import SchemeForm
from certificates.models import Scheme, SchemeVersion
from certificates.views.routes import validity
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.roles import Permission
from lms.ui.conflict import conflict


@dataclass(frozen=True)
class Change:
    """One thing that a new version says otherwise; `was` is empty in a first version."""

    what: str
    was: str
    becomes: str


@institute_view(Permission.KEEP_SCHEMES)
def scheme_new(request: HttpRequest, institute: Institute) -> HttpResponse:
    return _edit(request, institute, None)


@institute_view(Permission.KEEP_SCHEMES)
def scheme_edit(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(Scheme.objects.select_related("course"), institute=institute, uuid=uuid)
    return _edit(request, institute, found)


def _edit(request: HttpRequest, institute: Institute, scheme: Scheme | None) -> HttpResponse:
    """Write, look at what changes, publish; what was typed goes along on the way."""
    current = scheme.versions.last() if scheme else None
    form = SchemeForm(institute, scheme, current, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "institute": institute,
        "scheme": scheme,
        "current": current,
        "form": form,
    }
    if not form.is_valid() or "back" in request.POST:
        return render(request, "certificates/scheme_edit.html", context)
    wanted = form.wanted()
    if "confirmed" not in request.POST:
        context |= {"changes": _changes(current, wanted), "typed": _typed(request)}
        return render(request, "certificates/scheme_check.html", context)
    seen = int(request.POST.get("seen") or 0)
    if seen != (current.number if current else 0):
        back = reverse("scheme_list", args=[institute.slug])
        return conflict(
            request, "Somebody has published another version meanwhile. Read it first.", back, "Schemes"
        )
    version, is_new = schemes.publish(wanted, by=request.user, at=request.at)  # type: ignore[attr-defined]
    if is_new:
        messages.success(
            request,
            f"Version {version.number} of “{version.title}” is published. Who meets it now is being looked up.",
        )
    else:
        messages.info(request, "Nothing was changed, so there is no new version.")
    return redirect("scheme_list", institute.slug)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name in request.POST
        if name not in {"csrfmiddlewaretoken", "confirmed", "back", "seen"}
        for value in request.POST.getlist(name)
    ]


def _changes(current: SchemeVersion | None, wanted: schemes.Wanted) -> list[Change]:
    was = _said_by_version(current) if current else {}
    becomes = _said(wanted)
    return [
        Change(what, was.get(what, ""), words) for what, words in becomes.items() if was.get(what) != words
    ]


def _said(wanted: schemes.Wanted) -> dict[str, str]:
    return _in_words(
        wanted.title,
        wanted.level,
        wanted.statement,
        wanted.validity_months,
        wanted.design,
        [f"{each.code} {each.title}" for each in wanted.competencies],
        [(each.kind, (each.step or wanted.course).title, each.minimum_band) for each in wanted.requirements],
    )


def _said_by_version(version: SchemeVersion) -> dict[str, str]:
    return _in_words(
        version.title,
        version.level,
        version.statement,
        version.validity_months,
        version.design,
        [f"{each.code} {each.title}" for each in version.competencies.all()],
        [(each.kind, (each.step or each.course).title, each.minimum_band) for each in version.asked],
    )


def _in_words(
    title: str,
    level: str,
    statement: str,
    months: int,
    design: str,
    competencies: list[str],
    asked: list[tuple[str, str, Any]],
) -> dict[str, str]:
    verbs = {"quiz": "Pass", "assignment": "Be found competent in", "course": "Finish"}
    requirements = [
        f"{verbs[kind]} “{name}”{f', band {band} or better on every criterion' if band else ''}"
        for kind, name, band in asked
    ]
    return {
        "Title": title,
        "Level": level.capitalize(),
        "Attests": f"The holder {statement}",
        "Holds": validity(SchemeVersion(validity_months=months)),
        "Design": design.capitalize(),
        "Requires": "; ".join(sorted(requirements)),
        "Competencies": "; ".join(sorted(competencies)),
    }
