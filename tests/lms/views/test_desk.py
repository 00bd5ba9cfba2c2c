"""The desk shows each person the doors that their role opens, and what waits behind them."""

from collections.abc import Callable

import pytest
from django.test import Client

from assessments.models import AssignmentPage
from courses.models import Enrolment
from lms.people.models import Institute, User
from tests.factories import work

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def doors(browser: Client) -> list[tuple[str, str]]:
    """Each door's title, and what waits behind it."""
    shown = browser.get("/at/aldermoor/").context["doors"]
    return [(door["title"], door["waiting"].words if door["waiting"] else "") for door in shown]


def test_an_assessor_sees_how_much_work_waits(
    asif: User, enrolment: Enrolment, brief: AssignmentPage, sign_in: SignIn, at: object
) -> None:
    work.hand_in(enrolment, brief, at)

    assert doors(sign_in(asif)) == [("Marking", "1 submission waits"), ("Logs", "")]


def test_an_assessor_with_nothing_to_do_is_told_so(asif: User, sign_in: SignIn) -> None:
    assert doors(sign_in(asif)) == [("Marking", "No submissions wait"), ("Logs", "")]


def test_an_administrator_judges_nobody(ines: User, sign_in: SignIn) -> None:
    titles = [title for title, _ in doors(sign_in(ines))]

    assert titles == ["Register", "People", "Adjustments", "Set aside", "Settings", "Audit trail"]


def test_every_door_that_is_shown_opens(aldermoor: Institute, sign_in: SignIn, request: object) -> None:
    for name in ("asif", "mina", "lena", "rosa", "adil", "ines"):
        browser = sign_in(request.getfixturevalue(name))
        for door in browser.get("/at/aldermoor/").context["doors"]:
            assert browser.get(door["url"]).status_code == 200, door["url"]


def test_another_institutes_desk_is_not_there(otto: User, aldermoor: Institute, sign_in: SignIn) -> None:
    assert sign_in(otto).get("/at/aldermoor/").status_code == 404
