"""Journeys in Chromium: the site served as it is, with the course that ships, and every person at their own browser.

Each journey is told once and walked three ways: with a mouse, without JavaScript, and by keyboard alone.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import LazySettings
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Browser, expect, sync_playwright

from assessments.loading import load_assessments
from certificates.loading import load_schemes
from courses.content_files.folders import CONTENT, slug_of
from courses.loading import load_courses
from courses.models import CoursePage
from lms.jobs import clock
from lms.people.models import Institute, User
from lms.people.second_factor import is_staff
from tests.factories import courses as course_factory
from tests.journeys.visitors import KeyboardVisitor, Visitor

# Long, for a machine that does other things as well: only a failing journey waits so long.
PATIENCE = 30_000  # milliseconds
PASSWORD = "a long enough password"
WAYS = ["by mouse", "without JavaScript", "by keyboard"]

Visit = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, by which Django takes every query of a test for an asynchronous one.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """How everybody in a journey uses their browser."""
    return request.param


@pytest.fixture
def site(live_server: Any, settings: LazySettings, tmp_path: Path) -> str:
    """Where the site answers; its e-mails and certificates lead there."""
    settings.PIPER_BASE_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path / "media"
    return live_server.url


@pytest.fixture
def visit(chromium: Browser, site: str, way: str) -> Iterator[Visit]:
    """A new browser of a person who has signed in, or of a stranger; afterwards none may have met a fault."""
    visitors: list[Visitor] = []

    def visit(person: User | None = None) -> Visitor:
        context = chromium.new_context(locale="en-GB", java_script_enabled=way != "without JavaScript")
        context.set_default_timeout(PATIENCE)
        kind = KeyboardVisitor if way == "by keyboard" else Visitor
        visitors.append(kind(context, site))
        if person:
            sign_in(visitors[-1], person)
        return visitors[-1]

    yield visit
    for visitor in visitors:
        visitor.page.context.close()
    assert [fault for visitor in visitors for fault in visitor.faults] == []


def sign_in(visitor: Visitor, person: User) -> None:
    """Through the one door, with a password and, for staff, a second factor."""
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    secret = totp.generate_totp_secret()
    if is_staff(person):
        totp.TOTP.activate(person, secret)
    visitor.opens("/accounts/login/")
    visitor.writes("E-mail address", person.email)
    visitor.writes("Password", PASSWORD)
    visitor.presses("Sign in")
    if is_staff(person):
        visitor.stands_before("Second step")
        _, now, _ = totp.yield_hotp_counters_from_time()
        visitor.writes("Code", totp.format_hotp_value(totp.hotp_value(secret, now)))
        visitor.presses("Sign in")
    visitor.page.wait_for_url("**/my/")


@pytest.fixture
def foundations(aldermoor: Institute, tmp_path: Path) -> CoursePage:
    """The course that ships, shortened to its first module and its assignment, with its scheme; open to everyone."""
    course_factory.catalogue()
    course_factory.institute_page(aldermoor)
    folder = _shortened(tmp_path / "content")
    for load in (load_courses, load_assessments, load_schemes):
        load(aldermoor, at=timezone.now(), folder=folder)
    return CoursePage.objects.get(slug="foundations")


def _shortened(folder: Path) -> Path:
    """A content folder in which Foundations is walked through in minutes; what is kept is as it ships."""
    course, kept = CONTENT / "foundations", ("01-what-commissioning-is", "09-your-assignment")
    (folder / course.name).mkdir(parents=True)
    for name in ("facts", "frameworks"):
        (folder / name).symlink_to(CONTENT / name)
    for name in ("course.toml", *kept):
        (folder / course.name / name).symlink_to(course / name)
    head, *requirements = (course / "scheme.toml").read_text(encoding="utf-8").split("[[requirement]]")
    steps = tuple(f'step = "{slug_of(name)}/' for name in kept)
    asked = [each for each in requirements if any(step in each for step in steps)]
    (folder / course.name / "scheme.toml").write_text(
        "[[requirement]]".join([head, *asked]), encoding="utf-8"
    )
    return folder


@pytest.fixture
def meanwhile(site: str) -> Callable[[], None]:
    """Do what the worker and the minute's clock do beside a real site: every job in the queue, every e-mail owed."""

    def meanwhile() -> None:
        Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="jobs",
            startup_delay=False,
            max_tasks=None,
            worker_id="journey",
        ).run()
        # Not `run_due`, which leaves a minute between two runs: a journey is quicker.
        for piece in clock.PIECES.values():
            piece.work(timezone.now())
        assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()

    return meanwhile
