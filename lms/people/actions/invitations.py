"""Inviting by e-mail: to a role at a body, or to an employer's staff."""

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lms.audit.trail import record
from lms.people import bodies, notices, rules
from lms.people.actions import employments, memberships
from lms.people.models import Employment, Invitation, Membership, User
from lms.people.refusals import Refusal
from lms.people.roles import Role

HOLDS_FOR = timedelta(days=14)


class MayNotInvite(Refusal):
    """The offer is not this person's to make."""


class AlreadyThere(Refusal):
    """Whoever confirmed this address holds what the invitation would offer."""


class NotTheirAddress(Refusal):
    """The invitation went to an address that this person has not confirmed as theirs."""


class NoLongerOpen(Refusal):
    """The invitation was used or withdrawn, its time is over, or its sender may no longer make it."""


def invite(
    email: str,
    body: bodies.Body,
    *,
    role: str = "",
    by: User,
    at: datetime,
    until_on: date | None = None,
) -> Invitation:
    """Offer a role, or with no role a place among an employer's staff, to an address for 14 days.

    An open invitation to the same is given back as it is, and no second e-mail goes out.
    Raises MayNotInvite, LastDayMissing or AlreadyThere.
    """
    address, offered = email.strip().lower(), Role(role) if role else None
    today = timezone.localdate(at)
    if not rules.may_invite(by, offered, body, today):
        raise MayNotInvite(f"You cannot make this offer for {body}.")
    if offered:
        memberships.refuse_wrong_last_day(offered, until_on, today)
    with transaction.atomic():
        bodies.lock(body)
        if _is_there(address, body, role):
            raise AlreadyThere(f"{address} is there already.")
        found = open_at(body, at).filter(email=address, role=role).first()
        return found or _send(address, body, role, until_on, by, at)


def accept(token: str, *, by: User, at: datetime) -> Invitation:
    """Take up an invitation, as somebody who has confirmed the invited address.

    Raises Invitation.DoesNotExist for a token that was never sent, NotTheirAddress, NoLongerOpen, or what
    appointing raises.
    """
    invitation = named_by(token)
    if not rules.is_addressed_to(invitation, by):
        raise NotTheirAddress(
            f"This invitation was sent to {invitation.email}. Add that address to your account and confirm it,"
            " then open the link again."
        )
    if not _may_still_offer(invitation, at):
        raise NoLongerOpen(f"This invitation no longer holds. Ask {invitation.body} for a new one.")
    with transaction.atomic():
        still = Invitation.objects.filter(
            pk=invitation.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=at
        )
        if not still.update(accepted_by=by, accepted_at=at):
            invitation.refresh_from_db()
            raise NoLongerOpen(closed_sentence(invitation))
        _take_up(invitation, by, at)
        _record("invitation.accepted", invitation, by, at)
    return invitation


def withdraw(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Take an open invitation back. Raises MayNotInvite or NoLongerOpen."""
    offered = Role(invitation.role) if invitation.role else None
    if not rules.may_invite(by, offered, invitation.body, timezone.localdate(at)):
        raise MayNotInvite("You cannot withdraw this invitation.")
    still = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    with transaction.atomic():
        if not still.update(withdrawn_at=at):
            raise NoLongerOpen("This invitation is no longer open. Nothing more needs to be done.")
        _record("invitation.withdrawn", invitation, by, at)
    return invitation


def named_by(token: str) -> Invitation:
    """The invitation that this token was sent with; raises Invitation.DoesNotExist."""
    return Invitation.objects.select_related("institute", "organisation", "invited_by").get(
        token_digest=_digest(token)
    )


def open_at(body: bodies.Body, at: datetime) -> QuerySet[Invitation]:
    """The body's invitations that somebody may still accept, oldest first."""
    return Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=at, **bodies.columns(body)
    ).order_by("invited_at", "pk")


def closed_sentence(invitation: Invitation) -> str:
    """Why nobody can accept it any more, and what to do."""
    if invitation.accepted_at:
        return "This invitation has been accepted. Your account shows what you hold."
    if invitation.withdrawn_at:
        return f"{invitation.body} has withdrawn this invitation. If that surprises you, ask there."
    return f"This invitation was open for {HOLDS_FOR.days} days. Ask {invitation.body} for a new one."


def _send(
    address: str, body: bodies.Body, role: str, until_on: date | None, by: User, at: datetime
) -> Invitation:
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address,
        role=role,
        until_on=until_on,
        token_digest=_digest(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + HOLDS_FOR,
        **bodies.columns(body),
    )
    notices.invited(invitation, token, at)
    _record("invitation.sent", invitation, by, at)
    return invitation


def _take_up(invitation: Invitation, by: User, at: datetime) -> None:
    sender = invitation.invited_by
    if invitation.role:
        role, last = Role(invitation.role), invitation.until_on
        memberships.appoint(by, role, invitation.body, by=sender, at=at, until_on=last)
        return
    employment, _ = employments.open_row(
        by,
        invitation.organisation,  # type: ignore[arg-type]  # with no role it is an employer's
        line_manager=None if by == sender else sender,
        at=at,
        work_email=invitation.email,
    )
    if employment.accepted_at is None:
        employments.accept(employment, by=by, at=at)


def _may_still_offer(invitation: Invitation, at: datetime) -> bool:
    """An offer falls with the role of whoever made it: access that was cut gives nothing afterwards."""
    if not invitation.is_open(at):
        return True  # its own sentence says what is the matter
    offered = Role(invitation.role) if invitation.role else None
    return rules.may_invite(invitation.invited_by, offered, invitation.body, timezone.localdate(at))


def _is_there(address: str, body: bodies.Body, role: str) -> bool:
    theirs = {"person__emailaddress__email__iexact": address, "person__emailaddress__verified": True}
    if role:
        return Membership.objects.current().at(body).filter(role=role, **theirs).exists()
    return Employment.objects.current().filter(organisation=body, **theirs).exists()


def _record(verb: str, invitation: Invitation, by: User, at: datetime) -> None:
    facts = {"role": invitation.role, "body": str(invitation.body.uuid)}
    record(verb, invitation, by=by, at=at, institute=bodies.chain(invitation.body), facts=facts)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
