"""Every response carries the headers that keep it in its frame, its origin and its reader's hands."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from lms.people.models import User
from tests.security.personas import browser_of, expected
from tests.security.registry import DOORS
from tests.security.test_addresses import PERSONAS, ask, url_of
from tests.security.world import World

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
OUTSIDE_OUR_DOORS = (
    "/",
    "/courses/",
    "/no-such-page/",
    "/accounts/login/",
    "/accounts/email/",
    "/accounts/2fa/",
)
# What learners have sent: shown by no page, and were it shown, nothing in it would run.
# An institute's colours: the one answer that is nobody's own, under an address that changes with it.
KEPT = {"brand_sheet", "institute_did", "institute_seals", "institute_status"}
FILES = {"draft_file", "submission_file", "marking_file", "marking_recorded_file", "quality_file"}
SANDBOX = {"sandbox": [], "default-src": ["'none'"]}

pytestmark = pytest.mark.django_db


def responses(world: World) -> dict[str, HttpResponse]:
    """What every address answers to the first person who is let in."""
    browsers = {name: browser_of(name, world) for name in PERSONAS if name in world.people}
    found = {url: ask(browsers["ada"], "get", url) for url in (*OUTSIDE_OUR_DOORS, world.course.get_url())}
    for address, door in DOORS.items():
        let_in = next(
            (name for name in browsers if door.kind != "token" and expected(name, door, world) == "in"), "ada"
        )
        found[address] = ask(browsers[let_in], "get", url_of(address, door, world))
    return found


def policy(response: HttpResponse) -> dict[str, list[str]]:
    """The directives of a response's Content-Security-Policy with their sources."""
    directives = response.headers.get("Content-Security-Policy", "").split(";")
    return {name: sources for name, *sources in (each.split() for each in directives if each.strip())}


def differing(found: dict[str, HttpResponse], wanted: dict[str, str]) -> dict[str, dict[str, str | None]]:
    return {
        address: wrong
        for address, response in found.items()
        if (
            wrong := {name: response.get(name) for name, text in wanted.items() if response.get(name) != text}
        )
    }


def test_every_address_of_ours_has_the_strict_policy_and_lets_no_cache_keep_it(world: World) -> None:
    strict = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    found = responses(world)

    assert {name for name, each in found.items() if policy(each) != strict} == FILES
    assert [policy(found[name]) for name in FILES] == [SANDBOX] * len(FILES)
    assert differing(found, EVERYWHERE | {"X-Frame-Options": "DENY"}) == {}
    kept = {name: each.get("Cache-Control") for name, each in found.items()}
    assert {name: said for name, said in kept.items() if "no-store" not in (said or "")}.keys() == KEPT


def test_a_visitor_is_protected_as_well(world: World) -> None:
    urls = ["/", "/accounts/login/", "/my/", "/cms-not/", url_of("check", DOORS["check"], world)]

    found = {url: ask(Client(), "get", url) for url in urls}

    strict = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert {url: policy(each) for url, each in found.items() if policy(each) != strict} == {}
    assert differing(found, EVERYWHERE | {"X-Frame-Options": "DENY"}) == {}


def test_the_cms_alone_has_the_looser_policy(world: World) -> None:
    User.objects.filter(pk=world.people["ines"].pk).update(is_superuser=True)
    operator = browser_of("ines", world)

    found = {url: ask(operator, "get", url) for url in ("/cms/", "/cms/pages/", "/cms/no-such/")}

    loose = settings.CMS_CONTENT_POLICY
    assert {url: policy(each) for url, each in found.items() if policy(each) != loose} == {}
    assert differing(found, EVERYWHERE | {"X-Frame-Options": "SAMEORIGIN"}) == {}
    assert [url for url, each in found.items() if "no-store" not in each.get("Cache-Control", "")] == []


def test_no_policy_of_ours_lets_anything_inline_or_from_outside_run() -> None:
    strict = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    sources = {source for each in strict.values() for source in each}

    assert sources == {"'self'", "'none'", "data:"}
    assert strict["script-src"] == strict["style-src"] == ["'self'"]


def test_a_certificates_public_page_is_kept_out_of_search_engines(world: World) -> None:
    known = url_of("check", DOORS["check"], world)

    said = [ask(Client(), "get", url).get("X-Robots-Tag") for url in (known, "/v/AAAA-AAAA-AAAA/")]

    assert said == ["noindex, nofollow"] * 2
