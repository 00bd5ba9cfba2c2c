"""Staff must have used a second factor before a desk or the CMS opens to them."""

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from lms.people.models import User
from tests.factories import people

pytestmark = pytest.mark.django_db

DOORS = ["/at/aldermoor/", "/cms/"]


def enrol(person: User) -> None:
    TOTP.activate(person, generate_totp_secret())


def signed_in_by(person: User, *methods: dict[str, object]) -> Client:
    """A browser in which the person proved themselves in these ways, as allauth notes them."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = list(methods)
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


PASSWORD = {"method": "password", "at": 1.0}
CODE = {"method": "mfa", "at": 1.0, "type": "totp"}
PASSKEY = {"method": "mfa", "at": 1.0, "type": "webauthn", "passwordless": True}


@pytest.mark.parametrize("door", DOORS)
def test_who_has_none_is_led_to_set_one_up(door: str, adil: User) -> None:
    answer = signed_in_by(adil, PASSWORD).get(door)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/2fa/")


@pytest.mark.parametrize("door", DOORS)
def test_who_has_one_and_has_not_used_it_is_asked_for_it(door: str, adil: User) -> None:
    enrol(adil)

    answer = signed_in_by(adil, PASSWORD).get(door, {"q": "1"})

    assert answer.status_code == 302
    assert (
        answer.headers["Location"] == f"/accounts/2fa/reauthenticate/?next={door.replace('/', '%2F')}%3Fq%3D1"
    )


@pytest.mark.parametrize("record", [CODE, PASSKEY], ids=["code", "passkey"])
def test_who_has_used_one_comes_in(record: dict[str, object], adil: User) -> None:
    enrol(adil)

    assert signed_in_by(adil, record).get("/at/aldermoor/").status_code == 200


def test_a_record_of_somebody_else_in_the_session_does_not_count(adil: User, ines: User) -> None:
    enrol(adil)
    client = signed_in_by(adil, CODE)
    session = client.session
    session["account_authentication_methods_user"] = str(ines.pk)
    session.save()

    assert client.get("/at/aldermoor/").status_code == 302


def test_a_form_sent_without_it_changes_nothing(ines: User, asif: User) -> None:
    enrol(ines)
    membership = asif.memberships.get()

    signed_in_by(ines, PASSWORD).post(f"/at/aldermoor/people/{membership.uuid}/stand-down/")

    membership.refresh_from_db()
    assert membership.ended_at is None


def test_the_operator_needs_one_for_the_cms(db: None) -> None:
    operator = people.person("Olga", is_superuser=True, is_staff=True)

    assert signed_in_by(operator, PASSWORD).get("/cms/").headers["Location"] == "/accounts/2fa/"


def test_learners_and_managers_are_not_asked(ada: User, manuel: User, marlshire: object) -> None:
    assert signed_in_by(ada, PASSWORD).get("/my/account/").status_code == 200
    assert signed_in_by(manuel, PASSWORD).get("/for/marlshire-council/").status_code == 200


def test_the_demonstration_does_without(adil: User, settings: Any) -> None:
    settings.PIPER_STAFF_MFA = False

    assert signed_in_by(adil, PASSWORD).get("/at/aldermoor/").status_code == 200


def test_after_the_password_alone_nobody_is_signed_in(adil: User) -> None:
    enrol(adil)
    adil.set_password("a long enough password")
    adil.save()
    client = Client()

    answer = client.post("/accounts/login/", {"login": adil.email, "password": "a long enough password"})

    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/my/account/").headers["Location"].startswith("/accounts/login/")
    assert client.get("/at/aldermoor/").headers["Location"].startswith("/accounts/login/")
