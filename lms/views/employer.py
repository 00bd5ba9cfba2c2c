"""An employer's view: where its own people stand, and nothing else."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from courses.models import Enrolment
from lms.people.access import can, organisation_view
from lms.people.actions import employments, invitations, memberships
from lms.people.models import Employment, Invitation, Membership, Organisation
from lms.people.refusals import Refusal
from lms.people.roles import Permission, Role
from lms.ui.conflict import conflict
from lms.ui.spreadsheets import csv_response
from lms.views import bulk_enrolment, staff
from lms.views.employer_forms import BulkEnrolForm, LineManagerForm, StaffFilterForm

A_PAGE = 50


@organisation_view(Permission.SEE_STAFF)
def staff_list(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    enrolments, form = _chosen(request, organisation)
    page = Paginator(enrolments, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **tabs(request, organisation),
        "form": form,
        "is_filtered": any(form.cleaned_data.values()),
        "page": page,
        "rows": staff.rows_of(organisation, page, timezone.localdate(request.at)),
        "query": request.GET.urlencode(),
    }
    return render(request, "lms/employer.html", context)


@organisation_view(Permission.SEE_STAFF)
def staff_export(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The same rows, filters and columns as a CSV file."""
    enrolments, _ = _chosen(request, organisation)
    today = timezone.localdate(request.at)
    rows = staff.rows_of(organisation, enrolments, today)
    return csv_response(f"staff-{organisation.slug}-{today}.csv", staff.COLUMNS, [row.cells for row in rows])


@organisation_view(Permission.SEE_STAFF)
def staff_waiting(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    page = Paginator(_waiting(organisation), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "lms/staff_waiting.html", {**tabs(request, organisation), "page": page})


@organisation_view(Permission.SEE_STAFF)
def staff_invited(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    invited = invitations.open_at(organisation, request.at).select_related("invited_by")
    page = Paginator(invited, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "lms/staff_invited.html", {**tabs(request, organisation), "page": page})


@organisation_view(Permission.ENROL_STAFF)
def staff_enrol(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Paste, read what each line will do, confirm: nothing changes before the last."""
    form = BulkEnrolForm(
        request.POST or None,
        organisation=organisation,
        initial={"addresses": _addresses_waiting(organisation) if "waiting" in request.GET else ""},
    )
    context = {"organisation": organisation, "form": form}
    if not form.is_valid() or "again" in request.POST:
        return render(request, "lms/staff_enrol.html", context)
    course = form.cleaned_data["course"]
    lines = bulk_enrolment.plan(form.cleaned_data["addresses"], organisation, course, request.at)
    if "confirm" not in request.POST:
        changes = [line for line in lines if line.does in bulk_enrolment.CHANGES]
        context |= {"course": course, "lines": lines, "changes": len(changes)}
        return render(request, "lms/staff_enrol_check.html", context)
    done = bulk_enrolment.carry_out(lines, organisation, course, by=request.user, at=request.at)
    messages.success(request, done.sentence)
    for sentence in done.refused:
        messages.warning(request, sentence)
    return redirect("staff_list", organisation.slug)


@organisation_view(Permission.SEE_STAFF)
def staff_member(request: HttpRequest, organisation: Organisation, uuid: UUID) -> HttpResponse:
    employment = get_object_or_404(staff.employed(organisation), uuid=uuid)
    form = LineManagerForm(
        initial={"line_manager": employment.line_manager and employment.line_manager.uuid},
        organisation=organisation,
        person=employment.person,
    )
    theirs = staff.visible(organisation).filter(learner=employment.person)
    context = {
        "organisation": organisation,
        "employment": employment,
        "rows": staff.rows_of(organisation, theirs, timezone.localdate(request.at)),
        "form": form,
        "may_change": can(request.user, Permission.ENROL_STAFF, organisation),
        "is_manager": _manages(employment).exists(),
    }
    return render(request, "lms/staff_member.html", context)


@require_POST
@organisation_view(Permission.ENROL_STAFF)
def line_manager_name(request: HttpRequest, organisation: Organisation, uuid: UUID) -> HttpResponse:
    employment = get_object_or_404(staff.employed(organisation), uuid=uuid)
    form = LineManagerForm(request.POST, organisation=organisation, person=employment.person)
    back = f"/for/{organisation.slug}/staff/{employment.uuid}/"
    if not form.is_valid():
        return conflict(request, "Whoever you chose no longer manages here.", back, "Choose again")
    chosen = form.cleaned_data["line_manager"]
    try:
        employments.name_line_manager(employment, chosen, by=request.user, at=request.at)
    except Refusal as refusal:
        return conflict(request, refusal, back, "Choose again")
    messages.success(request, f"{employment.person}’s line manager: {chosen or 'nobody'}.")
    return redirect(back)


@organisation_view(Permission.ENROL_STAFF)
def staff_member_end(request: HttpRequest, organisation: Organisation, uuid: UUID) -> HttpResponse:
    mine = Employment.objects.filter(organisation=organisation, accepted_at__isnull=False)
    employment = get_object_or_404(mine.select_related("person"), uuid=uuid)
    if request.method == "POST":
        try:
            employments.end(employment, by=request.user, at=request.at)
        except Refusal as refusal:
            return conflict(request, refusal, f"/for/{organisation.slug}/", "Back to staff")
        messages.success(request, f"{employment.person} is no longer on your list.")
        return redirect("staff_list", organisation.slug)
    if employment.ended_on:
        return conflict(request, "They have left already.", f"/for/{organisation.slug}/", "Back to staff")
    context = {
        "organisation": organisation,
        "employment": employment,
        "is_manager": _manages(employment).exists(),
    }
    return render(request, "lms/staff_member_end.html", context)


@require_POST
@organisation_view(Permission.ENROL_STAFF)
def staff_manager(request: HttpRequest, organisation: Organisation, uuid: UUID) -> HttpResponse:
    """Let a member of staff manage here as well, or no longer."""
    employment = get_object_or_404(staff.employed(organisation), uuid=uuid)
    back = f"/for/{organisation.slug}/staff/{employment.uuid}/"
    try:
        if "stand_down" in request.POST:
            for membership in _manages(employment):
                memberships.stand_down(membership, by=request.user, at=request.at)
        else:
            memberships.appoint(employment.person, Role.MANAGER, organisation, by=request.user, at=request.at)
    except Refusal as refusal:
        return conflict(request, refusal, back, "Go back")
    messages.success(request, "Saved.")
    return redirect(back if employment.person != request.user else "my_learning")


@require_POST
@organisation_view(Permission.ENROL_STAFF)
def staff_invitation_withdraw(request: HttpRequest, organisation: Organisation, uuid: UUID) -> HttpResponse:
    invitation = get_object_or_404(Invitation, organisation=organisation, uuid=uuid)
    try:
        invitations.withdraw(invitation, by=request.user, at=request.at)
    except Refusal as refusal:
        return conflict(request, refusal, f"/for/{organisation.slug}/invited/", "Back to the invited")
    messages.success(request, f"The invitation to {invitation.email} no longer holds.")
    return redirect("staff_invited", organisation.slug)


def _chosen(request: HttpRequest, organisation: Organisation) -> tuple[QuerySet[Enrolment], StaffFilterForm]:
    form = StaffFilterForm(request.GET)
    form.full_clean()
    chosen = form.cleaned_data
    enrolments = staff.matching(staff.visible(organisation), chosen.get("q", ""))
    if chosen.get("team"):
        enrolments = staff.in_team_of(enrolments, request.user, organisation)
    if chosen.get("ending"):
        enrolments = staff.expiring(enrolments, timezone.localdate(request.at))
    return enrolments, form


def _waiting(organisation: Organisation) -> QuerySet[Employment]:
    enrolled = Enrolment.objects.open().filter(organisation=organisation)
    return staff.employed(organisation).exclude(person__in=enrolled.values("learner"))


def _addresses_waiting(organisation: Organisation) -> str:
    return "\n".join(each.work_email or each.person.email for each in _waiting(organisation))


def _manages(employment: Employment) -> QuerySet[Membership]:
    return (
        Membership.objects.current()
        .at(employment.organisation)
        .filter(person=employment.person, role=Role.MANAGER)
        .select_related("person", "organisation")
    )


def tabs(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """What the head of each page of an employer's view takes."""
    here = f"/for/{organisation.slug}/"
    counted = (
        ("Where staff stand", here, None),
        ("My team’s map", f"{here}team/", None),
        ("Not enrolled", f"{here}waiting/", _waiting(organisation).count()),
        ("Invited", f"{here}invited/", invitations.open_at(organisation, request.at).count()),
    )
    return {
        "organisation": organisation,
        "may_enrol": can(request.user, Permission.ENROL_STAFF, organisation),
        "tabs": [
            {
                "label": label if count is None else f"{label} ({count})",
                "url": url,
                "current": request.path == url,
            }
            for label, url, count in counted
        ],
    }


urlpatterns: list[URLPattern] = [
    path("", staff_list, name="staff_list"),
    path("staff.csv", staff_export, name="staff_export"),
    path("waiting/", staff_waiting, name="staff_waiting"),
    path("invited/", staff_invited, name="staff_invited"),
    path("invited/<uuid:uuid>/withdraw/", staff_invitation_withdraw, name="staff_invitation_withdraw"),
    path("enrol/", staff_enrol, name="staff_enrol"),
    path("staff/<uuid:uuid>/", staff_member, name="staff_member"),
    path("staff/<uuid:uuid>/line-manager/", line_manager_name, name="line_manager_name"),
    path("staff/<uuid:uuid>/manager/", staff_manager, name="staff_manager"),
    path("staff/<uuid:uuid>/left/", staff_member_end, name="staff_member_end"),
]
