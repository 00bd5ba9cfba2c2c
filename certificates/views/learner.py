"""A learner's own certificates: what they hold, what awaits them, and what is missing for the next."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from certificates import rules
from certificates.actions import appeals, candidacies
from certificates.forms import NameForm
from certificates.models import Candidacy, Certificate, CertificationDecision, SchemeVersion
from certificates.models.evidence import current_versions, evidence_for
from certificates.views.downloads import credential_of, pdf_of
from certificates.views.routes import stages_of
from certificates.views.verdicts import to_holder, verdict
from courses.models import Enrolment
from lms.people.models import User
from lms.people.refusals import Refusal
from lms.ui.conflict import conflict


@require_safe
@login_required
def my_certificates(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate(request.at)  # type: ignore[attr-defined]
    held, candidates, refused = _held(request), _candidates(request.user, on), _refused(request.user, on)
    settled = {each["certificate"].version.scheme_id for each in held if each["is_standing"]}
    settled |= {each["candidacy"].scheme_id for each in candidates}
    context = {
        "held": held,
        "candidates": candidates,
        "refused": refused,
        "routes": _routes(request.user, settled),
    }
    return render(request, "certificates/my_certificates.html", context)


@login_required
def confirm_name(request: HttpRequest, candidacy: Any) -> HttpResponse:
    found = get_object_or_404(
        Candidacy.objects.select_related("version", "institute"), uuid=candidacy, learner=request.user
    )
    back = reverse("my_certificates")
    if not rules.may_confirm_name(request.user, found):
        closed = candidacies.NameNoLongerOpen("The decision has been taken, so the name is settled.")
        return conflict(request, closed, back, "My certificates")
    initial = {"name": found.printed_name or request.user.get_full_name()}
    form = NameForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            candidacies.confirm_name(found, form.cleaned_data["name"], by=request.user, at=request.at)
        except Refusal as refusal:
            return conflict(request, refusal, back, "My certificates")
        messages.success(request, "Your name is confirmed. The registrar decides next.")
        return redirect(back)
    return render(request, "certificates/name.html", {"form": form, "candidacy": found})


@require_safe
@login_required
def download(request: HttpRequest, certificate: Any) -> HttpResponse:
    return _given_out(request, certificate, pdf_of)


@require_safe
@login_required
def download_credential(request: HttpRequest, certificate: Any) -> HttpResponse:
    return _given_out(request, certificate, credential_of)


def _given_out(
    request: HttpRequest, certificate: Any, file_of: Callable[[HttpRequest, Certificate], HttpResponse]
) -> HttpResponse:
    """A file of one's own certificate, as long as it may be shown."""
    found = get_object_or_404(Certificate.objects.with_events(), uuid=certificate, learner=request.user)
    standing = found.standing(timezone.localdate(request.at))  # type: ignore[attr-defined]
    if standing.state == "being_made" or rules.is_given_out(standing.state):
        return file_of(request, found)
    word = verdict(standing, found.valid_until).word.lower()
    refusal = f"Certificate {found.number} is {word}, so its file is not given out. Ask {found.institute} if you think that this is wrong."
    return conflict(request, refusal, reverse("my_certificates"), "My certificates")


def _held(request: HttpRequest) -> list[dict[str, Any]]:
    on = timezone.localdate(request.at)  # type: ignore[attr-defined]
    certificates = (
        Certificate.objects.filter(learner=request.user)
        .select_related("institute", "version")
        .prefetch_related("events__reason", "files")
    )
    return [_card(certificate, on) for certificate in certificates]


def _card(certificate: Certificate, on: Any) -> dict[str, Any]:
    found = verdict(certificate.standing(on), certificate.valid_until)
    last = list(certificate.events.all())[-1:]
    return {
        "certificate": certificate,
        "verdict": found,
        "sentence": to_holder(found),
        "is_standing": found.state in candidacies.HELD,
        "made": {file.kind for file in certificate.files.all()},
        "is_given_out": rules.is_given_out(found.state),
        "reason": getattr(last[0], "reason", None) if last else None,
    }


def _candidates(learner: User, on: date) -> list[dict[str, Any]]:
    found = (
        Candidacy.objects.filter(learner=learner, state=Candidacy.State.READY)
        .select_related("version", "institute")
        .prefetch_related("decisions__reason", "decisions__appeal__hearing", "hearings__words")
    )
    return [_candidate(each, on) for each in found]


def _candidate(candidacy: Candidacy, on: date) -> dict[str, Any]:
    deferral, hearings = candidacy.last_decision, list(candidacy.hearings.all())
    return {
        "candidacy": candidacy,
        "deferral": deferral,
        "until": deferral and _until(deferral, on),
        "upheld": hearings[-1] if hearings else None,
    }


def _until(decision: CertificationDecision, on: date) -> date | None:
    """The last day on which the decision can be appealed against; None when that is over."""
    last_day = appeals.last_day(decision)
    return last_day if on <= last_day else None


def _refused(learner: User, on: date) -> list[dict[str, Any]]:
    """The last word on each scheme, where it was a refusal that no appeal has overruled."""
    final = (
        CertificationDecision.objects.filter(learner=learner)
        .exclude(decision=CertificationDecision.Decision.DEFERRED)
        .select_related("candidacy__institute", "version", "reason", "appeal__hearing")
    )
    last = {decision.candidacy.scheme_id: decision for decision in final}
    refused = CertificationDecision.Decision.REFUSED
    return [
        {"decision": each, "until": _until(each, on)}
        for each in last.values()
        if each.decision == refused and not each.is_overruled
    ]


def _routes(learner: User, settled: set[int]) -> list[dict[str, Any]]:
    """What is missing for the certificates of the courses that the learner takes."""
    courses = Enrolment.objects.open().filter(learner=learner).values("course")
    versions: list[SchemeVersion] = [
        each for each in current_versions(scheme__course__in=courses) if each.scheme_id not in settled
    ]
    evidence = evidence_for([(learner.pk, version) for version in versions])
    return [{"version": each.version, "stages": stages_of(each)} for each in evidence if not each.is_eligible]
