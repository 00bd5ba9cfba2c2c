"""The audit trail as people read it."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lms.audit.models import Event
from lms.audit.trail import record
from lms.people.actions import memberships
from lms.people.models import Institute, User
from lms.people.roles import Role
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]

TRAIL = "/at/aldermoor/audit/"


@pytest.fixture
def trail(aldermoor: Institute, ines: User, ben: User, at: datetime) -> None:
    """Ines made Ben an assessor, and he gave the role up an hour later."""
    membership = memberships.appoint(ben, Role.ASSESSOR, aldermoor, by=ines, at=at)
    memberships.stand_down(membership, by=ben, at=at + timedelta(hours=1))


def without_tokens(page: Any) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', "", page.content.decode())


def lines(client: Client, query: str = "") -> list[tuple[str, str, str]]:
    return [(line.words, line.who, line.subject) for line in client.get(TRAIL + query).context["lines"]]


def test_an_administrator_and_a_lead_read_it_and_nobody_else_there_does(
    trail: None, ines: User, lena: User, asif: User, rosa: User, sign_in: Any
) -> None:
    assert sign_in(ines).get(TRAIL).status_code == sign_in(lena).get(TRAIL).status_code == 200
    assert sign_in(asif).get(TRAIL).status_code == sign_in(rosa).get(TRAIL).status_code == 403


def test_a_stranger_signs_in_and_an_outsider_learns_nothing(trail: None, otto: User, sign_in: Any) -> None:
    assert Client().get(TRAIL).headers["Location"] == f"/accounts/login/?next={TRAIL}"
    browser = sign_in(otto)
    there, missing = browser.get(TRAIL), browser.get("/at/nowhere/audit/")

    assert there.status_code == missing.status_code == 404
    assert without_tokens(there) == without_tokens(missing)


def test_it_says_what_happened_by_whom_on_what_newest_first(trail: None, ines: User, sign_in: Any) -> None:
    browser = sign_in(ines)

    page = browser.get(TRAIL).content.decode()

    assert lines(browser) == [
        ("Stood down from a role", "Ben Carter", "Ben Carter, Assessor"),
        ("Appointed to a role", "Ines Duarte", "Ben Carter, Assessor"),
    ]
    assert "23 November 2026 at 11:00am" in page
    assert "2 events" in page
    assert "The chain ends at row 2" in page


def test_learners_stand_in_it_without_their_names(
    trail: None, ada: User, ines: User, aldermoor: Institute, sign_in: Any, at: datetime
) -> None:
    record("submission.handed_in", ada, by=ada, at=at, institute=aldermoor)

    page = sign_in(ines).get(TRAIL).content.decode()

    assert "A learner" in page
    assert "Ada" not in page


def test_staff_who_learn_are_learners_there(
    trail: None, adil: User, ines: User, aldermoor: Institute, sign_in: Any, at: datetime
) -> None:
    record("submission.handed_in", adil, by=adil, at=at, institute=aldermoor)
    record("question.published", adil, by=adil, at=at, institute=aldermoor)

    assert [(words, who) for words, who, _ in lines(sign_in(ines))][:2] == [
        ("Question published", "Adil Hassan"),
        ("Submission handed in", "A learner"),
    ]


def test_facts_and_reasons_are_not_shown(
    trail: None, ada: User, ines: User, aldermoor: Institute, sign_in: Any, at: datetime
) -> None:
    record(
        "result.withdrawn",
        ada,
        by=ines,
        at=at,
        institute=aldermoor,
        facts={"outcome": "CANARY"},
        words="CANARY in words",
    )

    assert "CANARY" not in sign_in(ines).get(TRAIL).content.decode()


def test_filters_by_what_who_and_when(
    trail: None, ines: User, ben: User, aldermoor: Institute, sign_in: Any
) -> None:
    browser = sign_in(ines)
    appointed = ("Appointed to a role", "Ines Duarte", "Ben Carter, Assessor")
    stood_down = ("Stood down from a role", "Ben Carter", "Ben Carter, Assessor")

    assert lines(browser, "?verb=membership.appointed") == [appointed]
    assert lines(browser, f"?who={ben.uuid}") == [stood_down]
    assert lines(browser, "?since=2026-11-23&until=2026-11-23") == [stood_down, appointed]
    assert lines(browser, "?since=2026-11-24") == []
    assert "No such event" in browser.get(f"{TRAIL}?until=2026-11-22").content.decode()


def test_a_filter_that_makes_no_sense_is_said_and_left_out(trail: None, ines: User, sign_in: Any) -> None:
    page = sign_in(ines).get(f"{TRAIL}?since=yesterday&verb=x%00y&who=nobody")

    assert len(page.context["lines"]) == 2
    assert "Enter a valid date." in page.content.decode()


def test_another_institutes_events_are_not_in_it(
    trail: None, otto: User, fenwick: Institute, sign_in: Any
) -> None:
    page = sign_in(otto).get("/at/fenwick/audit/").content.decode()

    assert "Nothing has been decided yet" in page
    assert "Ben Carter" not in page


def test_one_and_thirty_events_cost_the_same(
    trail: None, ines: User, aldermoor: Institute, sign_in: Any, at: datetime, django_assert_num_queries: Any
) -> None:
    browser = sign_in(ines)
    browser.get(TRAIL)

    with django_assert_num_queries(10):
        browser.get(TRAIL)

    for number in range(30):
        memberships.appoint(people.person(f"P{number}"), Role.AUTHOR, aldermoor, by=ines, at=at)
    assert Event.objects.count() == 32
    with django_assert_num_queries(10):
        browser.get(TRAIL)
