"""Everybody who might try an address, and what they must be answered."""

from django.test import Client

from lms.people import access
from lms.people.models import User
from tests.security.registry import Door
from tests.security.world import AT, World

NOBODY = "nobody"
ONE_FACTOR = "rosa with a password alone"
DISABLED = "ada after her account was closed"


def browser_of(name: str, world: World) -> Client:
    """A browser in which the person has signed in, with a second factor unless the name says otherwise."""
    client = Client()
    if name == NOBODY:
        return client
    person = world.people["rosa" if name == ONE_FACTOR else "ada" if name == DISABLED else name]
    client.force_login(person)
    if name != ONE_FACTOR:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0, "type": "totp"}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    if name == DISABLED:
        User.objects.filter(pk=person.pk).update(is_active=False)
    return client


def expected(name: str, door: Door, world: World) -> str:
    """ "in", or how the person is kept out: "sign in", "second factor", "forbidden" or "missing"."""
    if door.kind == "public":
        return "in"
    if name in {NOBODY, DISABLED}:
        return "sign in"
    if door.kind == "signed_in":
        return "in"
    if name == ONE_FACTOR:
        return "second factor" if door.kind == "institute" else "missing"
    if door.kind == "own":
        return "in" if name in (door.only or {"ada"} | door.also) else "missing"
    return _at_a_body(world.people[name], name, door, world)


def _at_a_body(person: User, name: str, door: Door, world: World) -> str:
    body = world.aldermoor if door.kind == "institute" else world.marlshire
    access.forget(person)
    if not access.roles_at(person, body, AT.date()):
        return "missing"
    if door.permission and not access.can(person, door.permission, body, AT.date()):
        return "forbidden"
    if door.only and name not in door.only:
        return "missing"
    return "in"


def answered(status: int, location: str) -> str:
    """The same words for what a response was; 409 is an answer to somebody who is in.

    405 is "wrong method": it is said before anybody is asked who they are, and tells nothing.
    """
    if status == 405:
        return "wrong method"
    if status == 404:
        return "missing"
    if status == 403:
        return "forbidden"
    if "/accounts/login/" in location:
        return "sign in"
    if "/accounts/2fa/" in location:
        return "second factor"
    return "in"
