"""The register: every certificate that was ever granted, one of them with its history, and what may be done to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from certificates import lifecycle, numbering, rendering, rules
from certificates.actions import certificates
from certificates.forms import ReasonForm, RegisterForm
from certificates.models import Certificate, CertificateEvent, CertificateFile
from certificates.views.downloads import pdf_of
from certificates.views.tabs import tabs
from certificates.views.verdicts import verdict
from lms.audit import trail
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.refusals import Refusal
from lms.people.roles import Permission
from lms.ui.conflict import conflict
from lms.ui.spreadsheets import Cell, csv_response

A_PAGE = 30
NARROWED_BY = {"scheme": "version__scheme__slug", "since": "valid_from__gte", "until": "valid_from__lte"}
COLUMNS = ("Number", "Holder", "Certificate", "Level", "Stands", "Valid from", "Valid until", "Code")


@dataclass(frozen=True)
class Change:
    """A change of standing: the event that it adds, the action that adds it, and what its page says."""

    kind: lifecycle.Kind
    act: Callable[..., CertificateEvent]
    label: str
    title: str
    sentence: str
    button: str
    done: str
    is_final: bool = False
    is_told: bool = True


CHANGES = {
    "suspend": Change(
        kind="suspended",
        act=certificates.suspend,
        label="Suspend",
        title="Suspend certificate",
        sentence="Whoever checks it is told at once that it is suspended. You can lift the suspension later.",
        button="Suspend",
        done="is suspended",
    ),
    "reinstate": Change(
        kind="reinstated",
        act=certificates.reinstate,
        label="Lift the suspension",
        title="Lift the suspension of certificate",
        sentence="Whoever checks it is told at once how it stands without the suspension.",
        button="Lift the suspension",
        done="is no longer suspended",
    ),
    "revoke": Change(
        kind="revoked",
        act=certificates.revoke,
        label="Revoke",
        title="Revoke certificate",
        sentence="Revoking is final: whoever checks the certificate is told from now on that it is revoked.",
        button="Continue",
        done="is revoked",
        is_final=True,
    ),
    "void": Change(
        kind="voided",
        act=certificates.void,
        label="Give it up",
        title="Give up certificate",
        sentence="Its paper was never made and nobody has been given it. The number stays in the register as void, "
        "and is never given out again.",
        button="Give it up",
        done="is void",
        is_told=False,
    ),
}


@require_safe
@institute_view(Permission.READ_REGISTER)
def search(request: HttpRequest, institute: Institute) -> HttpResponse:
    on = timezone.localdate(request.at)  # type: ignore[attr-defined]
    form = RegisterForm(institute, request.GET)
    found = _found(Certificate.objects.filter(institute=institute), form.wanted, on)
    page = Paginator(found.with_events().order_by("-made_at", "-pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "institute": institute,
        "form": form,
        "page": page,
        "rows": [(each, verdict(each.standing(on), each.valid_until)) for each in page],
        "is_search": bool(form.wanted),
        "tabs": tabs(request, institute, "register"),
    }
    return render(request, "certificates/register.html", context)


@require_safe
@institute_view(Permission.READ_REGISTER)
def entry(request: HttpRequest, institute: Institute, number: str) -> HttpResponse:
    certificate = _certificate(institute, number)
    standing = certificate.standing(timezone.localdate(request.at))  # type: ignore[attr-defined]
    context = {
        "institute": institute,
        "certificate": certificate,
        "verdict": verdict(standing, certificate.valid_until),
        "history": certificate.events.select_related("by", "reason"),
        "decision": certificate.decision,
        "reviews": certificate.reviews.select_related("result__step", "closed_by", "assigned_to"),
        "file": certificate.files.filter(kind=CertificateFile.Kind.PDF).first(),
        "problem": rendering.pango_problem() if standing.state == "being_made" else None,
        "changes": _changes(request, certificate),
    }
    return render(request, "certificates/register_entry.html", context)


@require_safe
@institute_view(Permission.READ_REGISTER)
def download(request: HttpRequest, institute: Institute, number: str) -> HttpResponse:
    return pdf_of(request, _certificate(institute, number))


@institute_view(Permission.DECIDE_CERTIFICATES)
def suspend(request: HttpRequest, institute: Institute, number: str) -> HttpResponse:
    return _change(request, _certificate(institute, number), "suspend")


@institute_view(Permission.DECIDE_CERTIFICATES)
def reinstate(request: HttpRequest, institute: Institute, number: str) -> HttpResponse:
    return _change(request, _certificate(institute, number), "reinstate")


@institute_view(Permission.DECIDE_CERTIFICATES)
def revoke(request: HttpRequest, institute: Institute, number: str) -> HttpResponse:
    """Two pages: why, and then, with the reason before one's eyes, whether it is really meant."""
    return _change(request, _certificate(institute, number), "revoke")


@institute_view(Permission.DECIDE_CERTIFICATES)
def void(request: HttpRequest, institute: Institute, number: str) -> HttpResponse:
    """Give up what could not be made."""
    return _change(request, _certificate(institute, number), "void")


@require_POST
@institute_view(Permission.READ_REGISTER)
def export(request: HttpRequest, institute: Institute) -> HttpResponse:
    """The register as the search shows it, as a file; that somebody took it is in the trail."""
    on = timezone.localdate(request.at)  # type: ignore[attr-defined]
    wanted = RegisterForm(institute, request.POST).wanted
    register = Certificate.objects.filter(institute=institute)
    found = _found(register, wanted, on).with_events().order_by("-made_at", "-pk")
    rows = [_row(each, on) for each in found]
    # Not what was typed: it may be a name.
    facts = {"rows": len(rows), "state": wanted.get("state", "any"), "searched_by": sorted(wanted)}
    with transaction.atomic():
        trail.record(
            "register.exported",
            institute,
            by=request.user,  # type: ignore[arg-type]
            at=request.at,  # type: ignore[attr-defined]
            institute=institute,
            facts=facts,
        )
    return csv_response(f"register-{on.isoformat()}.csv", COLUMNS, rows)


def _row(certificate: Certificate, on: date) -> tuple[Cell, ...]:
    found = verdict(certificate.standing(on), certificate.valid_until)
    facts = certificate.facts
    return (
        certificate.number,
        facts["name"],
        facts["title"],
        facts["level"],
        found.word,
        certificate.valid_from,
        certificate.valid_until,
        certificate.code,
    )


def _found(register: QuerySet[Certificate], wanted: dict[str, Any], on: date) -> Any:
    if typed := wanted.get("q"):
        code = numbering.normalise(typed) or ""
        register = register.filter(
            Q(number__icontains=typed) | Q(facts__name__icontains=typed) | Q(code=code)
        )
    narrowed = {field: wanted[name] for name, field in NARROWED_BY.items() if name in wanted}
    register = register.filter(**narrowed)
    return register.in_state(wanted["state"], on) if "state" in wanted else register  # type: ignore[attr-defined]


def _certificate(institute: Institute, number: str) -> Certificate:
    register = Certificate.objects.with_events().select_related(
        "institute", "learner", "version", "decision__decided_by", "decision__candidacy"
    )
    return get_object_or_404(register, institute=institute, number=number)


def _changes(request: HttpRequest, certificate: Certificate) -> list[dict[str, str]]:
    """What may happen to the certificate next, and may be done by this person."""
    if not rules.may_change_standing(request.user, certificate):
        return []
    life = certificate.life()
    return [
        {"label": change.label, "url": _url(certificate, name)}
        for name, change in CHANGES.items()
        if lifecycle.may_follow(change.kind, life)
    ]


def _url(certificate: Certificate, change: str) -> str:
    return reverse(f"certificate_{change}", args=[certificate.institute.slug, certificate.number])


def _change(request: HttpRequest, certificate: Certificate, name: str) -> HttpResponse:
    change = CHANGES[name]
    back = reverse("register_entry", args=[certificate.institute.slug, certificate.number])
    refusal = _refusal(request, certificate, change)
    if refusal:
        return conflict(request, refusal, back, "Back to the certificate")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "certificate": certificate, "change": change, "back": back}
    if not form.is_valid():
        return render(request, "certificates/change.html", context)
    if change.is_final and "confirmed" not in request.POST:
        context["typed"] = form.cleaned_data
        return render(request, "certificates/change_confirm.html", context)
    try:
        change.act(certificate, by=request.user, at=request.at, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
    except Refusal as late:
        return conflict(request, late, back, "Back to the certificate")
    told = " The holder is told by e-mail." if change.is_told else ""
    messages.success(request, f"Certificate {certificate.number} {change.done}.{told}")
    return redirect(back)


def _refusal(request: HttpRequest, certificate: Certificate, change: Change) -> Refusal | None:
    """What already stands against the change before anybody writes a reason for it."""
    if not rules.may_change_standing(request.user, certificate):
        return certificates.NotYoursToChange("Nobody suspends, reinstates or revokes their own certificate.")
    if not lifecycle.may_follow(change.kind, certificate.life()):
        return certificates.MayNotFollow(
            "The certificate has moved on. Read its history before you do anything else."
        )
    return None
