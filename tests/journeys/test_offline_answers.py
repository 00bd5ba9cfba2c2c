"""An answer that cannot reach the server stays in the window, is said to be there, and arrives later."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assessments.actions import attempts
from assessments.models import Attempt
from lms.people.models import Institute, User
from tests.assessments.attempting import question_url
from tests.conftest import SignIn
from tests.factories import assessments as factory
from tests.factories import courses as course_factory

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = re.compile(r"^Saved at \d{1,2}:\d\d[ap]m$")
# A request sent while a page is left is out of the test's reach.
HOLD_EVERYTHING = "() => { window.fetch = () => Promise.reject(new TypeError()); }"
NO_CONNECTION = "Not saved: there is no connection. Trying again."


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def attempt(site: str, aldermoor: Institute, ada: User, now: datetime) -> Attempt:
    """At a quiz of four questions, in a course of its own."""
    course = course_factory.course(aldermoor, "Elsewhere")
    quiz = factory.quiz(course_factory.module(course))
    return attempts.start(course_factory.enrol(ada, course), quiz, by=ada, at=now)


@pytest.fixture
def window(chromium: Browser, site: str, ada: User, sign_in: SignIn) -> Iterator[BrowserContext]:
    """Ada's browser, signed in."""
    context = chromium.new_context(base_url=site)
    session = sign_in(ada).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    yield context
    context.close()


def opened(window: BrowserContext, url: str) -> Page:
    page = window.new_page()
    page.goto(url)
    return page


def counted(attempt: Attempt) -> dict[int, object]:
    return {place: answer.response.body for place, answer in attempt.counted_answers().items()}


def test_what_was_chosen_offline_survives_a_press_and_a_reload_and_is_saved_later(
    window: BrowserContext, attempt: Attempt
) -> None:
    page = opened(window, question_url(attempt, 1))
    state = page.locator("[data-save-state]")
    page.get_by_label("A purchase").check()
    expect(state).to_have_text(SAVED)
    assert counted(attempt) == {1: "a"}

    window.set_offline(True)
    page.get_by_label("An outcome").check()
    expect(state).to_have_text(NO_CONNECTION)
    expect(state).to_have_attribute("role", "alert")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_label("An outcome")).to_be_checked()
    window.set_offline(False)
    page.reload()

    expect(state).to_have_text(SAVED)
    expect(page.get_by_label("An outcome")).to_be_checked()
    assert counted(attempt) == {1: "b"}
    assert page.evaluate("sessionStorage.length") == 0


def test_the_check_brings_in_what_has_not_arrived_or_says_so(
    window: BrowserContext, attempt: Attempt
) -> None:
    page = opened(window, question_url(attempt, 1))
    notice = page.get_by_text("Something you chose has not reached us yet")
    window.route("**/answer/", lambda route: route.abort())
    page.evaluate(HOLD_EVERYTHING)
    page.get_by_label("An outcome").check()

    page.get_by_role("link", name="Check your answers and hand in").click()
    expect(notice).to_be_visible()
    assert counted(attempt) == {}
    window.unroute("**/answer/")
    page.reload()

    expect(page.get_by_text("3 questions still need an answer")).to_be_visible()
    expect(notice).to_be_hidden()
    assert counted(attempt) == {1: "b"}


def test_a_stale_tab_is_shown_both_answers_and_the_learner_chooses(
    window: BrowserContext, attempt: Attempt
) -> None:
    stale, other = (opened(window, question_url(attempt, 1)) for _ in range(2))
    other.get_by_label("A purchase").check()
    expect(other.locator("[data-save-state]")).to_have_text(SAVED)

    stale.get_by_label("A need").check()
    stale.get_by_role("button", name="See both answers and choose").click()
    expect(stale.get_by_role("heading", name="This answer was not counted")).to_be_visible()
    expect(stale.get_by_label("A purchase")).to_be_checked()
    stale.get_by_label("A need").check()
    expect(stale.locator("[data-save-state]")).to_have_text(SAVED)

    assert counted(attempt) == {1: "c"}


def test_on_one_page_each_question_is_saved_by_itself(window: BrowserContext, attempt: Attempt) -> None:
    page = opened(window, f"/my/attempts/{attempt.uuid}/questions/")

    for place, choice in ((1, "A purchase"), (3, "A contract")):
        section = page.locator(f"#question-{place}")
        section.get_by_label(choice).check()
        expect(section.locator("[data-save-state]")).to_have_text(SAVED)

    assert counted(attempt) == {1: "a", 3: "d"}
