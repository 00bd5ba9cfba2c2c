"""Every page in its main states: no accessibility fault that axe can find, nothing wider than a phone, no request outside.

PIPER_PICTURES=/tmp/pictures    keeps a picture of each page at each width, to be looked at
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve
from django.utils import timezone
from playwright.sync_api import Browser, Page

from lms.people.models import Institute, User
from lms.people.roles import INSTITUTE_ROLES
from tests.factories import people
from tests.journeys import tour, world
from tests.journeys.visitors import Visitor

WIDTHS = (1280, 390)
# Names that are no page to look at: posted to, a file, or for machines.
NO_PAGE = {
    "livez",
    "readyz",
    "brand_sheet",
    "institute_did",
    "institute_seals",
    "institute_status",
    "step_finish",
    "simulator_note",
    "activity_answer",
    "log_export",
    "log_unshare",
    "cpd_csv",
    "cpd_minutes",
    "cpd_pdf",
    "scenario_begin",
    "scenario_decide",
    "attempt_start",
    "attempt_submit",
    "answer_save",
    "marking_next",
    "case_start",
    "case_decide",
    "case_pause",
    "case_resume",
    "draft_file",
    "submission_file",
    "marking_file",
    "marking_recorded_file",
    "quality_file",
    "quality_agree",
    "adjustment_end",
    "candidate_remind",
    "grant_many",
    "certificate_try_again",
    "credential_download",
    "certificate_void",
    "register_export",
    "register_download",
    "employment_accept",
    "invitation_withdraw",
    "staff_export",
    "framework_back",
    "framework_csv",
    "team_export",
    "staff_invitation_withdraw",
    "line_manager_name",
    "staff_manager",
}


@pytest.fixture
def stops(site: str) -> list[tour.Stop]:
    found = world.build(timezone.now())
    otto = found.person("outsider")
    fenwick = Institute.objects.get(slug="fenwick")
    for role in INSTITUTE_ROLES:
        if not fenwick.memberships.filter(person=otto, role=role).exists():
            people.appoint(otto, role, fenwick)
    return list(tour.stops(found))


def test_every_page_is_accessible_and_fits_a_phone(
    chromium: Browser, site: str, stops: list[tour.Stop], sign_in: Callable[[User], Client]
) -> None:
    faults: list[str] = []
    for who in dict.fromkeys(stop.who for stop in stops):
        visitor = Visitor(chromium.new_context(locale="en-GB"), site)
        if who:
            take_session(visitor, sign_in(User.objects.get(email=f"{who}@example.org")))
        for stop in (stop for stop in stops if stop.who == who):
            faults += [f"{stop.name}: {fault}" for fault in look(visitor, stop)]
        visitor.page.context.close()

    assert faults == []


def test_the_tour_leaves_no_page_out(stops: list[tour.Stop]) -> None:
    seen = {resolve(stop.address.partition("?")[0]).url_name for stop in stops}
    assert set(own_names()) - seen == NO_PAGE


def look(visitor: Visitor, stop: tour.Stop) -> list[str]:
    """Everything that is wrong with one page, at each width."""
    page = visitor.page
    visitor.faults.clear()
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    status = visitor.opens(stop.address)
    found = [] if status == stop.status else [f"answered {status}"]
    if stop.press:
        visitor.presses(stop.press)
        page.wait_for_load_state()
        found += [] if page.title().startswith("Error: ") else ["shows no error"]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {fault}" for fault in [*axe_faults(page), *widths_beyond(page)]]
        keep_picture(page, stop, width)
    return found + visitor.faults


def axe_faults(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [
        f"{violation['id']} at {node['target']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def widths_beyond(page: Page) -> list[str]:
    """Whether the page has to be scrolled sideways."""
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"is {beyond} px wider than the screen"] if beyond > 0 else []


def keep_picture(page: Page, stop: tour.Stop, width: int) -> None:
    if folder := os.environ.get("PIPER_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        name = stop.name.replace(" ", "-").replace(",", "")
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def take_session(visitor: Visitor, client: Client) -> None:
    """Go on in the browser as somebody who has signed in elsewhere."""
    cookie = client.cookies["sessionid"]
    visitor.page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": visitor.site}])


def own_names(resolver: URLResolver | None = None) -> list[str]:
    """The names of every address that is ours, not allauth's or Wagtail's."""
    names = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if str(pattern.pattern) in {"accounts/", "cms/", "documents/"}:
            continue
        if isinstance(pattern, URLResolver):
            names += own_names(pattern)
        elif pattern.name and not pattern.name.startswith("wagtail"):
            names.append(pattern.name)
    return names
