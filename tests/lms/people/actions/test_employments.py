"""Working somewhere: proposed, accepted, ended."""

from datetime import datetime

import pytest

from lms.audit.models import Event
from lms.jobs.models import Mail
from lms.people import access
from lms.people.actions.employments import (
    AlreadyEnded,
    MayNotEmploy,
    NothingToAccept,
    NotTheirOwn,
    NotTheLineManager,
    accept,
    end,
    name_line_manager,
    propose,
)
from lms.people.models import Employment, Organisation, User
from lms.people.roles import Role
from tests.factories import people

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Event.objects.order_by("sequence").values_list("verb", flat=True))


def test_an_employer_asks_and_sees_nothing_before_the_person_says_yes(
    manuel: User, ben: User, marlshire: Organisation, at: datetime
) -> None:
    employment = propose(ben, marlshire, line_manager=manuel, by=manuel, at=at)

    assert Mail.objects.get().subject == "Do you work at Marlshire County Council?"
    assert not Employment.objects.current().filter(person=ben).exists()

    accept(employment, by=ben, at=at)

    assert Employment.objects.current().get(person=ben) == employment
    assert verbs() == ["employment.proposed", "employment.accepted"]


def test_asking_again_asks_once(manuel: User, ben: User, marlshire: Organisation, at: datetime) -> None:
    first = propose(ben, marlshire, line_manager=manuel, by=manuel, at=at)
    second = propose(ben, marlshire, line_manager=None, by=manuel, at=at)

    assert first == second
    assert Mail.objects.count() == 1


def test_only_a_manager_there_speaks_for_an_employer(
    ines: User, ben: User, marlshire: Organisation, at: datetime
) -> None:
    with pytest.raises(MayNotEmploy):
        propose(ben, marlshire, line_manager=None, by=ines, at=at)


def test_a_line_manager_manages_there_and_is_somebody_else(
    manuel: User, ada: User, ben: User, marlshire: Organisation, at: datetime
) -> None:
    with pytest.raises(NotTheLineManager):
        propose(ben, marlshire, line_manager=ada, by=manuel, at=at)
    with pytest.raises(NotTheLineManager):
        propose(manuel, marlshire, line_manager=manuel, by=manuel, at=at)


def test_nobody_accepts_for_another(manuel: User, ben: User, marlshire: Organisation, at: datetime) -> None:
    employment = propose(ben, marlshire, line_manager=None, by=manuel, at=at)

    with pytest.raises(NotTheirOwn):
        accept(employment, by=manuel, at=at)


def test_accepting_twice_or_after_declining_is_said_not_done(
    manuel: User, ben: User, marlshire: Organisation, at: datetime
) -> None:
    employment = propose(ben, marlshire, line_manager=None, by=manuel, at=at)
    end(employment, by=ben, at=at)

    with pytest.raises(NothingToAccept):
        accept(employment, by=ben, at=at)

    assert verbs() == ["employment.proposed", "employment.declined"]


def test_leaving_ends_the_employers_view_and_a_managers_role(
    manuel: User, marlshire: Organisation, at: datetime
) -> None:
    employment = people.employ(manuel, marlshire)

    end(employment, by=manuel, at=at)

    assert not Employment.objects.current().filter(person=manuel).exists()
    assert access.roles_at(User.objects.get(pk=manuel.pk), marlshire) == frozenset()
    assert verbs() == ["membership.stood_down", "employment.ended"]


def test_an_employer_notes_that_somebody_left_and_they_are_told(
    manuel: User, ada: User, at: datetime
) -> None:
    end(ada.employments.get(), by=manuel, at=at)

    assert Mail.objects.get().recipient == "ada.bright@example.org"
    with pytest.raises(AlreadyEnded):
        end(ada.employments.get(), by=manuel, at=at)


def test_a_stranger_ends_nothing(otto: User, manuel: User, ada: User, at: datetime) -> None:
    with pytest.raises(MayNotEmploy):
        end(ada.employments.get(), by=otto, at=at)


def test_a_line_manager_is_named_and_unnamed(
    manuel: User, ada: User, marlshire: Organisation, at: datetime
) -> None:
    maria = people.person("Maria", "Santos")
    people.appoint(maria, Role.MANAGER, marlshire)
    employment = ada.employments.get()

    name_line_manager(employment, maria, by=manuel, at=at)
    assert ada.employments.get().line_manager == maria

    name_line_manager(employment, None, by=manuel, at=at)
    assert ada.employments.get().line_manager is None


def test_nobody_outside_names_a_line_manager_and_nobody_names_an_outsider(
    manuel: User, otto: User, ada: User, at: datetime
) -> None:
    employment = ada.employments.get()

    with pytest.raises(MayNotEmploy):
        name_line_manager(employment, manuel, by=otto, at=at)
    with pytest.raises(NotTheLineManager):
        name_line_manager(employment, otto, by=manuel, at=at)


def test_somebody_who_left_gets_no_line_manager(manuel: User, ada: User, at: datetime) -> None:
    employment = ada.employments.get()
    end(employment, by=ada, at=at)

    with pytest.raises(AlreadyEnded):
        name_line_manager(employment, manuel, by=manuel, at=at)
