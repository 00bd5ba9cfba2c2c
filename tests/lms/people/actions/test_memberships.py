"""Appointing and standing down: by whom, of what, and what follows."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from lms.audit.models import Event
from lms.jobs.models import Mail
from lms.people import access
from lms.people.actions.memberships import (
    AlreadyHeld,
    AlreadyStoodDown,
    LastAdministrator,
    LastDayMissing,
    MayNotAppoint,
    MayNotStandDown,
    appoint,
    end_those_past_their_last_day,
    stand_down,
)
from lms.people.models import Institute, Membership, Organisation, User
from lms.people.roles import Permission, Role
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_an_administrator_gives_a_role_and_the_person_is_told(
    ines: User, ben: User, aldermoor: Institute, at: datetime
) -> None:
    appoint(ben, Role.ASSESSOR, aldermoor, by=ines, at=at)

    mail = Mail.objects.get()
    event = Event.objects.get()
    assert access.roles_at(ben, aldermoor) == {Role.ASSESSOR}
    assert mail.recipient == "ben.carter@example.org"
    assert "Dear Ben," in mail.body
    assert "http://localhost:8000/at/aldermoor/" in mail.body
    assert (event.chain, event.verb, event.actor) == (str(aldermoor.uuid), "membership.appointed", ines.uuid)


def test_a_role_works_at_the_next_question_not_only_at_the_next_request(
    ines: User, ben: User, aldermoor: Institute, at: datetime
) -> None:
    assert not access.can(ben, Permission.MARK_WORK, aldermoor)

    appoint(ben, Role.ASSESSOR, aldermoor, by=ines, at=at)

    assert access.can(ben, Permission.MARK_WORK, aldermoor)


def test_nobody_appoints_themselves(ines: User, aldermoor: Institute, at: datetime) -> None:
    with pytest.raises(MayNotAppoint, match="You cannot make Ines Duarte an assessor at Aldermoor"):
        appoint(ines, Role.ASSESSOR, aldermoor, by=ines, at=at)


def test_the_database_too_refuses_a_self_made_assessor(
    ines: User, aldermoor: Institute, at: datetime
) -> None:
    with pytest.raises(IntegrityError, match="nobody_appoints_themselves"), transaction.atomic():
        Membership.objects.create(
            person=ines, appointed_by=ines, role=Role.ASSESSOR, institute=aldermoor, started_at=at
        )


@pytest.mark.parametrize("name", ["asif", "mina", "lena", "rosa", "adil"])
def test_nobody_below_an_administrator_appoints_anybody(
    name: str, request: pytest.FixtureRequest, ben: User, aldermoor: Institute, at: datetime
) -> None:
    somebody = request.getfixturevalue(name)

    for role in (Role.ASSESSOR, Role.AUTHOR, Role.ADMINISTRATOR):
        with pytest.raises(MayNotAppoint):
            appoint(ben, role, aldermoor, by=somebody, at=at)


def test_an_administrator_appoints_at_their_own_institute_only(
    ines: User, ben: User, fenwick: Institute, marlshire: Organisation, at: datetime
) -> None:
    with pytest.raises(MayNotAppoint):
        appoint(ben, Role.ASSESSOR, fenwick, by=ines, at=at)
    with pytest.raises(MayNotAppoint):
        appoint(ben, Role.MANAGER, marlshire, by=ines, at=at)


def test_an_institute_has_no_managers_and_an_organisation_no_assessors(
    ines: User, manuel: User, ben: User, aldermoor: Institute, marlshire: Organisation, at: datetime
) -> None:
    with pytest.raises(MayNotAppoint):
        appoint(ben, Role.MANAGER, aldermoor, by=ines, at=at)
    with pytest.raises(MayNotAppoint):
        appoint(ben, Role.ASSESSOR, marlshire, by=manuel, at=at)


def test_a_manager_makes_another_manager_and_the_sites_chain_says_so(
    manuel: User, ben: User, marlshire: Organisation, at: datetime
) -> None:
    appoint(ben, Role.MANAGER, marlshire, by=manuel, at=at)

    assert access.roles_at(ben, marlshire) == {Role.MANAGER}
    assert Event.objects.get().chain == "site"


def test_the_operator_names_administrators_and_managers_and_nobody_else(
    ben: User, aldermoor: Institute, marlshire: Organisation, at: datetime
) -> None:
    appoint(ben, Role.ADMINISTRATOR, aldermoor, by=None, at=at)
    appoint(ben, Role.MANAGER, marlshire, by=None, at=at)

    with pytest.raises(MayNotAppoint):
        appoint(ben, Role.ASSESSOR, aldermoor, by=None, at=at)


def test_a_role_is_held_once(ines: User, asif: User, aldermoor: Institute, at: datetime) -> None:
    with pytest.raises(AlreadyHeld, match="Asif Rahman is an assessor"):
        appoint(asif, Role.ASSESSOR, aldermoor, by=ines, at=at)

    assert Event.objects.count() == 0


def test_an_external_quality_assurer_has_a_last_day_and_nobody_else_has(
    ines: User, ben: User, aldermoor: Institute, at: datetime
) -> None:
    with pytest.raises(LastDayMissing):
        appoint(ben, Role.EQA, aldermoor, by=ines, at=at)
    with pytest.raises(LastDayMissing):
        appoint(ben, Role.EQA, aldermoor, by=ines, at=at, until_on=date(2026, 11, 22))
    with pytest.raises(LastDayMissing):
        appoint(ben, Role.ASSESSOR, aldermoor, by=ines, at=at, until_on=date(2026, 12, 1))

    appoint(ben, Role.EQA, aldermoor, by=ines, at=at, until_on=date(2026, 11, 23))

    assert access.can(ben, Permission.READ_QUALITY, aldermoor, date(2026, 11, 23))
    assert not access.can(ben, Permission.READ_QUALITY, aldermoor, date(2026, 11, 24))


def test_a_role_ends_by_itself_after_its_last_day_and_the_trail_says_so(
    ines: User, ben: User, aldermoor: Institute, at: datetime
) -> None:
    appoint(ben, Role.EQA, aldermoor, by=ines, at=at, until_on=date(2026, 11, 23))

    assert end_those_past_their_last_day(at) == 0
    assert end_those_past_their_last_day(at + timedelta(days=1)) == 1
    assert end_those_past_their_last_day(at + timedelta(days=1)) == 0

    last = Event.objects.order_by("-sequence").first()
    assert access.roles_at(ben, aldermoor) == frozenset()
    assert (last.verb, last.actor) == ("membership.stood_down", None)


def test_people_give_up_their_own_role(asif: User, aldermoor: Institute, at: datetime) -> None:
    stand_down(asif.memberships.get(), by=asif, at=at)

    assert access.roles_at(asif, aldermoor) == frozenset()
    assert Event.objects.get().verb == "membership.stood_down"


def test_an_administrator_takes_a_role_back(
    ines: User, asif: User, aldermoor: Institute, at: datetime
) -> None:
    stand_down(asif.memberships.get(), by=ines, at=at)

    assert access.roles_at(asif, aldermoor) == frozenset()


def test_a_colleague_or_another_institutes_administrator_takes_nothing_back(
    asha: User, otto: User, asif: User, at: datetime
) -> None:
    for somebody in (asha, otto):
        with pytest.raises(MayNotStandDown):
            stand_down(asif.memberships.get(), by=somebody, at=at)


def test_the_last_administrator_cannot_stand_down(ines: User, aldermoor: Institute, at: datetime) -> None:
    with pytest.raises(LastAdministrator, match="would have no administrator"):
        stand_down(ines.memberships.get(), by=ines, at=at)

    assert access.roles_at(ines, aldermoor) == {Role.ADMINISTRATOR}


def test_an_administrator_whose_account_is_closed_does_not_count_as_one_who_stays(
    ines: User, aldermoor: Institute, at: datetime
) -> None:
    people.appoint(people.person("Gone", is_active=False), Role.ADMINISTRATOR, aldermoor)

    with pytest.raises(LastAdministrator):
        stand_down(ines.memberships.get(), by=ines, at=at)


def test_one_of_two_administrators_may_stand_down(
    ines: User, ben: User, aldermoor: Institute, at: datetime
) -> None:
    people.appoint(ben, Role.ADMINISTRATOR, aldermoor)

    stand_down(ines.memberships.get(), by=ines, at=at)

    assert [each.person for each in Membership.objects.current()] == [ben]


def test_standing_down_twice_is_said_not_done(asif: User, at: datetime) -> None:
    membership = asif.memberships.get()
    stand_down(membership, by=asif, at=at)

    with pytest.raises(AlreadyStoodDown):
        stand_down(membership, by=asif, at=at)

    assert Event.objects.count() == 1
