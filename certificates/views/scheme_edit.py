"""Writing a scheme: what a certificate asks for, seen beside what it asked for until now, then published as a version."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from certificates.actions import schemes
from certificates.eligibility import band_in_words, percent_in_words
from certificates.forms import SchemeForm
from certificates.models import Scheme, SchemeVersion
from certificates.models.schemes import named
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
    try:
        version, is_new = schemes.publish(wanted, by=request.user, at=request.at, seen=_seen(request))  # type: ignore[attr-defined]
    except schemes.SchemeStale as refusal:
        return conflict(request, refusal, reverse("scheme_list", args=[institute.slug]), "Schemes")
    if is_new:
        messages.success(
            request,
            f"Version {version.number} of “{version.title}” is published. Who meets it now is being looked up.",
        )
    else:
        messages.info(request, "Nothing was changed, so there is no new version.")
    return redirect("scheme_list", institute.slug)


def _seen(request: HttpRequest) -> int:
    """The version that stood on the page; what is no number was on none of our pages, and fits no version."""
    text = request.POST.get("seen") or "0"
    return int(text) if text.isdecimal() and len(text) < 10 else -1


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
        [(each.kind, _title(each, wanted), _more(each)) for each in wanted.requirements],
    )


def _said_by_version(version: SchemeVersion) -> dict[str, str]:
    return _in_words(
        version.title,
        version.level,
        version.statement,
        version.validity_months,
        version.design,
        [f"{each.code} {each.title}" for each in version.competencies.all()],
        [(each.kind, each.title, each.more_words) for each in version.asked],
    )


def _title(asked: schemes.Asked, wanted: schemes.Wanted) -> str:
    """As the requirement will be called once it is published."""
    if asked.step is None or asked.step.is_descendant_of(wanted.course):
        return (asked.step or wanted.course).title
    return named(asked.step.title, asked.step.get_parent().get_parent().title)


def _more(asked: schemes.Asked) -> str:
    """What is asked beyond a pass, as the requirement will say it once it is published."""
    if asked.minimum_percent:
        return percent_in_words(asked.minimum_percent)
    return band_in_words(asked.minimum_band, asked.criterion_title) if asked.minimum_band else ""


def _in_words(
    title: str,
    level: str,
    statement: str,
    months: int,
    design: str,
    competencies: list[str],
    asked: list[tuple[str, str, str]],
) -> dict[str, str]:
    verbs = {"quiz": "Pass", "case": "Pass", "assignment": "Be found competent in", "course": "Finish"}
    requirements = [f"{verbs[kind]} “{name}”{f', {more}' if more else ''}" for kind, name, more in asked]
    return {
        "Title": title,
        "Level": level.capitalize(),
        "Attests": f"The holder {statement}",
        "Holds": validity(SchemeVersion(validity_months=months)),
        "Design": design.capitalize(),
        "Requires": "; ".join(sorted(requirements)),
        "Competencies": "; ".join(sorted(competencies)),
    }
