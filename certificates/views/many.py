"""Granting to many at once: what would happen, then the certificates as they are made."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from certificates.actions import decisions, files
from certificates.models import Candidacy, Certificate
from certificates.views.candidates import Candidate, seen_by
from certificates.views.tabs import tabs
from certificates.views.verdicts import verdict
from lms.jobs.queue import enqueue
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.roles import Permission
from lms.ui.conflict import conflict

MOST = 200
LATELY = timedelta(days=1)
NO_LONGER_READY = {
    Candidacy.State.DECIDED: "They have been decided on since you opened the list.",
    Candidacy.State.LAPSED: "They no longer meet every requirement.",
}


@dataclass(frozen=True)
class Line:
    """A chosen candidate, and why nothing can be granted to them; empty where it can."""

    seen: Candidate
    why: str


@require_POST
@institute_view(Permission.DECIDE_CERTIFICATES)
def grant_many(request: HttpRequest, institute: Institute) -> HttpResponse:
    """First a page that lists what would happen and who is left over; its button then does it."""
    chosen = _chosen(request, institute)
    if not chosen:
        messages.info(request, "Choose at least one candidate first.")
        return redirect("candidate_list", institute.slug)
    if "confirmed" in request.POST:
        return _grant(request, institute, chosen)
    lines = [Line(seen, _why_not(seen)) for seen in seen_by(request.user, institute, chosen)]
    context = {
        "institute": institute,
        "granted": [line.seen for line in lines if not line.why],
        "left_over": [line for line in lines if line.why],
    }
    return render(request, "certificates/grant_many.html", context)


@require_safe
@institute_view(Permission.DECIDE_CERTIFICATES)
def being_made(request: HttpRequest, institute: Institute) -> HttpResponse:
    """The certificates of the last day and all that wait: a page to look at again until everything is made."""
    on = timezone.localdate(request.at)  # type: ignore[attr-defined]
    register = Certificate.objects.filter(institute=institute)
    lately = Q(made_at__gte=request.at - LATELY)  # type: ignore[attr-defined]
    shown = register.filter(lately | Q(pk__in=register.in_state("being_made", on).values("pk")))
    standings = [(each, each.standing(on)) for each in shown.with_events().order_by("made_at", "pk")]
    waiting = sum(standing.state == "being_made" for _, standing in standings)
    context = {
        "institute": institute,
        "rows": [(each, verdict(standing, each.valid_until)) for each, standing in standings],
        "waiting": waiting,
        "made": len(standings) - waiting,
        "patience": files.PATIENCE,
        "tabs": tabs(request, institute, "being_made"),
    }
    template = "certificates/_being_made.html" if request.htmx else "certificates/being_made.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_POST
@institute_view(Permission.DECIDE_CERTIFICATES)
def try_again(request: HttpRequest, institute: Institute, number: str) -> HttpResponse:
    """Queue the making of one certificate again; it keeps its number."""
    found = get_object_or_404(Certificate.objects.with_events(), institute=institute, number=number)
    if found.standing(timezone.localdate(request.at)).state != "being_made":  # type: ignore[attr-defined]
        return conflict(
            request,
            "This certificate is not waiting to be made. Read its history.",
            f"/at/{institute.slug}/certificates/register/{number}/",
            "To the certificate",
        )
    with transaction.atomic():
        enqueue(files.JOB, found.pk)
    messages.success(request, f"Certificate {number} is being made again, under the same number.")
    return redirect("being_made", institute.slug)


def _chosen(request: HttpRequest, institute: Institute) -> list[Candidacy]:
    """Everybody chosen, also whoever was decided on since the list was shown: nobody drops out unmentioned."""
    uuids = []
    for each in request.POST.getlist("candidacy")[:MOST]:
        try:
            uuids.append(UUID(each))
        except ValueError:
            continue
    chosen = Candidacy.objects.filter(institute=institute, uuid__in=uuids)
    return list(
        chosen.select_related("learner", "institute")
        .prefetch_related("decisions__reason", "hearings")
        .order_by("ready_at", "pk")
    )


def _grant(request: HttpRequest, institute: Institute, chosen: list[Candidacy]) -> HttpResponse:
    # The name that stood on the page is what is granted, as with a single decision.
    names = [(each, request.POST.get(f"name-{each.uuid}", "")) for each in chosen]
    granted = decisions.grant_many(names, by=request.user, at=request.at)  # type: ignore[attr-defined, arg-type]
    count = len(granted.certificates)
    if count:
        what = "certificate is" if count == 1 else "certificates are"
        messages.success(request, f"{count} {what} granted. Their files are being made.")
    for each in granted.exceptions:
        messages.warning(request, f"{each.candidacy.learner}: {each.why}")
    return redirect("being_made", institute.slug)


def _why_not(seen: Candidate) -> str:
    """Why nothing can be granted to the candidate now, in a sentence."""
    if seen.candidacy.state != Candidacy.State.READY:
        return NO_LONGER_READY[Candidacy.State(seen.candidacy.state)]
    if seen.bars:
        return "You may not decide on them: " + "; ".join(str(bar) for bar in seen.bars) + "."
    if seen.evidence.eligibility.missing:
        titles = ", ".join(each.requirement.title for each in seen.evidence.eligibility.missing)
        return f"A requirement is no longer met: {titles}."
    if not seen.candidacy.name_confirmed_at:
        return "They have not confirmed their name yet."
    return ""
