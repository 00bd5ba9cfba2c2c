"""Working at an organisation: proposed by the employer, accepted by the person, ended by either."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lms.audit.trail import record
from lms.people import bodies, notices, rules
from lms.people.actions import memberships
from lms.people.models import Employment, Membership, Organisation, User
from lms.people.refusals import Refusal


class MayNotEmploy(Refusal):
    """Somebody speaks for an employer without a role there."""


class NotTheLineManager(Refusal):
    """The line manager who was named does not manage at the organisation, or is the person."""


class NotTheirOwn(Refusal):
    """Only the person themselves can say that an employment is so."""


class NothingToAccept(Refusal):
    """The employment was accepted before, or has ended."""


class AlreadyEnded(Refusal):
    """The employment has ended before."""


def propose(
    person: User, organisation: Organisation, *, line_manager: User | None, by: User, at: datetime
) -> Employment:
    """Ask a person to confirm that they work here; asking again gives the same row.

    Raises MayNotEmploy or NotTheLineManager.
    """
    today = timezone.localdate(at)
    if not rules.may_employ(by, organisation, today):
        raise MayNotEmploy(f"You cannot speak for {organisation}.")
    with transaction.atomic():
        employment, is_new = open_row(person, organisation, line_manager=line_manager, at=at)
        if is_new:
            notices.employment_proposed(employment, at)
            _record("employment.proposed", employment, by, at)
    return employment


def open_row(
    person: User,
    organisation: Organisation,
    *,
    line_manager: User | None,
    at: datetime,
    work_email: str = "",
) -> tuple[Employment, bool]:
    """The open employment of a person at an organisation, and whether it was made now; not yet accepted.

    Raises NotTheLineManager.
    """
    today = timezone.localdate(at)
    employment = Employment(
        person=person,
        organisation=organisation,
        line_manager=line_manager,
        work_email=work_email,
        from_on=today,
    )
    if line_manager and not rules.may_lead(line_manager, employment, today):
        raise NotTheLineManager(f"{line_manager} does not manage at {organisation}. Name a manager there.")
    bodies.lock(organisation)
    found = Employment.objects.filter(person=person, organisation=organisation, ended_on=None).first()
    if found:
        return found, False
    employment.save()
    return employment, True


def accept(employment: Employment, *, by: User, at: datetime) -> Employment:
    """The person confirms that they work there; from now on the employer sees where they stand.

    Raises NotTheirOwn or NothingToAccept.
    """
    if by != employment.person:
        raise NotTheirOwn("Only the person concerned can accept.")
    waiting = Employment.objects.filter(pk=employment.pk, accepted_at=None, ended_on=None)
    with transaction.atomic():
        if not waiting.update(accepted_at=at):
            raise NothingToAccept("You have answered this before. Nothing more needs to be done.")
        _record("employment.accepted", employment, by, at)
    employment.accepted_at = at
    return employment


def end(employment: Employment, *, by: User, at: datetime) -> Employment:
    """Leave, decline, or note that somebody has left; the employer's view ends with the next request.

    Roles that the person held at the organisation end with it. Raises MayNotEmploy or AlreadyEnded.
    """
    today = timezone.localdate(at)
    if not rules.may_end(by, employment, today):
        raise MayNotEmploy("Only the person and their employer can end an employment.")
    declined = employment.accepted_at is None
    with transaction.atomic():
        if not Employment.objects.filter(pk=employment.pk, ended_on=None).update(ended_on=today):
            raise AlreadyEnded("This employment has ended already. Nothing more needs to be done.")
        for role in Membership.objects.current().at(employment.organisation).filter(person=employment.person):
            memberships.end(role, by=by, at=at)
        if by != employment.person:
            notices.employment_ended(employment, at)
        _record("employment.declined" if declined else "employment.ended", employment, by, at)
    employment.ended_on = today
    return employment


def name_line_manager(
    employment: Employment, line_manager: User | None, *, by: User, at: datetime
) -> Employment:
    """Say whose team somebody is in, or nobody's. Raises MayNotEmploy, NotTheLineManager or AlreadyEnded."""
    today = timezone.localdate(at)
    if not rules.may_employ(by, employment.organisation, today):
        raise MayNotEmploy(f"You cannot speak for {employment.organisation}.")
    if line_manager and not rules.may_lead(line_manager, employment, today):
        raise NotTheLineManager(f"{line_manager} cannot be the line manager. Name another manager.")
    with transaction.atomic():
        if not Employment.objects.current().filter(pk=employment.pk).update(line_manager=line_manager):
            raise AlreadyEnded(f"{employment.person} no longer works at {employment.organisation}.")
        _record("employment.line_manager_named", employment, by, at)
    employment.line_manager = line_manager
    return employment


def _record(verb: str, employment: Employment, by: User, at: datetime) -> None:
    facts = {"organisation": str(employment.organisation.uuid), "person": str(employment.person.uuid)}
    record(verb, employment, by=by, at=at, facts=facts)
