"""Appointing people to roles, and standing down."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lms.audit.trail import record
from lms.people import access, bodies, cms_groups, notices, rules
from lms.people.models import Membership, User
from lms.people.refusals import Refusal
from lms.people.roles import Role


class MayNotAppoint(Refusal):
    """The role is not this person's to give, or they would give it to themselves."""


class AlreadyHeld(Refusal):
    """The person holds the role at this body already."""


class LastDayMissing(Refusal):
    """The role ends on a named day and none was named, or the day has passed."""


class MayNotStandDown(Refusal):
    """The role is neither this person's own nor theirs to take back."""


class LastAdministrator(Refusal):
    """Nobody would be left who can appoint people."""


class AlreadyStoodDown(Refusal):
    """The role ended before."""


def appoint(
    person: User,
    role: Role,
    body: bodies.Body,
    *,
    by: User | None,
    at: datetime,
    until_on: date | None = None,
) -> Membership:
    """Give a person a role at a body, and with it the CMS rights it carries; tells them by e-mail.

    `by` is None for the operator at the command line. Raises MayNotAppoint, LastDayMissing or AlreadyHeld.
    """
    today = timezone.localdate(at)
    if not rules.may_appoint(by, person, role, body, today):
        raise MayNotAppoint(f"You cannot make {person} {_article(role)} at {body}.")
    refuse_wrong_last_day(role, until_on, today)
    with transaction.atomic():
        bodies.lock(body)
        if Membership.objects.current().at(body).filter(person=person, role=role).exists():
            raise AlreadyHeld(f"{person} is {_article(role)} at {body} already.")
        membership = Membership.objects.create(
            person=person,
            role=role,
            appointed_by=by,
            started_at=at,
            until_on=until_on,
            **bodies.columns(body),
        )
        cms_groups.keep(person, body)
        notices.appointed(membership, at)
        _record("membership.appointed", membership, by, at)
    access.forget(person)
    return membership


def stand_down(membership: Membership, *, by: User | None, at: datetime) -> Membership:
    """End a role now; access goes with the next request.

    Raises MayNotStandDown, LastAdministrator or AlreadyStoodDown.
    """
    if not rules.may_stand_down(by, membership, timezone.localdate(at)):
        raise MayNotStandDown("You cannot end this role. Ask an administrator.")
    with transaction.atomic():
        # Two administrators who let each other go at once would each see the other as the one who stays.
        bodies.lock(membership.body)
        if rules.is_last_administrator(membership):
            raise LastAdministrator(
                f"{membership.body} would have no administrator. Appoint another one first."
            )
        end(membership, by=by, at=at)
    return membership


def end(membership: Membership, *, by: User | None, at: datetime) -> None:
    """End a role without asking whose it is, as when its last day has passed. Raises AlreadyStoodDown."""
    with transaction.atomic():
        if not Membership.objects.current().filter(pk=membership.pk).update(ended_at=at):
            raise AlreadyStoodDown(f"{membership} has ended already. Nothing more needs to be done.")
        cms_groups.keep(membership.person, membership.body)
        _record("membership.stood_down", membership, by, at)
    membership.ended_at = at
    access.forget(membership.person)


def end_those_past_their_last_day(at: datetime) -> int:
    """Clock work: end the roles whose last day is over; returns how many there were."""
    over = Membership.objects.current().filter(until_on__lt=timezone.localdate(at))
    found = list(over.select_related("person", "institute", "organisation"))
    for membership in found:
        end(membership, by=None, at=at)
    return len(found)


def refuse_wrong_last_day(role: Role, until_on: date | None, today: date) -> None:
    """Raise LastDayMissing where the role needs a last day and has none to come, or has one and needs none."""
    if rules.has_last_day(role) != (until_on is not None):
        raise LastDayMissing(f"{role.label}: name the last day. Other roles have none.")
    if until_on is not None and until_on < today:
        raise LastDayMissing("The last day has passed. Name one to come.")


def _record(verb: str, membership: Membership, by: User | None, at: datetime) -> None:
    body = membership.body
    facts = {"role": membership.role, "person": str(membership.person.uuid), "body": str(body.uuid)}
    record(verb, membership, by=by, at=at, institute=bodies.chain(body), facts=facts)


def _article(role: Role) -> str:
    word = role.label.lower()
    return f"an {word}" if word[0] in "aeio" else f"a {word}"
