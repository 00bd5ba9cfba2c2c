"""Appeals: the candidate's own page, and the registrar's list and page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from certificates import rules
from certificates.actions import appeals
from certificates.forms import AppealForm, HearingForm
from certificates.models import Appeal, CertificationDecision
from certificates.models.evidence import evidence_of_candidate
from certificates.views.tabs import tabs
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.refusals import Refusal
from lms.people.roles import Permission
from lms.ui.conflict import conflict

HEARD_SHOWN = 20


@login_required
def lodge(request: HttpRequest, decision: Any) -> HttpResponse:
    """Appeal against a decision on oneself; afterwards, what became of the appeal."""
    found = get_object_or_404(
        CertificationDecision.objects.select_related(
            "candidacy__institute", "version", "reason", "appeal__words", "appeal__hearing__words"
        ),
        uuid=decision,
        learner=request.user,
    )
    back = reverse("my_certificates")
    appeal = getattr(found, "appeal", None)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            appeals.lodge(found, words=form.cleaned_data["words"], by=request.user, at=request.at)
        except Refusal as refusal:
            return conflict(request, refusal, back, "My certificates")
        messages.success(request, "Your appeal has arrived. Somebody who did not decide on you reads it.")
        return redirect("appeal_lodge", found.uuid)
    if appeal is None and not rules.may_appeal(request.user, found):
        granted = appeals.NotOpenToAppeal("This certificate was granted: there is nothing to appeal against.")
        return conflict(request, granted, back, "My certificates")
    context = {"decision": found, "appeal": appeal, "form": form, "until": appeals.last_day(found)}
    return render(request, "certificates/appeal_lodge.html", context)


@require_safe
@institute_view(Permission.DECIDE_CERTIFICATES)
def appeal_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    on = timezone.localdate(request.at)  # type: ignore[attr-defined]
    every = Appeal.objects.filter(institute=institute).select_related(
        "learner", "decided_by", "decision__version", "hearing__heard_by"
    )
    context = {
        "institute": institute,
        "open": [(each, each.promised_on < on) for each in every.filter(hearing=None)],
        "settled": every.exclude(hearing=None).order_by("-hearing__heard_at")[:HEARD_SHOWN],
        "tabs": tabs(request, institute, "appeal_list"),
    }
    return render(request, "certificates/appeal_list.html", context)


@institute_view(Permission.DECIDE_CERTIFICATES)
def appeal(request: HttpRequest, institute: Institute, appeal: Any) -> HttpResponse:
    found = get_object_or_404(
        Appeal.objects.select_related(
            "institute",
            "learner",
            "decided_by",
            "words",
            "decision__reason",
            "decision__candidacy__learner",
            "hearing__words",
            "hearing__heard_by",
        ),
        institute=institute,
        uuid=appeal,
    )
    form = HearingForm(request.POST if request.method == "POST" else None)
    back = reverse("appeal_list", args=[institute.slug])
    if form.is_valid():
        try:
            appeals.hear(found, by=request.user, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            return conflict(request, refusal, back, "Appeals")
        messages.success(request, f"The appeal is answered. {found.learner} is told by e-mail.")
        return redirect(back)
    evidence = evidence_of_candidate(found.decision.candidacy)
    context = {
        "institute": institute,
        "appeal": found,
        "form": form,
        "version": evidence.version,
        "rows": evidence.in_order(),
        "may_hear": rules.may_hear(request.user, found),
        "hearers": appeals.hearers(found),
    }
    return render(request, "certificates/appeal.html", context)
