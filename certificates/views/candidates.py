"""The registrar's ready list, and one candidate: what they hold, who judged it, and the decision."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from certificates import rules
from certificates.actions import candidacies, decisions
from certificates.forms import DecisionForm
from certificates.models import Candidacy, CertificationDecision
from certificates.models.evidence import Evidence, evidence_for, kept_versions, teachers_of
from certificates.views.tabs import tabs
from lms.people import access
from lms.people.access import institute_view
from lms.people.models import Institute, User
from lms.people.refusals import Refusal
from lms.people.roles import Permission
from lms.ui.conflict import conflict

A_PAGE = 25
Decision = CertificationDecision.Decision


@dataclass(frozen=True)
class Candidate:
    """A candidacy with what the registrar needs to see of it."""

    candidacy: Candidacy
    evidence: Evidence
    bars: list[rules.Bar]
    may_be_decided_by: list[User]
    deferral: CertificationDecision | None


@require_safe
@institute_view(Permission.DECIDE_CERTIFICATES)
def ready_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    ready = (
        Candidacy.objects.filter(institute=institute, state=Candidacy.State.READY)
        .select_related("learner", "scheme")
        .prefetch_related("decisions__reason", "hearings")
        .order_by("ready_at", "pk")
    )
    page = Paginator(ready, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "institute": institute,
        "page": page,
        "candidates": seen_by(request.user, institute, list(page)),
        "tabs": tabs(request, institute, "candidate_list"),
    }
    return render(request, "certificates/candidate_list.html", context)


@institute_view(Permission.DECIDE_CERTIFICATES)
def candidate(request: HttpRequest, institute: Institute, candidacy: Any) -> HttpResponse:
    found = _candidacy(institute, candidacy)
    seen = seen_by(request.user, institute, [found])[0]
    form = DecisionForm(
        request.POST if request.method == "POST" else None, initial={"name": found.printed_name}
    )
    if form.is_valid():
        return _decide(request, found, form.cleaned_data)
    context = {
        "institute": institute,
        "form": form,
        "seen": seen,
        "candidacy": found,
        "version": seen.evidence.version,
        "newer": found.scheme.versions.filter(number__gt=seen.evidence.version.number).last(),
        "rows": _rows(seen.evidence),
        "teachers": _teachers(seen.evidence),
        "is_open": found.state == Candidacy.State.READY,
        "may_be_granted": bool(found.name_confirmed_at),
        "is_other_name": bool(found.printed_name) and found.printed_name != found.learner.get_full_name(),
        "decisions": list(found.decisions.select_related("decided_by", "reason")),
    }
    return render(request, "certificates/candidate.html", context)


@require_POST
@institute_view(Permission.DECIDE_CERTIFICATES)
def remind(request: HttpRequest, institute: Institute, candidacy: Any) -> HttpResponse:
    found = _candidacy(institute, candidacy)
    back = reverse("candidate_list", args=[institute.slug])
    try:
        candidacies.remind(found, by=request.user, at=request.at)
    except Refusal as refusal:
        return conflict(request, refusal, back, "Candidates")
    messages.success(request, f"{found.learner} is asked again, by e-mail, to confirm their name.")
    return redirect(back)


def _candidacy(institute: Institute, uuid: Any) -> Candidacy:
    return get_object_or_404(
        Candidacy.objects.select_related("learner", "scheme", "institute"), institute=institute, uuid=uuid
    )


def _decide(request: HttpRequest, candidacy: Candidacy, given: dict[str, str]) -> HttpResponse:
    who = {"by": request.user, "at": request.at}  # type: ignore[attr-defined]
    try:
        if given["decision"] == Decision.GRANTED:
            certificate = decisions.grant(candidacy, name=given["name"], **who)
            messages.success(request, f"Certificate {certificate.number} is granted. Its file is being made.")
            return redirect("register_entry", candidacy.institute.slug, certificate.number)
        decide = decisions.defer if given["decision"] == Decision.DEFERRED else decisions.refuse
        decision = decide(candidacy, reason=given["reason"], **who)
    except Refusal as refusal:
        back = reverse("candidate_list", args=[candidacy.institute.slug])
        return conflict(request, refusal, back, "Candidates")
    messages.success(request, f"{decision.get_decision_display()}. {candidacy.learner} is told by e-mail.")
    return redirect("candidate_list", candidacy.institute.slug)


def seen_by(registrar: User, institute: Institute, ready: list[Candidacy]) -> list[Candidate]:
    """Every candidacy with its evidence, and who may decide on it; the queries do not grow with the list."""
    versions = kept_versions(ready)
    evidence = evidence_for([(each.learner_id, versions[each.version_id]) for each in ready])
    teachers = teachers_of(versions.values())
    registrars = list(access.people_who(Permission.DECIDE_CERTIFICATES, institute))
    return [
        Candidate(
            candidacy=candidacy,
            evidence=found,
            bars=_bars(registrar, candidacy, found, teachers),
            may_be_decided_by=[each for each in registrars if not _bars(each, candidacy, found, teachers)],
            deferral=candidacy.last_decision,
        )
        for candidacy, found in zip(ready, evidence, strict=True)
    ]


def _bars(
    person: User, candidacy: Candidacy, evidence: Evidence, teachers: dict[int, frozenset[int]]
) -> list[rules.Bar]:
    return rules.bars(person.pk, evidence, teachers[evidence.version.pk], candidacy.overruled)


def _rows(evidence: Evidence) -> list[dict[str, Any]]:
    """Each requirement with how it stands and who marked and checked it."""
    prefetch_related_objects(evidence.counted, "marking__assessor", "quality_decision__decided_by")
    by_step = {result.step_id: result for result in evidence.counted}
    return [
        {"requirement": requirement, "found": found, "result": by_step.get(requirement.step_id)}
        for requirement, found in evidence.in_order()
    ]


def _teachers(evidence: Evidence) -> list[User]:
    wrote = teachers_of([evidence.version])[evidence.version.pk]
    return list(User.objects.filter(pk__in=wrote))
