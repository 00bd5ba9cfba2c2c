"""The desk's people page: who holds what, inviting, appointing, standing down; and who may open it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lms.jobs.models import Mail
from lms.people.actions import invitations
from lms.people.models import Institute, Invitation, Membership, User
from lms.people.roles import Role
from tests.factories import people

pytestmark = pytest.mark.django_db

PEOPLE = "/at/aldermoor/people/"


def without_tokens(page: bytes) -> str:
    """The page without what differs on every request: the form tokens."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r'\1""', page.decode())


def invited(
    institute: Institute, by: User, email: str = "new@example.org", role: Role = Role.ASSESSOR
) -> Invitation:
    return invitations.invite(email, institute, role=role, by=by, at=timezone.now())


def doors(membership: Membership, invitation: Invitation) -> list[tuple[str, str]]:
    return [
        ("get", PEOPLE),
        ("get", f"{PEOPLE}invite/"),
        ("post", f"{PEOPLE}invite/"),
        ("get", f"{PEOPLE}appoint/"),
        ("post", f"{PEOPLE}appoint/"),
        ("get", f"{PEOPLE}{membership.uuid}/stand-down/"),
        ("post", f"{PEOPLE}{membership.uuid}/stand-down/"),
        ("post", f"{PEOPLE}invitations/{invitation.uuid}/withdraw/"),
    ]


def test_a_stranger_is_asked_to_sign_in(aldermoor: Institute, ines: User, asif: User) -> None:
    for method, door in doors(asif.memberships.get(), invited(aldermoor, ines)):
        answer = getattr(Client(), method)(door)

        assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={door}")


def test_an_outsider_learns_nothing_not_even_that_there_is_such_an_institute(
    aldermoor: Institute, ines: User, asif: User, otto: User, ada: User, sign_in: Any
) -> None:
    for method, door in doors(asif.memberships.get(), invited(aldermoor, ines)):
        for outsider in (otto, ada):
            browser = sign_in(outsider)
            there = getattr(browser, method)(door)
            missing = getattr(browser, method)(door.replace("aldermoor", "nowhere"))

            assert there.status_code == missing.status_code == 404
            assert without_tokens(there.content) == without_tokens(missing.content)

    assert Membership.objects.current().filter(person=asif).exists()


def test_an_insider_without_the_function_is_told_so(
    aldermoor: Institute, ines: User, asif: User, lena: User, rosa: User, sign_in: Any
) -> None:
    for method, door in doors(asif.memberships.get(), invited(aldermoor, ines)):
        for insider in (asif, lena, rosa):
            answer = getattr(sign_in(insider), method)(door)

            assert answer.status_code == 403
            assert "does not let you appoint people" in answer.content.decode()


def test_another_institutes_membership_is_not_found_at_ones_own_desk(
    ines: User, otto: User, fenwick: Institute, sign_in: Any
) -> None:
    browser = sign_in(ines)
    theirs = otto.memberships.get()
    invitation = invited(fenwick, otto)

    for address in (f"{PEOPLE}{theirs.uuid}/stand-down/", f"{PEOPLE}invitations/{invitation.uuid}/withdraw/"):
        missing = re.sub(r"[0-9a-f-]{36}", "00000000-0000-4000-8000-000000000000", address)
        found, unknown = browser.post(address), browser.post(missing)

        assert found.status_code == unknown.status_code == 404
        assert without_tokens(found.content) == without_tokens(unknown.content)

    assert Membership.objects.current().filter(pk=theirs.pk).exists()
    assert Invitation.objects.get().withdrawn_at is None


def test_people_stand_under_their_roles_and_empty_roles_are_named(
    ines: User, asif: User, sign_in: Any
) -> None:
    page = sign_in(ines).get(PEOPLE)

    roles = {label: [str(each.person) for each in held] for label, _, held in page.context["roles"]}
    assert roles["Assessor"] == ["Asif Rahman"]
    assert roles["Administrator"] == ["Ines Duarte"]
    assert roles["Registrar"] == []
    assert page.content.decode().count("Nobody</span>") == 5


def test_an_invitation_goes_out_and_stands_on_the_page(ines: User, sign_in: Any) -> None:
    browser = sign_in(ines)

    page = browser.post(
        f"{PEOPLE}invite/", {"email": "new@example.org", "role": "assessor"}, follow=True
    ).content.decode()

    assert "An invitation is on its way to new@example.org." in page
    assert "<b>new@example.org</b><small>Assessor</small>" in page
    assert Mail.objects.get().recipient == "new@example.org"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"email": "", "role": "assessor"}, "Fill in “E-mail address”"),
        ({"email": "new@example.org"}, "Choose an answer to “Which role?”"),
        ({"email": "new@example.org", "role": "manager"}, "Select a valid choice"),
        ({"email": "new@example.org", "role": "eqa"}, "Enter the last day of the external quality assurer"),
        (
            {"email": "new@example.org", "role": "eqa", "until_on": "2020-01-01"},
            "The last day has passed. Name one to come.",
        ),
        (
            {"email": "new@example.org", "role": "iqa", "until_on": "2099-01-01"},
            "Leave the last day empty: this role has none",
        ),
        (
            {"email": "asif.rahman@example.org", "role": "assessor"},
            "asif.rahman@example.org is there already.",
        ),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_first(
    given: dict[str, str], sentence: str, ines: User, asif: User, sign_in: Any
) -> None:
    page = sign_in(ines).post(f"{PEOPLE}invite/", given).content.decode()

    assert "<title>Error: Invite somebody" in page
    assert sentence in page.split('class="error-summary"')[1].split("<form")[0]
    assert not Invitation.objects.exists()


def test_somebody_here_gets_another_role(ines: User, asif: User, aldermoor: Institute, sign_in: Any) -> None:
    page = sign_in(ines).post(f"{PEOPLE}appoint/", {"person": str(asif.uuid), "role": "author"}, follow=True)

    assert "Asif Rahman has a new role: Author." in page.content.decode()
    assert set(asif.memberships.values_list("role", flat=True)) == {"assessor", "author"}


def test_only_people_who_hold_or_held_a_role_here_can_be_chosen(
    ines: User, asif: User, ada: User, otto: User, sign_in: Any
) -> None:
    browser = sign_in(ines)

    offered = browser.get(f"{PEOPLE}appoint/").context["form"].fields["person"].queryset
    page = browser.post(f"{PEOPLE}appoint/", {"person": str(ada.uuid), "role": "author"}).content.decode()

    assert list(offered) == [asif]
    assert "<title>Error: Give another role" in page
    assert not ada.memberships.exists()


def test_an_administrator_alone_is_led_to_invite_somebody(ines: User, sign_in: Any) -> None:
    page = sign_in(ines).get(f"{PEOPLE}appoint/").content.decode()

    assert "Nobody else works here yet" in page


def test_standing_down_is_asked_first_and_then_done(ines: User, asif: User, sign_in: Any) -> None:
    browser = sign_in(ines)
    address = f"{PEOPLE}{asif.memberships.get().uuid}/stand-down/"

    assert "Let Asif Rahman stand down?" in browser.get(address).content.decode()
    assert Membership.objects.current().filter(person=asif).exists()

    page = browser.post(address, follow=True).content.decode()

    assert "Asif Rahman has stood down." in page
    assert not Membership.objects.current().filter(person=asif).exists()


def test_the_last_administrator_reads_why_they_cannot(ines: User, sign_in: Any) -> None:
    answer = sign_in(ines).post(f"{PEOPLE}{ines.memberships.get().uuid}/stand-down/")

    assert answer.status_code == 409
    assert "would have no administrator. Appoint another one first." in answer.content.decode()


def test_what_has_ended_is_a_conflict_not_a_second_end(ines: User, asif: User, sign_in: Any) -> None:
    browser = sign_in(ines)
    address = f"{PEOPLE}{asif.memberships.get().uuid}/stand-down/"
    browser.post(address)

    for answer in (browser.get(address), browser.post(address)):
        assert answer.status_code == 409


def test_an_invitation_is_withdrawn_once(ines: User, aldermoor: Institute, sign_in: Any) -> None:
    browser = sign_in(ines)
    invitation = invited(aldermoor, ines)
    address = f"{PEOPLE}invitations/{invitation.uuid}/withdraw/"

    page = browser.post(address, follow=True).content.decode()

    assert "The invitation to new@example.org no longer holds." in page
    assert "Nobody is invited at the moment." in page
    assert browser.post(address).status_code == 409
    assert browser.get(address).status_code == 405


def test_whoever_stood_down_is_out_at_the_next_request(
    ines: User, lena: User, aldermoor: Institute, sign_in: Any
) -> None:
    """S9."""
    people.appoint(lena, Role.ADMINISTRATOR, aldermoor)
    browser = sign_in(lena)
    assert browser.get(PEOPLE).status_code == 200

    for membership in lena.memberships.all():
        sign_in(ines).post(f"{PEOPLE}{membership.uuid}/stand-down/")

    assert browser.get(PEOPLE).status_code == 404


def test_whose_last_day_has_passed_is_out(ines: User, ada: User, aldermoor: Institute, sign_in: Any) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.create(
        person=ada, role=Role.EQA, institute=aldermoor, started_at=people.LONG_AGO, until_on=yesterday
    )

    assert sign_in(ada).get("/at/aldermoor/").status_code == 404


def test_one_and_thirty_people_cost_the_same(
    ines: User, aldermoor: Institute, sign_in: Any, django_assert_num_queries: Any
) -> None:
    browser = sign_in(ines)
    invited(aldermoor, ines)
    browser.get(PEOPLE)

    with django_assert_num_queries(5):
        browser.get(PEOPLE)

    for number in range(30):
        people.appoint(people.person(f"P{number}"), Role.ASSESSOR, aldermoor)
        invited(aldermoor, ines, email=f"i{number}@example.org")
    with django_assert_num_queries(5):
        browser.get(PEOPLE)
