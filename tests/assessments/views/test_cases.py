"""A case's pages: what they say before the start, what they keep back, and what they refuse."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.actions import cases
from assessments.models import CaseAttempt, CaseChoice, CasePage
from courses.models import Enrolment
from courses.models.outlines import address
from lms.people.models import User
from tests.assessments.attempting import queries
from tests.assessments.views.conftest import Read
from tests.conftest import SignIn
from tests.factories import cases as factory
from tests.factories import courses as course_factory


@pytest.fixture
def walk(enrolment: Enrolment, case: CasePage, ada: User, now: datetime) -> CaseAttempt:
    """Ada has begun."""
    return cases.start(enrolment, case, by=ada, at=now)


def url(attempt: CaseAttempt, what: str = "attempt") -> str:
    return reverse(f"case_{what}", args=[attempt.uuid])


def decide(browser: Client, attempt: CaseAttempt, position: int, choice: str) -> Any:
    return browser.post(url(attempt, "decide"), {"position": position, "choice": choice}, follow=True)


def test_the_start_page_says_what_counts(
    browser: Client, enrolment: Enrolment, case: CasePage, read: Read
) -> None:
    page = read(browser.get(address(case.url_path)))

    assert "You take 2 decisions" in page
    assert "4 of 6 points, and an ending in which nobody came to harm" in page
    assert "1 hour. You can pause the clock at any moment" in page
    assert "2, of which you have used 0" in page
    assert "Start the case" in page


def test_a_case_is_begun_decided_and_passed_in_the_browser(
    browser: Client, enrolment: Enrolment, case: CasePage, read: Read
) -> None:
    begun = browser.post(reverse("case_start", args=[enrolment.uuid, case.pk]), follow=True)
    attempt = CaseAttempt.objects.get()
    assert "It says that he is settled." in read(begun)

    second = read(decide(browser, attempt, 1, "look"))
    assert "You chose: Go and look" in second
    assert "A nurse writes to you at night." in second

    last = read(decide(browser, attempt, 2, "tell"))
    assert "You passed" in last
    assert "6 of 6 points; 4 are needed." in last
    assert "Reports are written by those whom they report on." in last


def test_no_page_of_an_open_case_holds_points_harm_or_debriefs(
    browser: Client, walk: CaseAttempt, read: Read
) -> None:
    decide(browser, walk, 1, "look")
    for where in (url(walk), address(walk.page.url_path)):
        shown = browser.get(where).content.decode()
        for secret in ("Reports are written", "Nobody should learn", "Does harm", "She has no shifts"):
            assert secret not in shown
        assert "3 points" not in shown


def test_after_a_failed_attempt_the_key_stays_back_until_none_is_left(
    browser: Client,
    enrolment: Enrolment,
    case: CasePage,
    walk: CaseAttempt,
    ada: User,
    now: datetime,
    read: Read,
) -> None:
    decide(browser, walk, 1, "file")
    first = read(decide(browser, walk, 2, "name"))
    assert "Not passed yet" in first
    assert "Somebody came to harm" in first
    assert "1 attempt left" in first
    assert "Nobody should learn who she is." not in first
    assert "Does harm" not in first

    again = cases.start(enrolment, case, by=ada, at=now)
    decide(browser, again, 1, "file")
    last = read(decide(browser, again, 2, "wait"))

    assert "You have used every attempt" in last
    assert "Nobody should learn who she is." in last
    assert "Nobody should learn who she is." in read(browser.get(url(walk)))


def test_going_back_or_a_second_window_changes_nothing(
    browser: Client, walk: CaseAttempt, read: Read
) -> None:
    decide(browser, walk, 1, "file")

    same = decide(browser, walk, 1, "file")
    other = decide(browser, walk, 1, "look")

    assert same.status_code == 200
    assert other.status_code == 409
    assert "You have decided this already, and the story has gone on from there." in read(other)
    assert list(CaseChoice.objects.values_list("choice", flat=True)) == ["file"]


@pytest.mark.parametrize(
    "sent", [{}, {"position": "1"}, {"position": "x", "choice": "look"}, {"position": "1", "choice": "tell"}]
)
def test_nothing_chosen_or_nonsense_is_said_and_changes_nothing(
    browser: Client, walk: CaseAttempt, read: Read, sent: dict[str, str]
) -> None:
    answer = browser.post(url(walk, "decide"), sent, follow=True)

    assert "Choose one of the ways below, then decide." in read(answer)
    assert not walk.choices.exists()


def test_the_story_is_hidden_while_the_clock_is_paused(
    browser: Client, walk: CaseAttempt, read: Read
) -> None:
    paused = read(browser.post(url(walk, "pause"), follow=True))
    assert "The clock is paused" in paused
    assert "59 minutes left" in paused
    assert "It says that he is settled." not in paused

    refused = decide(browser, walk, 1, "look")
    assert refused.status_code == 409
    assert "The clock is paused." in read(refused)

    assert "It says that he is settled." in read(browser.post(url(walk, "resume"), follow=True))


def test_when_the_time_is_over_the_page_says_so_and_leads_to_the_result(
    browser: Client, walk: CaseAttempt, read: Read
) -> None:
    decide(browser, walk, 1, "look")
    past = timezone.now() - timedelta(minutes=1)
    CaseAttempt.objects.filter(pk=walk.pk).update(deadline_at=past)

    page = read(browser.get(url(walk)))
    assert "Your time is over" in page
    assert "A nurse writes to you" not in page

    result = read(browser.post(url(walk, "decide"), {"position": 2}, follow=True))
    assert "Your time ended before the story did." in result
    assert "3 of 6 points" in result
    late = browser.post(url(walk, "pause"), follow=True)
    assert late.status_code == 200


def test_somebody_elses_attempt_is_not_there(walk: CaseAttempt, ben: User, sign_in: SignIn) -> None:
    browser = sign_in(ben)

    assert browser.get(url(walk)).status_code == 404
    for what in ("decide", "pause", "resume"):
        assert browser.post(url(walk, what), {"position": 1, "choice": "look"}).status_code == 404
        assert browser.get(url(walk, what)).status_code == 405


def test_a_third_attempt_is_refused_with_a_sentence(
    browser: Client, enrolment: Enrolment, case: CasePage, ada: User, now: datetime, read: Read
) -> None:
    for _ in range(2):
        attempt = cases.start(enrolment, case, by=ada, at=now)
        cases.decide(attempt, 1, "file", by=ada, at=now)
        cases.decide(attempt, 2, "wait", by=ada, at=now)

    refused = browser.post(reverse("case_start", args=[enrolment.uuid, case.pk]))
    page = read(browser.get(address(case.url_path)))

    assert refused.status_code == 409
    assert "You have used all 2 attempts at this case." in read(refused)
    assert "You have used all 2 attempts" in page
    assert "Start" not in page.split("Before you start")[1].split("Your attempts")[0]


def test_staff_read_the_rules_and_begin_nothing(
    case: CasePage, ines: User, sign_in: SignIn, read: Read
) -> None:
    page = read(sign_in(ines).get(address(case.url_path)))

    assert "You are reading this as staff" in page
    assert "Start the case" not in page


def test_the_cms_holds_no_part_of_the_key(case: CasePage) -> None:
    case.save_revision()

    kept = json.dumps(case.latest_revision.content)

    assert "Go and look" not in kept
    assert "score" not in kept


def test_a_page_costs_as_many_queries_late_in_the_story_as_at_its_beginning(
    browser: Client, walk: CaseAttempt
) -> None:
    first = queries(browser, url(walk))
    decide(browser, walk, 1, "look")

    assert queries(browser, url(walk)) == first


def test_a_case_of_another_course_cannot_be_begun(
    browser: Client, enrolment: Enrolment, fenwick: Any
) -> None:
    foreign = factory.case(course_factory.module(course_factory.course(fenwick, "Elsewhere")))

    assert browser.post(reverse("case_start", args=[enrolment.uuid, foreign.pk])).status_code == 404
