"""The desk of work that was set aside: what waits for its writer, and what was set aside by mistake."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments import rules
from assessments.actions import quarantine
from assessments.models import Quarantine
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.roles import Permission
from lms.ui.conflict import conflict

A_PAGE = 50


@institute_view(Permission.LIFT_QUARANTINE)
def quarantine_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    found = Quarantine.objects.filter(institute=institute).select_related(
        "submission__assignment", "opened_by", "words", "ending__ended_by"
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "assessments/quarantine_list.html", {"institute": institute, "page": page})


@institute_view(Permission.LIFT_QUARANTINE)
def quarantine_lift(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    """Put work back that was set aside by mistake; nobody opens it for that."""
    found = get_object_or_404(
        Quarantine.objects.select_related("submission__assignment", "opened_by", "words", "ending"),
        institute=institute,
        uuid=uuid,
    )
    if not found.is_open:
        return _back(request, institute, "This quarantine has ended already.")
    if request.method == "POST":
        try:
            submission = quarantine.lift(found, by=request.user, at=request.at)
        except quarantine.NotQuarantined as refusal:
            return _back(request, institute, refusal)
        messages.success(
            request, f"The work of candidate {submission.candidate_number} is back where it was in the queue."
        )
        return redirect("quarantine_list", institute.slug)
    context = {"institute": institute, "quarantine": found, "may_lift": rules.may_lift(request.user, found)}
    return render(request, "assessments/quarantine_lift.html", context)


def _back(request: HttpRequest, institute: Institute, sentence: object) -> HttpResponse:
    return conflict(request, sentence, f"/at/{institute.slug}/quarantine/", "Back to what was set aside")
