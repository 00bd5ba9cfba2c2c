"""The role matrix: every address of ours, tried by everybody, answers as the registry says."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lms.people import access
from lms.people.models import Membership
from lms.people.roles import INSTITUTE_ROLES
from tests.security.personas import DISABLED, NOBODY, ONE_FACTOR, answered, browser_of, expected
from tests.security.registry import DOORS, FRAMEWORKS, Door
from tests.security.world import World

PERSONAS = [
    NOBODY, DISABLED, ONE_FACTOR, "ada", "ben", "asif", "asha", "mina", "lena", "rosa", "adil", "ines",
    "ewan", "eira", "manuel", "nadia", "otto",
]  # fmt: skip
# What a refused request may write: that somebody was here, never what they wanted.
HOUSEKEEPING = re.compile(r'"(django_session|shared_cache|usersessions_usersession|people_user)"')
MISSING = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "number": "AIC-2026-99999",
    "step": 999_999,
    "page": 999_999,
    "lesson": 999_999,
    "share": 999_999,
    "position": 1,
    "file": "00000000-0000-4000-8000-000000000000",
    "place": 9,
    "version": 99,
}

pytestmark = pytest.mark.django_db


def addresses(patterns: Any = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Every address that the resolver knows, as (route, name)."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route, each.name or ""


def url_of(name: str, door: Door, world: World, missing: bool = False) -> str:
    arguments = dict(world.arguments.get(door.arguments, {}))
    if door.arguments == "course":
        arguments = {"institute": "aldermoor", "course": world.course.slug}
    elif door.kind == "institute":
        arguments["institute"] = "aldermoor"
    elif door.kind == "organisation":
        arguments["organisation"] = "marlshire-council"
    if missing:
        for key, own in world.arguments.get(door.arguments, {}).items():
            arguments[key] = 99 if isinstance(own, int) else MISSING.get(key, MISSING["uuid"])
    return reverse(name, kwargs=arguments)


def ask(client: Client, method: str, url: str) -> HttpResponse:
    """One request whose effects are taken back."""
    with transaction.atomic():
        response: HttpResponse = getattr(client, method)(url)
        transaction.set_rollback(True)
    return response


def test_every_address_of_ours_stands_in_the_registry_and_none_is_left_over() -> None:
    ours = {name for route, name in addresses() if not route.startswith(FRAMEWORKS)}

    assert ours == set(DOORS)


@pytest.mark.parametrize("name", PERSONAS)
def test_every_address_answers_as_the_registry_says(world: World, name: str) -> None:
    client = browser_of(name, world)

    wrong = {
        (method, address, said, wanted)
        for address, door in DOORS.items()
        if door.kind != "token"
        for method in ("get", "post")
        if (said := answered_to(client, method, url_of(address, door, world)))
        not in {wanted := expected(name, door, world), "wrong method"}
    }

    assert wrong == set()


def answered_to(client: Client, method: str, url: str) -> str:
    response = ask(client, method, url)
    return answered(response.status_code, response.get("Location", ""))


@contextmanager
def watched(written: list[str]) -> Iterator[None]:
    """Adds every statement that writes a row of ours to the list."""

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not HOUSEKEEPING.search(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


@pytest.mark.parametrize("name", [NOBODY, ONE_FACTOR, "ben", "asif", "adil", "manuel", "nadia", "otto"])
def test_a_refusal_writes_nothing(world: World, name: str) -> None:
    client = browser_of(name, world)
    written: list[str] = []

    with watched(written):
        for address, door in DOORS.items():
            if door.kind != "token" and expected(name, door, world) != "in":
                ask(client, "post", url_of(address, door, world))

    assert written == []


def test_another_institutes_thing_and_a_missing_one_look_the_same(world: World) -> None:
    client = browser_of("otto", world)

    differing = [
        address
        for address, door in DOORS.items()
        if door.arguments and door.kind in {"own", "institute", "organisation"}
        if body(ask(client, "get", url_of(address, door, world)))
        != body(ask(client, "get", url_of(address, door, world, missing=True)))
    ]

    assert differing == []


def body(response: HttpResponse) -> tuple[int, str]:
    """Status and text, without the token that differs each time."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return response.status_code, text


def test_looking_changes_nothing(world: World) -> None:
    """GET, HEAD and OPTIONS by those who are let in write no row of ours."""
    written: list[str] = []

    for name in ("ada", "asif", "lena", "rosa", "ines", "adil", "manuel"):
        client = browser_of(name, world)
        with watched(written):
            for address, door in DOORS.items():
                if door.kind != "token" and expected(name, door, world) == "in":
                    for method in ("get", "head", "options"):
                        ask(client, method, url_of(address, door, world))

    assert written == []


def test_no_form_is_taken_without_its_token(world: World) -> None:
    client = browser_of("ada", world)
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies = client.cookies

    taken = {
        address: status
        for address, door in DOORS.items()
        if door.kind in {"own", "signed_in"}
        if (status := ask(guarded, "post", url_of(address, door, world)).status_code) not in {403, 405}
    }

    assert taken == {}


def test_the_matrix_notices_when_every_insider_may_do_everything(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control: with the check of functions off, no cell that said "forbidden" still does."""
    shut = cells("adil", "forbidden", world)
    client = browser_of("adil", world)

    monkeypatch.setattr(access, "can", lambda *_: True)

    assert len(shut) > 30
    assert [each for each in shut if answered_to(client, "get", each) == "forbidden"] == []


def test_the_matrix_notices_when_an_outsider_is_taken_for_an_insider(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control: with the check of bodies off, no cell that said "missing" still does, save what is one's own."""
    shut = cells("otto", "missing", world)
    client = browser_of("otto", world)
    every_role = [Membership(institute=world.aldermoor, role=role) for role in INSTITUTE_ROLES]

    monkeypatch.setattr(access, "memberships", lambda _person: every_role)

    assert len(shut) > 40
    own = {
        url_of(name, DOORS[name], world)
        for name in ("shared_log", "marking_recorded", "marking_recorded_file")
    }
    assert {each for each in shut if answered_to(client, "get", each) == "missing"} == own


def cells(name: str, wanted: str, world: World) -> list[str]:
    """The addresses of an institute that are to answer this to the person."""
    return [
        url_of(address, door, world)
        for address, door in DOORS.items()
        if door.kind == "institute" and expected(name, door, world) == wanted
    ]
