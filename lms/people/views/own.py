"""A person's own pages: their account, their roles and employers, and invitations to accept."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from lms.people import access, rules
from lms.people.actions import employments, invitations, memberships, profiles
from lms.people.adapter import INVITED
from lms.people.forms import NameForm
from lms.people.models import Employment, Invitation, Membership
from lms.people.refusals import Refusal
from lms.people.roles import SENTENCES, Role
from lms.ui.conflict import conflict


@login_required
def account(request: HttpRequest) -> HttpResponse:
    person = request.user
    initial = {"first_name": person.first_name, "last_name": person.last_name}
    form = NameForm(request.POST or None, initial=initial)
    if form.is_valid():
        profiles.rename(person, **form.cleaned_data, at=request.at)
        messages.success(request, "Your name is saved.")
        return redirect("account")
    open_employments = person.employments.filter(ended_on=None).select_related("organisation", "line_manager")
    context = {
        "form": form,
        "addresses": EmailAddress.objects.filter(user=person).order_by("-primary", "email"),
        "roles": access.memberships(person),
        "proposed": [each for each in open_employments if not each.accepted_at],
        "employers": [each for each in open_employments if each.accepted_at],
    }
    return render(request, "people/account.html", context)


@login_required
def role_give_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    mine = Membership.objects.select_related("person", "institute", "organisation")
    membership = get_object_or_404(mine, person=request.user, uuid=uuid)
    if request.method == "POST":
        try:
            memberships.stand_down(membership, by=request.user, at=request.at)
        except Refusal as refusal:
            return conflict(request, refusal, "/my/account/", "Back to your account")
        messages.success(request, f"You have stood down at {membership.body}.")
        return redirect("account")
    if membership.ended_at:
        return conflict(request, "This role has ended already.", "/my/account/", "Back to your account")
    context = {"membership": membership, "body": membership.body, "is_own": True, "back": "/my/account/"}
    return render(request, "people/membership_stand_down.html", context)


@require_POST
@login_required
def employment_accept(request: HttpRequest, uuid: UUID) -> HttpResponse:
    employment = get_object_or_404(Employment, person=request.user, uuid=uuid)
    try:
        employments.accept(employment, by=request.user, at=request.at)
    except Refusal as refusal:
        return conflict(request, refusal, "/my/account/", "Back to your account")
    messages.success(request, f"{employment.organisation} can now enrol you and see where you stand.")
    return redirect("account")


@login_required
def employment_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Decline what an employer claims, or leave it: the same answer, with other words."""
    mine = Employment.objects.select_related("organisation", "person")
    employment = get_object_or_404(mine, person=request.user, uuid=uuid)
    if request.method == "POST":
        try:
            employments.end(employment, by=request.user, at=request.at)
        except Refusal as refusal:
            return conflict(request, refusal, "/my/account/", "Back to your account")
        messages.success(request, f"{employment.organisation} sees nothing of yours from now on.")
        return redirect("account")
    if employment.ended_on:
        return conflict(request, "You have left already.", "/my/account/", "Back to your account")
    held = Membership.objects.current().at(employment.organisation).filter(person=request.user)
    return render(request, "people/employment_end.html", {"employment": employment, "roles": held})


def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, to whoever has the link; taken up by the person whose address it was sent to."""
    try:
        invitation = invitations.named_by(token)
    except Invitation.DoesNotExist:
        raise Http404 from None
    if not invitation.is_open(request.at):
        request.session.pop(INVITED, None)
        return conflict(request, invitations.closed_sentence(invitation), "/my/", "Go to my learning")
    if not request.user.is_authenticated:
        # With it a person may register where only the invited may, and comes back here afterwards.
        request.session[INVITED] = token
        return render(request, "people/invitation.html", _offer(invitation))
    if request.method == "POST":
        return _take_up(request, token)
    context = {"is_addressed": rules.is_addressed_to(invitation, request.user), **_offer(invitation)}
    return render(request, "people/invitation.html", context)


def _take_up(request: HttpRequest, token: str) -> HttpResponse:
    try:
        invitation = invitations.accept(token, by=request.user, at=request.at)
    except Refusal as refusal:
        return conflict(request, refusal, "/my/account/", "Go to your account")
    request.session.pop(INVITED, None)
    if invitation.institute:
        messages.success(request, f"You now work with {invitation.body}.")
        return redirect("desk", invitation.institute.slug)
    messages.success(request, f"{invitation.body} can now enrol you and see where you stand.")
    return redirect("account" if not invitation.role else "staff_list", *_slug_of_staff(invitation))


def _slug_of_staff(invitation: Invitation) -> list[str]:
    return [invitation.organisation.slug] if invitation.role else []


def _offer(invitation: Invitation) -> dict[str, object]:
    role = Role(invitation.role) if invitation.role else None
    return {
        "invitation": invitation,
        "role": role,
        "sentence": SENTENCES[role] if role else "",
    }
