"""The e-mails about people: an invitation, an appointment, an employer's claim."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from lms.jobs.outbox import owe
from lms.people.models import Employment, Institute, Invitation, Membership
from lms.people.roles import SENTENCES, Role


def invited(invitation: Invitation, token: str, at: datetime) -> None:
    """Send the invitation; the token stands in this e-mail and nowhere else on the site."""
    role = Role(invitation.role) if invitation.role else None
    words = {
        "invitation": invitation,
        "role": role,
        "sentence": SENTENCES[role] if role else "",
        "url": _site(reverse("invitation_accept", args=[token])),
    }
    _tell("invitation", invitation.uuid, invitation.email, f"An invitation from {invitation.body}", words, at)


def appointed(membership: Membership, at: datetime) -> None:
    """Tell somebody that they hold a role now, and where its desk is."""
    role = Role(membership.role)
    door = "desk" if isinstance(membership.body, Institute) else "staff_list"
    words = {
        "membership": membership,
        "role": role,
        "sentence": SENTENCES[role],
        "url": _site(reverse(door, args=[membership.body.slug])),
        "recipient_name": membership.person.get_short_name(),
    }
    subject = f"{role.label} at {membership.body}"
    _tell("appointment", membership.uuid, membership.person.email, subject, words, at)


def employment_proposed(employment: Employment, at: datetime) -> None:
    """Ask somebody to confirm that they work where an employer says."""
    words = {
        "employment": employment,
        "url": _site(reverse("account")),
        "recipient_name": employment.person.get_short_name(),
    }
    subject = f"Do you work at {employment.organisation}?"
    _tell("employment_proposed", employment.uuid, employment.person.email, subject, words, at)


def employment_ended(employment: Employment, at: datetime) -> None:
    """Tell somebody that an employer has noted that they left."""
    words = {
        "employment": employment,
        "url": _site(reverse("account")),
        "recipient_name": employment.person.get_short_name(),
    }
    subject = f"{employment.organisation} has noted that you left"
    _tell("employment_ended", employment.uuid, employment.person.email, subject, words, at)


def _tell(
    kind: str, about: UUID, address: str, subject: str, words: Mapping[str, object], at: datetime
) -> None:
    body = render_to_string(f"people/emails/{kind}.txt", {"site_url": settings.PIPER_BASE_URL, **words})
    owe(kind, about, address, subject, body, at=at)


def _site(path: str) -> str:
    return settings.PIPER_BASE_URL + path
