"""Writing and handing in through the browser: nothing typed is lost, nothing is handed in twice."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import submissions
from assessments.models import AssignmentPage, Draft, Submission
from courses.models import Enrolment
from lms.people.models import User
from tests.assessments.views.conftest import Read
from tests.conftest import SignIn
from tests.factories import work

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def draft_url(enrolment: Enrolment, brief: AssignmentPage) -> str:
    return reverse("draft_edit", args=[enrolment.uuid, brief.pk])


@pytest.fixture
def check_url(enrolment: Enrolment, brief: AssignmentPage) -> str:
    return reverse("draft_check", args=[enrolment.uuid, brief.pk])


def test_an_empty_page_makes_no_draft_until_it_is_saved(browser: Client, draft_url: str) -> None:
    response = browser.get(draft_url)

    assert response.context["form"].initial == {"text": "", "base_revision": 0}
    assert not Draft.objects.exists()


def test_saving_comes_back_with_the_text_and_its_words(browser: Client, draft_url: str, read: Read) -> None:
    response = browser.post(draft_url, {"text": "Three little words.", "base_revision": 0}, follow=True)

    page = read(response)
    assert "Your draft is saved." in page
    assert "3 words, of about 1200" in page
    assert "Three little words." in page


def test_the_pages_script_is_told_the_revision_and_the_time(browser: Client, draft_url: str) -> None:
    response = browser.post(
        draft_url, {"text": "Words.", "base_revision": 0}, headers={"Accept": "application/json"}
    )

    assert response.json() == {"revision": 1, "saved_at": "10:00am"}


def test_a_stale_tab_shows_both_texts_and_loses_neither(browser: Client, draft_url: str, read: Read) -> None:
    browser.post(draft_url, {"text": "From the first tab.", "base_revision": 0})

    response = browser.post(draft_url, {"text": "From the second tab.", "base_revision": 0})

    assert response.status_code == 409
    page = read(response)
    assert "From the first tab." in page
    assert "From the second tab." in page
    assert Draft.objects.get().text == "From the first tab."


def test_the_stale_tabs_text_can_be_chosen_there(browser: Client, draft_url: str) -> None:
    browser.post(draft_url, {"text": "From the first tab.", "base_revision": 0})
    stale = browser.post(draft_url, {"text": "From the second tab.", "base_revision": 0})

    form = stale.context["form"].initial
    browser.post(draft_url, {"text": form["text"], "base_revision": form["base_revision"]})

    assert Draft.objects.get().text == "From the second tab."


def test_the_script_of_a_stale_tab_is_told_why(browser: Client, draft_url: str) -> None:
    browser.post(draft_url, {"text": "First.", "base_revision": 0})

    response = browser.post(
        draft_url, {"text": "Second.", "base_revision": 0}, headers={"Accept": "application/json"}
    )

    assert response.status_code == 409
    assert response.json()["sentence"].startswith("This work was changed in another tab")


def test_too_long_a_text_comes_back_whole_with_the_error_first(
    browser: Client, draft_url: str, read: Read
) -> None:
    text = "x" * 100_001

    response = browser.post(draft_url, {"text": text, "base_revision": 0})

    assert response.status_code == 200
    assert "<title>Error: " in response.content.decode()
    assert "There is a problem This text has 100,001 characters." in read(response)
    assert text in response.content.decode()


def test_check_and_hand_in_saves_first(browser: Client, draft_url: str, check_url: str) -> None:
    response = browser.post(draft_url, {"text": "Words.", "base_revision": 0, "check": "yes"})

    assert response.url == check_url
    assert Draft.objects.get().text == "Words."


def test_the_check_page_shows_the_work_the_declaration_and_the_date(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, check_url: str, at: datetime, read: Read
) -> None:
    work.write(enrolment, brief, at)

    page = read(browser.get(check_url))

    assert "People go home able to do things for themselves again." in page
    assert "This is my own work." in page
    assert "You will have a decision by 14 December 2026" in page
    assert "Hand in my work" in page


def test_handing_in_without_the_declaration_is_refused_and_says_so_first(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, check_url: str, at: datetime, read: Read
) -> None:
    draft = work.write(enrolment, brief, at)

    response = browser.post(check_url, {"read": submissions.text_digest(draft.text)})

    assert response.status_code == 200
    assert "<title>Error: " in response.content.decode()
    assert "There is a problem Confirm that this is your own work." in read(response)
    assert not Submission.objects.exists()


def test_two_clicks_hand_in_once_and_lead_to_the_same_receipt(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, check_url: str, at: datetime, read: Read
) -> None:
    draft = work.write(enrolment, brief, at)
    fields = {"read": submissions.text_digest(draft.text), "declared": "on"}

    first = browser.post(check_url, fields)
    second = browser.post(check_url, fields, follow=True)

    submission = Submission.objects.get()
    assert first.url == reverse("submission", args=[submission.uuid])
    assert second.redirect_chain[-1][0] == first.url
    assert "We have your work." in read(second)


def test_work_that_changed_in_another_tab_is_not_handed_in(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, check_url: str, at: datetime, read: Read
) -> None:
    read_digest = submissions.text_digest(work.write(enrolment, brief, at, "As read.").text)
    work.write(enrolment, brief, at, "As changed.")

    response = browser.post(check_url, {"read": read_digest, "declared": "on"})

    assert response.status_code == 409
    assert "Read it again, then hand it in." in read(response)
    assert Draft.objects.get().text == "As changed."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  ", "There is nothing to hand in yet."),
        ("word " * 10_001, "5 characters longer than can be handed in"),
    ],
)
def test_what_cannot_be_handed_in_is_said_before_the_button_would_be(
    browser: Client,
    enrolment: Enrolment,
    brief: AssignmentPage,
    check_url: str,
    at: datetime,
    read: Read,
    text: str,
    sentence: str,
) -> None:
    work.write(enrolment, brief, at, text)

    page = read(browser.get(check_url))

    assert sentence in page
    assert "Hand in my work" not in page


def test_the_check_page_without_a_draft_leads_to_writing_one(
    browser: Client, check_url: str, draft_url: str
) -> None:
    assert browser.get(check_url).url == draft_url


def test_the_next_try_begins_with_the_text_of_the_last(
    browser: Client,
    enrolment: Enrolment,
    brief: AssignmentPage,
    draft_url: str,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
) -> None:
    work.released(work.hand_in(enrolment, brief, at, "My first try."), asif, mina, lena, at, bands=1)

    assert browser.get(draft_url).context["form"].initial == {"text": "My first try.", "base_revision": 0}


def test_writing_while_the_work_is_judged_is_refused_with_the_way_back(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, draft_url: str, at: datetime, read: Read
) -> None:
    work.hand_in(enrolment, brief, at)

    response = browser.get(draft_url)

    assert response.status_code == 409
    assert "You have handed in this work." in read(response)
    assert response.context["action_url"] == brief.url


def test_nobody_opens_another_persons_draft(
    enrolment: Enrolment, draft_url: str, check_url: str, ben: User, lena: User, sign_in: SignIn
) -> None:
    for address in (draft_url, check_url):
        assert sign_in(ben).get(address).status_code == 404
        assert sign_in(lena).get(address).status_code == 404
        assert Client().get(address).url.startswith("/accounts/login/")


def test_an_assignment_of_another_course_or_unpublished_has_no_draft(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, draft_url: str
) -> None:
    elsewhere = reverse("draft_edit", args=[enrolment.uuid, brief.pk + 999])
    brief.live = False
    brief.save()

    assert browser.get(elsewhere).status_code == 404
    assert browser.get(draft_url).status_code == 404
