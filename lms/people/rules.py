"""Who may appoint, invite, employ and stand down; each as a question.

`by` is a person, or None for the site's operator at the command line, who names the administrators of
an institute and the managers of an organisation, and nobody else (reliability.md 3, S4 and S5).
"""

from datetime import date

from allauth.account.models import EmailAddress

from lms.people import access
from lms.people.bodies import Body
from lms.people.models import Employment, Institute, Invitation, Membership, Organisation, User
from lms.people.roles import INSTITUTE_ROLES, MAY_APPOINT, ORGANISATION_ROLES, Permission, Role

NAMED_BY_OPERATOR = frozenset({Role.ADMINISTRATOR, Role.MANAGER})


def exists_at(role: Role, body: Body) -> bool:
    """Whether this kind of body has the role at all."""
    return role in (INSTITUTE_ROLES if isinstance(body, Institute) else ORGANISATION_ROLES)


def may_offer(by: User | None, role: Role, body: Body, on: date) -> bool:
    """Whether one of the person's own roles at the body lets them give this one."""
    if not exists_at(role, body):
        return False
    if by is None:
        return role in NAMED_BY_OPERATOR
    return any(role in MAY_APPOINT.get(held, ()) for held in access.roles_at(by, body, on))


def may_appoint(by: User | None, person: User, role: Role, body: Body, on: date) -> bool:
    """Nobody appoints themselves, and nobody gives a role that theirs may not give."""
    return by != person and may_offer(by, role, body, on)


def may_stand_down(by: User | None, membership: Membership, on: date) -> bool:
    """People give up their own roles; whoever may give a role may also take it back."""
    return by == membership.person or may_offer(by, Role(membership.role), membership.body, on)


def is_last_administrator(membership: Membership) -> bool:
    """Whether the institute would be left with nobody who can appoint people."""
    if membership.role != Role.ADMINISTRATOR:
        return False
    others = Membership.objects.current().at(membership.body).exclude(pk=membership.pk)
    return not others.filter(role=Role.ADMINISTRATOR, person__is_active=True).exists()


def has_last_day(role: Role) -> bool:
    """An external quality assurer reads between named dates; no other role ends by itself."""
    return role == Role.EQA


def may_employ(by: User, organisation: Organisation, on: date) -> bool:
    """Whether the person may say of others that they work at the organisation, and that they do not any more."""
    return access.can(by, Permission.ENROL_STAFF, organisation, on)


def may_invite(by: User, role: Role | None, body: Body, on: date) -> bool:
    """Whether the person may offer by e-mail: a role, or, with None, a place among an employer's staff."""
    if role is not None:
        return may_offer(by, role, body, on)
    return isinstance(body, Organisation) and may_employ(by, body, on)


def may_end(by: User, employment: Employment, on: date) -> bool:
    """People leave by themselves; an employer may also say that somebody has left."""
    return by == employment.person or may_employ(by, employment.organisation, on)


def may_lead(person: User, employment: Employment, on: date) -> bool:
    """Whether the person can be named as the line manager: a manager there, and somebody else."""
    return person != employment.person and access.can(
        person, Permission.SEE_STAFF, employment.organisation, on
    )


def is_addressed_to(invitation: Invitation, person: User) -> bool:
    """Whether the invited address is one that the person has confirmed as theirs."""
    return EmailAddress.objects.filter(user=person, verified=True, email__iexact=invitation.email).exists()
