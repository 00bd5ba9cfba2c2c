"""Signing in and everything about an account: one door, our design, and no word about who has an account."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lms.people.models import User
from tests.factories import people

pytestmark = pytest.mark.django_db

A_PASSWORD = "a long enough password"
NEW = {"email": "new@example.org", "first_name": "New", "last_name": "Person", "password1": A_PASSWORD}


def account_addresses() -> list[str]:
    """Every address under /accounts/, with something harmless for each argument."""
    found: list[str] = []

    def walk(patterns: list[Any], prefix: str) -> None:
        for pattern in patterns:
            address = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, address)
            elif isinstance(pattern, URLPattern):
                address = address.replace("^", "").replace("$", "").replace("\\Z", "")
                address = re.sub(r"\(\?P<[^>]+>[^)]*\)|<[^>]+>", "1", address)
                found.append("/accounts/" + address)

    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and str(resolver.pattern) == "accounts/":
            walk(resolver.url_patterns, "")
    return found


@pytest.fixture
def ada_enrolled(ada: User) -> User:
    """Ada with an authenticator app and recovery codes."""
    TOTP.activate(ada, generate_totp_secret())
    RecoveryCodes.activate(ada)
    return ada


def test_there_are_account_pages_to_walk() -> None:
    assert len(account_addresses()) > 25


@pytest.mark.parametrize("address", account_addresses())
def test_every_account_page_answers_a_stranger_without_an_error(address: str) -> None:
    answer = Client().get(address, follow=True)

    assert answer.status_code in {200, 400, 404, 405}


@pytest.mark.parametrize("address", account_addresses())
def test_every_account_page_answers_its_owner_without_an_error(address: str, ada: User, sign_in: Any) -> None:
    answer = sign_in(ada).get(address, follow=True)

    assert answer.status_code in {200, 400, 404, 405}


@pytest.mark.parametrize("address", account_addresses())
def test_every_account_page_answers_somebody_with_a_second_factor_without_an_error(
    address: str, ada_enrolled: User, sign_in: Any
) -> None:
    answer = sign_in(ada_enrolled).get(address, follow=True)

    assert answer.status_code in {200, 400, 404, 405}


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/no-such-key/",
    ],
)
def test_pages_on_the_way_in_wear_our_design_and_obey_our_policy(address: str) -> None:
    answer = Client().get(address)

    page = answer.content.decode()
    assert 'class="wordmark"' in page
    assert page.count("<h1") == 1
    assert "style=" not in page
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"] + ";"


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/webauthn/",
        "/accounts/sessions/",
    ],
)
def test_pages_of_the_account_wear_our_design(address: str, ada_enrolled: User, sign_in: Any) -> None:
    page = sign_in(ada_enrolled).get(address, follow=True).content.decode()

    assert 'id="account-pages"' in page or "Confirm that it is you" in page
    assert page.count("<h1") == 1
    assert "style=" not in page


@pytest.mark.parametrize("door", ["/cms/login/", "/cms/password_reset/", "/_util/login/"])
def test_every_other_door_leads_to_the_one_log_in(door: str) -> None:
    answer = Client().get(door, {"next": "/cms/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=%2Fcms%2F")


@pytest.mark.parametrize("door", ["/cms/login/", "/_util/login/"])
def test_a_password_sent_to_another_door_signs_nobody_in(door: str, ada: User) -> None:
    ada.set_password(A_PASSWORD)
    ada.save()
    client = Client()

    client.post(door, {"username": ada.email, "email": ada.email, "password": A_PASSWORD})

    assert "_auth_user_id" not in client.session


def test_the_password_page_of_a_document_is_no_door(db: None) -> None:
    answer = Client().post("/documents/authenticate_with_password/1/", {"password": "x"})

    assert answer.status_code == 404


def test_registering_says_the_same_whether_or_not_the_address_has_an_account(ada: User) -> None:
    pages = []
    for email in ("ada.bright@example.org", "new@example.org"):
        answer = Client().post("/accounts/signup/", {**NEW, "email": email}, follow=True)
        pages.append((answer.redirect_chain, answer.content.decode().replace(email, "the address")))

    assert pages[0] == pages[1]
    assert sorted(message.to[0] for message in mail.outbox) == ["ada.bright@example.org", "new@example.org"]


def test_asking_for_a_new_password_says_the_same_to_everybody(ada: User) -> None:
    pages = []
    for email in ("ada.bright@example.org", "nobody@example.org"):
        answer = Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        pages.append((answer.redirect_chain, answer.content))

    assert pages[0] == pages[1]


def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(ada: User) -> None:
    errors = []
    for email in ("ada.bright@example.org", "nobody@example.org"):
        answer = Client().post("/accounts/login/", {"login": email, "password": "wrong"})
        errors.append(answer.context["form"].errors.as_json())

    assert errors[0] == errors[1]


def test_a_new_account_holds_the_name_and_waits_for_its_address(db: None) -> None:
    client = Client()

    client.post("/accounts/signup/", NEW)

    person = User.objects.get(email="new@example.org")
    assert str(person) == "New Person"
    assert not EmailAddress.objects.get(user=person).verified
    assert client.get("/my/account/").headers["Location"].startswith("/accounts/login/")


def test_registration_is_closed_where_only_the_invited_register(db: None, settings: Any) -> None:
    settings.PIPER_REGISTRATION = "invited"

    answer = Client().post("/accounts/signup/", NEW)

    assert "Accounts are by invitation" in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_closed_account_signs_in_nowhere(db: None) -> None:
    gone = people.person("Gone", is_active=False)
    gone.set_password(A_PASSWORD)
    gone.save()
    client = Client()

    client.post("/accounts/login/", {"login": gone.email, "password": A_PASSWORD})

    assert "_auth_user_id" not in client.session
