"""A person's own pages: profile, roles, employers and invitations."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from lms.jobs.models import Mail
from lms.people.actions import invitations
from lms.people.models import Employment, Institute, Invitation, Membership, Organisation, User
from lms.people.roles import Role
from tests.factories import people

pytestmark = pytest.mark.django_db

NOW = timezone.now


def link() -> str:
    """The address in the newest invitation's e-mail."""
    body = Mail.objects.filter(kind="invitation").latest("pk").body
    return re.search(r"http://localhost:8000(/my/invitations/\S+)", body)[1]


def test_own_pages_ask_a_stranger_to_sign_in(ada: User, manuel: User) -> None:
    employment, role = ada.employments.get(), manuel.memberships.get()
    addresses = [
        "/my/account/",
        f"/my/roles/{role.uuid}/give-up/",
        f"/my/employers/{employment.uuid}/leave/",
    ]
    for address in addresses:
        assert Client().get(address).headers["Location"] == f"/accounts/login/?next={address}"
    accept = f"/my/employers/{employment.uuid}/accept/"
    assert Client().post(accept).headers["Location"] == f"/accounts/login/?next={accept}"


def test_another_persons_rows_are_as_good_as_missing(
    ada: User, ben: User, manuel: User, sign_in: Any
) -> None:
    employment, role = ada.employments.get(), manuel.memberships.get()
    browser = sign_in(ben)

    for address in (
        f"/my/roles/{role.uuid}/give-up/",
        f"/my/employers/{employment.uuid}/leave/",
        f"/my/employers/{employment.uuid}/accept/",
    ):
        assert browser.post(address).status_code == 404
    assert Employment.objects.current().filter(pk=employment.pk).exists()
    assert Membership.objects.current().filter(pk=role.pk).exists()


def test_a_profile_shows_name_addresses_roles_and_employers(
    ada: User, manuel: User, aldermoor: Institute, sign_in: Any
) -> None:
    people.appoint(ada, Role.ASSESSOR, aldermoor)

    page = sign_in(ada).get("/my/account/").content.decode()

    assert 'value="Bright"' in page
    assert "ada.bright@example.org" in page
    assert "<b>Assessor</b> at Aldermoor Institute of Commissioning" in page
    assert "<b>Marlshire County Council</b>" in page
    assert "Your line manager is Manuel Ferreira" in page
    assert "your answers, your written work, scores or attempts" in page


def test_somebody_who_only_learns_reads_that(ben: User, sign_in: Any) -> None:
    page = sign_in(ben).get("/my/account/").content.decode()

    assert "None: you are here to learn." in page
    assert "An employer sees something of you only after you have said that you work there." in page


def test_a_name_is_changed(ada: User, sign_in: Any) -> None:
    page = sign_in(ada).post("/my/account/", {"first_name": "Ada", "last_name": "Okonkwo"}, follow=True)

    assert "Your name is saved." in page.content.decode()
    assert str(User.objects.get(pk=ada.pk)) == "Ada Okonkwo"


def test_a_name_left_empty_is_said_first(ada: User, sign_in: Any) -> None:
    page = sign_in(ada).post("/my/account/", {"first_name": "", "last_name": "Bright"}).content.decode()

    assert "<title>Error: Account" in page
    assert '<a href="#id_first_name">Fill in “First name”</a>' in page


def test_an_employers_claim_is_accepted_or_declined(
    ada: User, ben: User, marlshire: Organisation, sign_in: Any
) -> None:
    for person in (ada, ben):
        people.employ(person, marlshire, accepted_at=None)
    assert "Do you work at Marlshire County Council?" in sign_in(ada).get("/my/account/").content.decode()

    sign_in(ada).post(f"/my/employers/{ada.employments.get().uuid}/accept/")
    page = sign_in(ben).get(f"/my/employers/{ben.employments.get().uuid}/leave/").content.decode()
    sign_in(ben).post(f"/my/employers/{ben.employments.get().uuid}/leave/")

    assert "You do not work at Marlshire County Council?" in page
    assert [each.person for each in Employment.objects.current()] == [ada]


def test_accepting_twice_is_a_conflict(ada: User, marlshire: Organisation, sign_in: Any) -> None:
    employment = people.employ(ada, marlshire)

    answer = sign_in(ada).post(f"/my/employers/{employment.uuid}/accept/")

    assert answer.status_code == 409
    assert "You have answered this before." in answer.content.decode()


def test_leaving_an_employer_is_asked_first_and_done_once(ada: User, manuel: User, sign_in: Any) -> None:
    browser = sign_in(ada)
    address = f"/my/employers/{ada.employments.get().uuid}/leave/"

    assert "Leave Marlshire County Council?" in browser.get(address).content.decode()
    assert "sees nothing of yours from now on" in browser.post(address, follow=True).content.decode()
    assert browser.get(address).status_code == browser.post(address).status_code == 409


def test_a_role_is_given_up(asif: User, sign_in: Any) -> None:
    browser = sign_in(asif)
    address = f"/my/roles/{asif.memberships.get().uuid}/give-up/"

    assert "Give up your role?" in browser.get(address).content.decode()
    assert "You have stood down at Aldermoor" in browser.post(address, follow=True).content.decode()
    assert browser.get(address).status_code == browser.post(address).status_code == 409


def test_an_invitation_unknown_to_us_is_not_found(ada: User, sign_in: Any) -> None:
    assert Client().get("/my/invitations/no-such-token/").status_code == 404
    assert sign_in(ada).post("/my/invitations/no-such-token/").status_code == 404


def test_somebody_invited_reads_the_offer_before_signing_in(ines: User, aldermoor: Institute) -> None:
    invitations.invite("new@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=NOW())

    page = Client().get(link()).content.decode()

    assert "Work with Aldermoor Institute of Commissioning" in page
    assert f"/accounts/signup/?next={link()}" in page
    assert "Accept</button>" not in page


def test_the_invited_person_accepts_and_comes_to_the_desk(
    ines: User, ben: User, aldermoor: Institute, sign_in: Any
) -> None:
    invitations.invite("ben.carter@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=NOW())
    browser = sign_in(ben)

    assert "Accept</button>" in browser.get(link()).content.decode()
    answer = browser.post(link())

    assert answer.headers["Location"] == "/at/aldermoor/"
    assert browser.get("/at/aldermoor/").status_code == 200


def test_somebody_else_with_the_link_cannot_accept(
    ines: User, ada: User, aldermoor: Institute, sign_in: Any
) -> None:
    invitations.invite("ben.carter@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=NOW())
    browser = sign_in(ada)

    page = browser.get(link()).content.decode()
    answer = browser.post(link())

    assert "That is not an address that you have confirmed." in page
    assert "Accept</button>" not in page
    assert answer.status_code == 409
    assert not ada.memberships.exists()


def test_an_invitation_that_no_longer_holds_says_why(
    ines: User, ben: User, aldermoor: Institute, sign_in: Any
) -> None:
    invitation = invitations.invite(
        "ben.carter@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=NOW() - timedelta(days=15)
    )
    lapsed = sign_in(ben).get(link())
    Invitation.objects.update(expires_at=NOW() + timedelta(days=1))
    invitations.withdraw(invitation, by=ines, at=NOW())
    withdrawn = sign_in(ben).post(link())

    assert lapsed.status_code == withdrawn.status_code == 409
    assert "was open for 14 days. Ask Aldermoor" in lapsed.content.decode()
    assert "has withdrawn this invitation" in withdrawn.content.decode()


def test_a_newcomer_comes_from_the_link_through_registering_back_to_the_offer(
    manuel: User, marlshire: Organisation, settings: Any
) -> None:
    settings.PIPER_REGISTRATION = "invited"
    invitations.invite("new@example.org", marlshire, by=manuel, at=NOW())
    browser = Client()
    browser.get(link())

    browser.post(
        f"/accounts/signup/?next={link()}",
        {
            "email": "new@example.org",
            "first_name": "New",
            "last_name": "Person",
            "password1": "a long enough password",
        },
    )
    confirm = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1]
    browser.post(confirm)
    answer = browser.post(
        "/accounts/login/", {"login": "new@example.org", "password": "a long enough password"}
    )
    assert answer.headers["Location"] == link()
    page = browser.post(link(), follow=True).content.decode()

    employment = Employment.objects.current().get(person__email="new@example.org")
    assert "Marlshire County Council can now enrol you and see where you stand." in page
    assert (employment.organisation, employment.line_manager) == (marlshire, manuel)


def test_an_invitation_that_lapsed_opens_no_registration(
    manuel: User, marlshire: Organisation, settings: Any
) -> None:
    settings.PIPER_REGISTRATION = "invited"
    invitations.invite("new@example.org", marlshire, by=manuel, at=NOW())
    browser = Client()
    browser.get(link())
    Invitation.objects.update(expires_at=NOW())

    page = browser.get("/accounts/signup/").content.decode()

    assert "Accounts are by invitation" in page
