"""Checking a certificate: anyone may, without an account, on a page or by a machine."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from certificates import numbering
from certificates.forms import NOT_A_CODE, CodeForm
from certificates.models import Certificate
from certificates.views import patience
from certificates.views.verdicts import Verdict, verdict

STATEMENT = "A professional certificate of this institute, not a regulated qualification."
UNKNOWN = (
    "No certificate has this code. If it was copied from a paper or a picture, the copy or the paper is "
    "not what it claims to be."
)
TOO_MANY = (
    "Too many codes that no certificate has were asked for from where you are. Wait a minute and try again."
)
# What a replaced, unfinished or void certificate still shows.
WITHOUT_HOLDER = frozenset({"number", "institute"})
SHOWN = WITHOUT_HOLDER | {"name", "title", "level", "issued_on", "valid_from", "valid_until"}


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("check", form.cleaned_data["code"])
    form.forget_garbage()
    if form.is_bound and _wants_json(request):
        return _answer(request, "", {}, {"state": "malformed", "sentence": NOT_A_CODE}, status=404)
    return _private(render(request, "certificates/verify.html", {"form": form}))


@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    kept = numbering.normalise(code)
    if kept is None:
        return _no_certificate(request, "malformed", NOT_A_CODE)
    if kept != code:
        return _private(redirect("check", kept))
    if patience.is_out(request):
        return _too_many(request)
    found = Certificate.objects.filter(code=kept).select_related("institute")
    certificate = found.prefetch_related("events").first()
    if certificate is None:
        patience.count_miss(request)
        return _no_certificate(request, "unknown", UNKNOWN)
    return _found(request, certificate)


def _found(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    at = request.at  # type: ignore[attr-defined]
    standing = certificate.standing(timezone.localdate(at))
    found = verdict(standing, certificate.valid_until)
    facts = _shown(certificate, found)
    context = {
        "institute": certificate.institute,
        "verdict": found,
        "facts": facts,
        "days": _days(facts),
        "code": certificate.code,
        "address": certificate.facts["verify_url"],
        "checked_at": at,
        "statement": STATEMENT,
    }
    machine = {
        "state": found.state,
        "sentence": f"{found.headline}. {found.sentence}",
        "since": standing.since and standing.since.isoformat(),
        "checked_at": at.isoformat(timespec="seconds"),
        "certificate": facts,
        "statement": STATEMENT,
    }
    return _answer(request, "certificates/check.html", context, machine)


def _shown(certificate: Certificate, found: Verdict) -> dict[str, Any]:
    """What the paper shows of itself, and never more; less where it no longer names its holder."""
    names = SHOWN if found.shows_holder else WITHOUT_HOLDER
    facts = {name: value for name, value in certificate.facts.items() if name in names}
    if found.shows_holder:
        facts["competencies"] = [
            {"code": code, "title": title} for code, title in certificate.facts["competencies"]
        ]
    return facts


def _days(facts: dict[str, Any]) -> dict[str, date]:
    found = {name: facts.get(name) for name in ("issued_on", "valid_from", "valid_until")}
    return {name: date.fromisoformat(value) for name, value in found.items() if value}


def _no_certificate(request: HttpRequest, state: str, sentence: str) -> HttpResponse:
    context = {"is_unknown": state == "unknown", "sentence": sentence, "form": CodeForm()}
    machine = {"state": state, "sentence": sentence}
    return _answer(request, "certificates/no_certificate.html", context, machine, status=404)


def _too_many(request: HttpRequest) -> HttpResponse:
    machine = {"state": "wait", "sentence": TOO_MANY}
    response = _answer(request, "certificates/wait.html", {"sentence": TOO_MANY}, machine, status=429)
    response["Retry-After"] = "60"
    return response


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], machine: dict[str, Any], status: int = 200
) -> HttpResponse:
    if _wants_json(request):
        return _private(JsonResponse(machine, status=status, json_dumps_params={"ensure_ascii": False}))
    return _private(render(request, template, context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache and listed by no search engine: the next moment may bring another state."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept"])
    return response


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
