"""The assessor's desk: blind, oldest first, one piece of work at a time, and nothing lost."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import marking as actions
from assessments.actions import quality
from assessments.models import AssignmentPage, DeclaredInterest, Marking, MarkingDraft, Submission
from courses.models import CoursePage, Enrolment
from lms.people.models import Institute, User
from lms.people.roles import Role
from tests.assessments.views.conftest import Read
from tests.conftest import SignIn
from tests.factories import courses as course_factory
from tests.factories import people, work

pytestmark = pytest.mark.usefixtures("clock")

QUEUE = "/at/aldermoor/marking/"


@pytest.fixture
def held(submission: Submission, asif: User, at: datetime) -> Submission:
    return work.claim(submission, asif, at)


@pytest.fixture
def browser(asif: User, sign_in: SignIn) -> Client:
    return sign_in(asif)


def page_of(name: str, submission: Submission) -> str:
    return reverse(name, args=["aldermoor", submission.uuid])


WHOLE = {
    "band_criterion-1": "3",
    "band_criterion-2": "1",
    "comment_criterion-1": "The need is clear.",
    "feedback": "You start from people.",
}


def test_the_queue_shows_how_much_waits_oldest_first_with_its_promise(
    browser: Client, foundations: CoursePage, brief: AssignmentPage, at: datetime, read: Read
) -> None:
    old, new = work.hand_in_many(foundations, brief, 2, at - timedelta(days=30))

    page = read(browser.get(QUEUE))

    assert "2 pieces of work wait" in page
    assert page.index(old.candidate_number) < page.index(new.candidate_number)
    assert f"{old.candidate_number} Commissioning brief 21 24 October 2026 13 November 2026 Late" in page


def test_an_empty_queue_says_so(browser: Client, read: Read) -> None:
    page = read(browser.get(QUEUE))

    assert "Nothing waits to be marked" in page
    assert "Mark the next" not in page


def test_mark_the_next_opens_the_oldest(browser: Client, submission: Submission, asif: User) -> None:

    response = browser.post(f"{QUEUE}next/")

    submission.refresh_from_db()
    assert response.url == page_of("marking_edit", submission)
    assert submission.assessor == asif


def test_mark_the_next_with_nothing_waiting_says_so(browser: Client, read: Read) -> None:
    assert "Nothing waits for you to mark." in read(browser.post(f"{QUEUE}next/", follow=True))


def test_taking_work_is_never_a_matter_of_a_link(browser: Client, submission: Submission) -> None:
    assert browser.get(f"{QUEUE}next/").status_code == 405


def test_what_one_holds_stands_in_the_queue_to_be_continued(
    browser: Client, held: Submission, read: Read
) -> None:
    page = read(browser.get(QUEUE))

    assert "With you" in page
    assert f"Continue with candidate {held.candidate_number}" in page


def test_the_marking_page_shows_the_work_beside_every_band(
    browser: Client, held: Submission, read: Read
) -> None:
    page = read(browser.get(page_of("marking_edit", held)))

    assert "People go home able to do things for themselves again." in page
    assert "Criterion 1 50% of the mark Not yet Repeats the hours. Pass States an outcome." in page
    assert "Marked 0 of 2" in page


def test_the_marking_page_shows_what_was_asked_and_the_ways_out_before_the_rubric(
    browser: Client, held: Submission, read: Read
) -> None:
    page = read(browser.get(page_of("marking_edit", held)))

    before_the_rubric = page[: page.index("Rubric Marked")]
    assert "What was asked Turn the e-mail into a brief." in before_the_rubric
    assert "Hand this work back" in before_the_rubric
    assert "Set this work aside" in before_the_rubric


def test_a_half_done_marking_is_kept(browser: Client, held: Submission, asif: User, read: Read) -> None:
    fields = {"band_criterion-1": "2", "feedback": "So far."}

    page = read(browser.post(page_of("marking_edit", held), fields, follow=True))

    assert "Your draft is saved." in page
    assert "Marked 1 of 2" in page
    assert actions.draft_of(held, asif) == actions.Judgement(bands={"criterion-1": 2}, feedback="So far.")


def test_the_pages_script_saves_too(browser: Client, held: Submission) -> None:
    response = browser.post(
        page_of("marking_edit", held), {"feedback": "Half."}, headers={"Accept": "application/json"}
    )

    assert response.json() == {"saved_at": "10:00am"}


def test_a_review_with_gaps_names_each_and_keeps_what_was_typed(
    browser: Client, held: Submission, asif: User, read: Read
) -> None:
    fields = {"band_criterion-1": "2", "is_unsafe": "on", "check": "yes"}

    response = browser.post(page_of("marking_edit", held), fields)

    assert response.status_code == 200
    assert "<title>Error: Candidate" in response.content.decode()
    page = read(response)
    assert "There is a problem Choose a band for “Criterion 2” Write feedback to the candidate." in page
    assert "Say which passage would be unsafe advice, and why." in page
    assert 'href="#id_band_criterion-2_0"' in response.content.decode()
    assert actions.draft_of(held, asif).bands == {"criterion-1": 2}


def test_the_review_shows_what_the_bands_come_to(browser: Client, held: Submission, read: Read) -> None:
    response = browser.post(page_of("marking_edit", held), {**WHOLE, "check": "yes"}, follow=True)

    page = read(response)
    assert "What your bands come to Not yet competent 1 criterion is below Pass." in page
    assert "Criterion 1 Merit. States a clear outcome. The need is clear." in page
    assert "You start from people." in page


def record(browser: Client, held: Submission) -> Any:
    browser.post(page_of("marking_edit", held), {**WHOLE, "check": "yes"})
    check = browser.get(page_of("marking_check", held))
    digest = check.context["judgement"].digest
    return browser.post(page_of("marking_check", held), {"read": digest}, follow=True)


def test_recording_ends_at_the_queue_and_shows_it_there(
    browser: Client, held: Submission, asif: User, read: Read
) -> None:
    page = read(record(browser, held))

    made = Marking.objects.get()
    assert made.assessor == asif
    assert f"The marking of candidate {held.candidate_number} is recorded." in page
    assert "You recorded lately" in page
    assert "In its batch" in page


def test_recording_twice_answers_alike(browser: Client, held: Submission, read: Read) -> None:
    record(browser, held)

    again = browser.post(page_of("marking_check", held), {"read": "whatever"}, follow=True)

    assert "is recorded" in read(again)
    assert Marking.objects.count() == 1


def test_a_marking_changed_in_another_tab_is_read_again_before_it_is_recorded(
    browser: Client, held: Submission, read: Read
) -> None:
    browser.post(page_of("marking_edit", held), {**WHOLE, "check": "yes"})
    digest = browser.get(page_of("marking_check", held)).context["judgement"].digest
    browser.post(page_of("marking_edit", held), {**WHOLE, "band_criterion-2": "4"})

    response = browser.post(page_of("marking_check", held), {"read": digest})

    assert response.status_code == 409
    assert "Read it again, then record it." in read(response)
    assert not Marking.objects.exists()


def test_the_review_of_a_marking_with_gaps_leads_back(browser: Client, held: Submission, read: Read) -> None:
    response = browser.get(page_of("marking_check", held))

    assert response.status_code == 409
    assert "Write feedback to the candidate." in read(response)
    assert response.context["action_url"] == page_of("marking_edit", held)


def test_handing_back_because_one_may_know_the_person_is_asked_once_and_kept(
    browser: Client, held: Submission, asif: User, read: Read
) -> None:
    page = read(browser.post(page_of("marking_hand_back", held), {"why": "interest"}, follow=True))

    assert "This does not count against you." in page
    assert DeclaredInterest.objects.get().assessor == asif
    assert browser.get(page_of("marking_edit", held)).status_code == 403


def test_having_no_time_is_said_in_a_few_words(
    browser: Client, held: Submission, asif: User, read: Read
) -> None:
    answer = {"why": "time"}
    asked = read(browser.post(page_of("marking_hand_back", held), answer))
    told = read(
        browser.post(page_of("marking_hand_back", held), {**answer, "reason": "I am ill."}, follow=True)
    )

    assert "There is a problem Say in a few words what is in the way" in asked
    assert "This does not count against you." in told
    held.refresh_from_db()
    assert held.assessor is None


def test_handing_back_needs_a_reason(browser: Client, held: Submission, read: Read) -> None:
    response = browser.post(page_of("marking_hand_back", held), {})

    assert "There is a problem Choose why you hand it back." in read(response)


def test_work_that_another_assessor_has_is_not_shown(
    held: Submission, asha: User, sign_in: SignIn, read: Read
) -> None:
    for name in ("marking_edit", "marking_check", "marking_hand_back"):
        response = sign_in(asha).get(page_of(name, held))

        assert response.status_code == 409
        assert "Another assessor has this work." in read(response)


def test_work_that_waits_is_taken_from_the_queue_and_not_by_its_address(
    browser: Client, submission: Submission, read: Read
) -> None:
    response = browser.get(page_of("marking_edit", submission))

    assert response.status_code == 409
    assert "Use “Mark the next” to take the oldest." in read(response)


def test_ones_own_work_is_forbidden_even_by_its_address(
    foundations: CoursePage, brief: AssignmentPage, asif: User, browser: Client, at: datetime, read: Read
) -> None:
    own = work.hand_in(course_factory.enrol(asif, foundations), brief, at)

    assert browser.get(page_of("marking_edit", own)).status_code == 403
    assert "Nothing waits to be marked" in read(browser.get(QUEUE))


def test_an_assessor_reads_what_quality_assurance_made_of_a_marking(
    browser: Client, submission: Submission, asif: User, mina: User, lena: User, at: datetime, read: Read
) -> None:
    made = work.mark(submission, asif, at)
    batch = work.close(made.batch, lena, at)
    quality.overturn(
        made,
        bands={"criterion-1": 1, "criterion-2": 3},
        unsafe_passages=0,
        reason="The outcome is a service.",
        rest="stands",
        by=mina,
        at=at,
    )

    page = read(browser.get(reverse("marking_recorded", args=["aldermoor", made.uuid])))

    assert batch.is_closed
    assert "The quality check overturned this marking The outcome is a service." in page
    assert "Overturned" in read(browser.get(QUEUE))


def test_nobody_reads_another_assessors_marking_there(
    submission: Submission, asif: User, asha: User, sign_in: SignIn, at: datetime
) -> None:
    made = work.mark(submission, asif, at)

    response = sign_in(asha).get(reverse("marking_recorded", args=["aldermoor", made.uuid]))

    assert response.status_code == 404


@pytest.fixture
def addresses(held: Submission, asif: User, enrolment: Enrolment, at: datetime) -> list[str]:
    """Every page of the assessor's desk while Asif marks Ada's work."""
    MarkingDraft.objects.create(
        submission=held, assessor=asif, body=asdict(work.judgement(held)), saved_at=at
    )
    return [
        QUEUE,
        page_of("marking_edit", held),
        page_of("marking_check", held),
        page_of("marking_hand_back", held),
    ]


def test_no_page_of_an_assessor_tells_who_wrote_the_work(
    browser: Client, addresses: list[str], held: Submission, asif: User, at: datetime
) -> None:
    learner = held.learner
    seen = [browser.get(address) for address in addresses]
    made = work.mark(held, asif, at)
    seen += [browser.get(QUEUE), browser.get(reverse("marking_recorded", args=["aldermoor", made.uuid]))]

    # "Ada" and "Bright" stand in no other word of these pages.
    told = [learner.first_name, learner.last_name, learner.email, str(learner.uuid), str(held.enrolment.uuid)]
    for response in seen:
        assert response.status_code == 200
        content = response.content.decode()
        assert [word for word in told if word in content] == []


def test_the_desk_is_closed_to_everybody_else(
    addresses: list[str],
    fenwick: Institute,
    otto: User,
    mina: User,
    rosa: User,
    ada: User,
    sign_in: SignIn,
) -> None:
    for address in [*addresses, f"{QUEUE}next/"]:
        ask = "post" if address.endswith("next/") else "get"

        assert getattr(Client(), ask)(address).url.startswith("/accounts/login/")
        assert getattr(sign_in(otto), ask)(address).status_code == 404
        assert getattr(sign_in(ada), ask)(address).status_code == 404
        assert getattr(sign_in(mina), ask)(address).status_code == 403
        assert getattr(sign_in(rosa), ask)(address).status_code == 403


def test_work_of_another_institute_looks_like_none(
    fenwick: Institute, held: Submission, sign_in: SignIn
) -> None:
    stranger = people.person("Fay")
    people.appoint(stranger, Role.ASSESSOR, fenwick)

    response = sign_in(stranger).get(reverse("marking_edit", args=["fenwick", held.uuid]))

    assert response.status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_queue_costs_the_same_with_one_and_with_thirty(
    browser: Client,
    foundations: CoursePage,
    brief: AssignmentPage,
    asif: User,
    at: datetime,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    waiting = work.hand_in_many(foundations, brief, count + 2, at - timedelta(days=3))
    work.claim(waiting[0], asif, at)
    work.mark(waiting[1], asif, at)
    browser.get(QUEUE)

    with django_assert_num_queries(10):
        browser.get(QUEUE)


def test_the_whole_queue_may_be_asked_for_at_once(
    browser: Client, foundations: CoursePage, brief: AssignmentPage, at: datetime
) -> None:
    work.hand_in_many(foundations, brief, 52, at - timedelta(days=3))

    assert len(browser.get(QUEUE).context["page"]) == 50
    assert len(browser.get(f"{QUEUE}?all").context["page"]) == 52
