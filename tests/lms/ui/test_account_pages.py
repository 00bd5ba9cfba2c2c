"""allauth's pages in our words and our design, with nothing inline that the policy would refuse."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from lms.people.models import User
from tests.conftest import SignIn

INLINE = re.compile(r'\sstyle="|<style|\son\w+="|<script(?![^>]*(?:src=|application/json))[^>]*>')


def heading(html: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)
    return found[1].strip() if found else ""


@pytest.fixture
def ada_in(ada: User, sign_in: SignIn) -> Client:
    """Ada's browser, just after she confirmed that it is her."""
    EmailAddress.objects.update_or_create(
        user=ada, email=ada.email, defaults={"verified": True, "primary": True}
    )
    client = sign_in(ada)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1e11, "reauthenticated": True}]
    session.save()
    return client


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_login", "Sign in"),
        ("account_signup", "Create an account"),
        ("account_reset_password", "Reset your password"),
        ("account_reset_password_done", "Check your e-mail"),
        ("account_email_verification_sent", "Check your e-mail"),
        ("account_inactive", "This account is closed"),
    ],
)
@pytest.mark.django_db
def test_a_page_on_the_way_in_wears_our_words(client: Client, name: str, words: str) -> None:
    html = client.get(reverse(name)).content.decode()

    assert heading(html) == words
    assert INLINE.findall(html) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_email", "E-mail addresses"),
        ("account_change_password", "Change your password"),
        ("account_logout", "Sign out?"),
        ("mfa_index", "Two-step sign-in"),
        ("mfa_activate_totp", "Set up an authenticator app"),
        ("mfa_list_webauthn", "Passkeys and security keys"),
        ("mfa_add_webauthn", "Add a passkey or security key"),
        ("usersessions_list", "Where you are signed in"),
    ],
)
def test_a_page_of_the_account_wears_our_words(ada_in: Client, name: str, words: str) -> None:
    html = ada_in.get(reverse(name)).content.decode()

    assert heading(html) == words
    assert INLINE.findall(html) == []


def test_the_own_address_is_listed_as_main_and_confirmed(ada: User, ada_in: Client) -> None:
    html = ada_in.get(reverse("account_email")).content.decode()

    assert re.findall(r"</svg>([\w ]+)</span>", html[html.index(ada.email) :])[:2] == [
        "Main address",
        "Confirmed",
    ]


@pytest.mark.django_db
def test_a_failed_sign_in_says_so_first_and_in_the_title(client: Client) -> None:
    html = client.post(reverse("account_login"), {"login": "", "password": "x"}).content.decode()

    assert "<title>Error: Sign in – Piper</title>" in html
    assert '<a href="#id_login">Fill in “E-mail address”</a>' in html


def test_a_reset_link_comes_in_a_plain_short_email(ada: User, client: Client) -> None:
    EmailAddress.objects.update_or_create(
        user=ada, email=ada.email, defaults={"verified": True, "primary": True}
    )

    client.post(reverse("account_reset_password"), {"email": ada.email})

    assert mail.outbox[0].subject == "Reset your password"
    assert mail.outbox[0].body.startswith("Somebody, probably you, asked to reset the password")
    assert mail.outbox[0].body.endswith("For help, write to your institute.")


def test_a_wrong_password_is_refused_in_our_words(ada: User, client: Client) -> None:
    html = client.post(reverse("account_login"), {"login": ada.email, "password": "wrong"}).content.decode()

    assert "The e-mail address or the password is not right. Check both and try again." in html


@pytest.mark.django_db
def test_a_new_password_is_explained_in_one_line(client: Client) -> None:
    html = client.get(reverse("account_signup")).content.decode()

    assert re.findall(r'id="id_password1_helptext">([^<]*)<', html) == [
        "At least 12 characters. Not your name or your address, and no password that many people use."
    ]


def test_removing_an_address_says_which_one_went(ada: User, ada_in: Client) -> None:
    EmailAddress.objects.create(user=ada, email="private@example.org", verified=True)

    page = ada_in.post(
        reverse("account_email"), {"email": "private@example.org", "action_remove": ""}, follow=True
    ).content.decode()

    assert "private@example.org was removed." in page
