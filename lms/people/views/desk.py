"""An institute's people: who holds which role, who is invited, and who stands down."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lms.people import rules
from lms.people.access import institute_view
from lms.people.actions import invitations, memberships
from lms.people.forms import AppointForm, InviteForm
from lms.people.models import Institute, Invitation, Membership, User
from lms.people.refusals import Refusal
from lms.people.roles import INSTITUTE_ROLES, SENTENCES, Permission, Role
from lms.ui.conflict import conflict


@institute_view(Permission.APPOINT_PEOPLE)
def people_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    held = Membership.objects.current().at(institute).select_related("person", "appointed_by")
    holders: dict[str, list[Membership]] = {}
    for membership in held.order_by("person__last_name", "person__first_name"):
        holders.setdefault(membership.role, []).append(membership)
    context = {
        "institute": institute,
        "roles": [(role.label, SENTENCES[role], holders.get(role, [])) for role in INSTITUTE_ROLES],
        "invitations": invitations.open_at(institute, request.at).select_related("invited_by"),
    }
    return render(request, "people/people_list.html", context)


@institute_view(Permission.APPOINT_PEOPLE)
def person_invite(request: HttpRequest, institute: Institute) -> HttpResponse:
    form = InviteForm(request.POST or None, offered=_offered(request, institute))
    if form.is_valid():
        given = form.cleaned_data
        try:
            sent = invitations.invite(
                given["email"],
                institute,
                role=given["role"],
                until_on=given["until_on"],
                by=request.user,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"An invitation is on its way to {sent.email}.")
            return redirect("people_list", institute.slug)
    return render(request, "people/person_invite.html", {"institute": institute, "form": form})


@institute_view(Permission.APPOINT_PEOPLE)
def person_appoint(request: HttpRequest, institute: Institute) -> HttpResponse:
    known = _known_at(institute).exclude(pk=request.user.pk)
    form = AppointForm(request.POST or None, offered=_offered(request, institute), people=known)
    if form.is_valid():
        given = form.cleaned_data
        try:
            memberships.appoint(
                given["person"],
                given["role"],
                institute,
                until_on=given["until_on"],
                by=request.user,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{given['person']} has a new role: {given['role'].label}.")
            return redirect("people_list", institute.slug)
    context = {"institute": institute, "form": form, "knows_anybody": known.exists()}
    return render(request, "people/person_appoint.html", context)


@institute_view(Permission.APPOINT_PEOPLE)
def membership_stand_down(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.at(institute).select_related("person"), uuid=uuid)
    back = f"/at/{institute.slug}/people/"
    if request.method == "POST":
        try:
            memberships.stand_down(membership, by=request.user, at=request.at)
        except Refusal as refusal:
            return conflict(request, refusal, back, "Back to people")
        messages.success(request, f"{membership.person} has stood down.")
        return redirect("my_learning" if membership.person == request.user else back)
    if membership.ended_at:
        return conflict(request, f"{membership.person} has stood down already.", back, "Back to people")
    context = {
        "membership": membership,
        "body": institute,
        "is_own": membership.person == request.user,
        "back": back,
    }
    return render(request, "people/membership_stand_down.html", context)


@require_POST
@institute_view(Permission.APPOINT_PEOPLE)
def invitation_withdraw(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    invitation = get_object_or_404(Invitation, institute=institute, uuid=uuid)
    try:
        invitations.withdraw(invitation, by=request.user, at=request.at)
    except Refusal as refusal:
        return conflict(request, refusal, f"/at/{institute.slug}/people/", "Back to people")
    messages.success(request, f"The invitation to {invitation.email} no longer holds.")
    return redirect("people_list", institute.slug)


def _offered(request: HttpRequest, institute: Institute) -> list[Role]:
    today = timezone.localdate(request.at)
    return [role for role in INSTITUTE_ROLES if rules.may_offer(request.user, role, institute, today)]


def _known_at(institute: Institute) -> QuerySet[User]:
    """Whoever holds or held a role here. Others are invited: a list of everybody would tell who has an account."""
    known = Membership.objects.filter(institute=institute).values("person")
    return User.objects.filter(pk__in=known, is_active=True).order_by("last_name", "first_name")
