"""Certificates to look at again because a result under them was withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from certificates import rules
from certificates.actions import reviews
from certificates.forms import ReviewForm
from certificates.models import Review
from certificates.models.evidence import evidence_of
from certificates.views.tabs import tabs
from certificates.views.verdicts import verdict
from lms.audit.models import Event
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.refusals import Refusal
from lms.people.roles import Permission
from lms.ui.conflict import conflict

CLOSED_SHOWN = 20


@require_safe
@institute_view(Permission.DECIDE_CERTIFICATES)
def review_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    on = timezone.localdate(request.at)  # type: ignore[attr-defined]
    every = (
        Review.objects.filter(institute=institute)
        .select_related("certificate", "assigned_to", "closed_by", "result__step")
        .prefetch_related("certificate__events")
    )
    closed = list(every.filter(closed_at__isnull=False).order_by("-closed_at")[:CLOSED_SHOWN])
    outcomes = _outcomes(closed)
    context = {
        "institute": institute,
        "open": [(each, _verdict(each, on), each.due_on < on) for each in every.filter(closed_at=None)],
        "settled": [(each, outcomes.get(each.uuid, "")) for each in closed],
        "tabs": tabs(request, institute, "review_list"),
    }
    return render(request, "certificates/review_list.html", context)


@institute_view(Permission.DECIDE_CERTIFICATES)
def review(request: HttpRequest, institute: Institute, review: Any) -> HttpResponse:
    found = get_object_or_404(
        Review.objects.select_related(
            "certificate__institute",
            "certificate__decision__decided_by",
            "certificate__version__scheme",
            "certificate__learner",
            "result__step",
            "assigned_to",
            "closed_by",
        ),
        institute=institute,
        uuid=review,
    )
    back = reverse("review_list", args=[institute.slug])
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if form.cleaned_data["outcome"] == reviews.Outcome.REVOKE and "confirmed" not in request.POST:
            context = {"typed": form.cleaned_data, "certificate": found.certificate, "back": request.path}
            return render(request, "certificates/change_confirm.html", context)
        try:
            reviews.close(found, by=request.user, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            return conflict(request, refusal, back, "Reviews")
        messages.success(request, f"The review of certificate {found.certificate} is closed.")
        return redirect(back)
    return render(request, "certificates/review.html", _context(request, found, form))


def _context(request: HttpRequest, found: Review, form: ReviewForm) -> dict[str, Any]:
    certificate = found.certificate
    return {
        "institute": found.institute,
        "form": form,
        "review": found,
        "certificate": certificate,
        "verdict": _verdict(found, timezone.localdate(request.at)),  # type: ignore[attr-defined]
        "withdrawal": found.result.events.select_related("by", "reason").get(kind="withdrawn"),
        "rows": evidence_of(certificate.learner, certificate.version).in_order(),
        "is_open": found.closed_at is None,
        "outcome": _outcomes([found]).get(found.uuid, ""),
        "may_close": rules.may_close(request.user, found, reviews.reviewers(certificate)),
    }


def _verdict(review: Review, on: Any) -> Any:
    return verdict(review.certificate.standing(on), review.certificate.valid_until)


def _outcomes(closed: list[Review]) -> dict[Any, str]:
    """How each review ended, which the audit trail keeps."""
    events = Event.objects.filter(subject__in=[each.uuid for each in closed], verb="review.closed")
    return {event.subject: reviews.Outcome(event.facts["outcome"]).label for event in events}
