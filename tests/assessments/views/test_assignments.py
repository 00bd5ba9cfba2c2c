"""The learner's assignment and submission pages: every state, and one thing to do next."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import quality, quarantine, release
from assessments.models import AssignmentPage, Marking, Quarantine, Submission
from courses.actions import enrolments
from courses.models import CoursePage, Enrolment, ModulePage
from lms.people.models import User
from tests.assessments.views.conftest import Read
from tests.conftest import SignIn
from tests.factories import assessments, work
from tests.factories import courses as course_factory

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def brief(module: ModulePage) -> AssignmentPage:
    return assessments.assignment(module, guidance="<p>Start with the question.</p>")


# One page of an assignment, for whoever has handed in.
QUERIES = 10


def result_page(submission: Submission) -> str:
    return reverse("submission", args=[submission.uuid])


def test_before_it_is_begun_the_page_shows_task_guidance_and_rubric(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, read: Read
) -> None:
    page = read(browser.get(brief.url))

    assert "Turn the e-mail into a brief." in page
    assert "Start with the question." in page
    assert "Criterion 1 50% of the mark Not yet Repeats the hours. Pass States an outcome. Merit" in page
    assert "Tries 3 of 3 left" in page
    assert "Decision Within 15 working days" in page
    assert "Not begun Read the task, then write" in page
    assert "Start writing" in page


def test_a_draft_is_offered_to_be_continued(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, at: datetime, read: Read
) -> None:
    work.write(enrolment, brief, at)

    assert "Your draft is waiting for you" in read(browser.get(brief.url))


def test_work_that_was_handed_in_has_one_promised_date_and_no_button_to_write(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, at: datetime, read: Read
) -> None:
    work.hand_in(enrolment, brief, at)

    page = read(browser.get(brief.url))

    assert "Waiting for an assessor You will have a decision by 14 December 2026" in page
    assert "writing" not in page


def test_competent_leads_on_to_the_next_step(
    browser: Client,
    enrolment: Enrolment,
    brief: AssignmentPage,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    read: Read,
) -> None:
    work.released(work.hand_in(enrolment, brief, at), asif, mina, lena, at)

    page = read(browser.get(brief.url))

    assert "You have been judged competent" in page
    assert "Next: What, not how" in page


def test_not_yet_says_how_many_tries_are_left(
    browser: Client,
    enrolment: Enrolment,
    brief: AssignmentPage,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    read: Read,
) -> None:
    work.released(work.hand_in(enrolment, brief, at), asif, mina, lena, at, bands=1)

    page = read(browser.get(brief.url))

    assert "2 tries left Not yet: you can try again" in page
    assert "Start the next try" in page


def test_after_the_last_try_the_page_names_the_next_route(
    browser: Client,
    enrolment: Enrolment,
    module: ModulePage,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    read: Read,
) -> None:
    once = assessments.assignment(module, attempts_allowed=1)
    work.released(work.hand_in(enrolment, once, at), asif, mina, lena, at, bands=1)

    page = read(browser.get(once.url))

    assert "Not yet competent, and no tries left" in page
    assert "office@aldermoor.example.org" in page


def test_staff_who_are_not_enrolled_read_the_task_and_nothing_of_anybody(
    sign_in: SignIn, enrolment: Enrolment, brief: AssignmentPage, adil: User, at: datetime, read: Read
) -> None:
    work.write(enrolment, brief, at)

    page = read(sign_in(adil).get(brief.url))

    assert "Turn the e-mail into a brief." in page
    assert "draft" not in page


def test_what_markup_an_author_pasted_is_cleaned(
    browser: Client, enrolment: Enrolment, module: ModulePage
) -> None:
    brief = assessments.assignment(module, guidance="<p>Read<script>alert(1)</script></p>")

    assert "alert(1)" not in browser.get(brief.url).content.decode()


def test_the_receipt_holds_the_work_its_digest_and_who_has_it(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, at: datetime, read: Read
) -> None:
    submission = work.hand_in(enrolment, brief, at)

    page = read(browser.get(result_page(submission)))

    assert "People go home able to do things for themselves again." in page
    assert submission.text_digest in page
    assert "Who has it Waiting for an assessor You will have a decision by 14 December 2026" in page
    assert "This is my own work." in page
    assert submission.candidate_number not in page


@pytest.mark.parametrize(
    ("stage", "who"), [("claimed", "With an assessor"), ("marked", "In quality assurance")]
)
def test_the_learner_always_sees_who_has_the_work(
    browser: Client,
    enrolment: Enrolment,
    brief: AssignmentPage,
    asif: User,
    at: datetime,
    read: Read,
    stage: str,
    who: str,
) -> None:
    submission = work.hand_in(enrolment, brief, at)
    {"claimed": work.claim, "marked": work.mark}[stage](submission, asif, at)

    page = read(browser.get(result_page(submission)))

    assert f"Who has it {who}" in page
    assert "Rahman" not in page


def test_a_promise_that_was_broken_is_admitted(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, at: datetime, read: Read
) -> None:
    submission = work.hand_in(enrolment, brief, at - timedelta(days=60))

    page = read(browser.get(result_page(submission)))

    assert "and are late. We are sorry." in page


def test_a_broken_promise_is_admitted_on_the_page_of_the_assignment_too(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, at: datetime, read: Read
) -> None:
    work.hand_in(enrolment, brief, at - timedelta(days=60))

    page = read(browser.get(brief.url))

    assert "and are late. We are sorry." in page
    assert "You will have a decision by" not in page


def test_the_receipt_counts_tries_and_leaves_out_what_was_set_aside(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, asif: User, at: datetime, read: Read
) -> None:
    first = work.claim(work.hand_in(enrolment, brief, at), asif, at)
    quarantine.quarantine(first, Quarantine.Reason.SERVICE, "", by=asif, at=at)
    assert "Try 1 of" not in read(browser.get(result_page(first)))

    second = work.hand_in(enrolment, brief, at, "Nobody is named here.")

    assert f"Try 1 of {brief.attempts_allowed}" in read(browser.get(result_page(second)))


def test_whoever_left_the_course_is_told_how_to_replace_what_was_set_aside(
    browser: Client,
    enrolment: Enrolment,
    brief: AssignmentPage,
    ada: User,
    asif: User,
    at: datetime,
    read: Read,
) -> None:
    aside = work.claim(work.hand_in(enrolment, brief, at), asif, at)
    quarantine.quarantine(aside, Quarantine.Reason.SERVICE, "", by=asif, at=at)
    enrolments.leave(enrolment, by=ada, at=at)

    page = read(browser.get(result_page(aside)))

    assert "You have left this course. Enrol again to hand in another version." in page
    assert "Change my work" not in page


def test_before_release_neither_band_nor_feedback_reaches_the_learner(
    browser: Client,
    enrolment: Enrolment,
    brief: AssignmentPage,
    asif: User,
    lena: User,
    at: datetime,
    read: Read,
) -> None:
    marking = work.mark(work.hand_in(enrolment, brief, at), asif, at)
    quality.close(marking.batch, by=lena, at=at)

    page = read(browser.get(result_page(marking.submission)))

    assert work.FEEDBACK not in page
    assert "Merit" not in page
    assert "ompetent" not in page


def test_feedback_says_the_outcome_each_criterion_and_where_to_aim(
    browser: Client,
    enrolment: Enrolment,
    brief: AssignmentPage,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    read: Read,
) -> None:
    submission = work.hand_in(enrolment, brief, at)
    bands = {"criterion-1": 3, "criterion-2": 1}
    work.released(submission, asif, mina, lena, at, bands=bands, unsafe="Alone at night.")

    page = read(browser.get(result_page(submission)))

    assert "Not yet competent 1 of 2 criteria reached Pass. Not yet: Criterion 2 ." in page
    assert "A passage of the work would be unsafe advice" in page
    assert "Unsafe advice Alone at night." in page
    assert work.FEEDBACK in page
    assert "Criterion 1 50% of the mark Merit States a clear outcome. The need is clear." in page
    assert "Criterion 2 50% of the mark Not yet Repeats the hours." in page
    assert "To reach Distinction States the outcome in people's words." in page
    assert "What Pass needs States an outcome." in page
    assert "Where to aim Criterion 2 There is most to gain here. Merit looks like this:" in page
    assert "You have 2 tries left." in page
    assert "Rahman" not in page


def test_feedback_after_an_overturn_says_what_was_changed_and_why(
    browser: Client,
    enrolment: Enrolment,
    brief: AssignmentPage,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    read: Read,
) -> None:
    marking = work.mark(work.hand_in(enrolment, brief, at), asif, at)
    batch = quality.close(marking.batch, by=lena, at=at)
    quality.overturn(
        Marking.objects.get(),
        bands={"criterion-1": 1, "criterion-2": 3},
        unsafe_passages=0,
        reason="The outcome is a service.",
        rest="stands",
        by=mina,
        at=at,
    )
    release.release(batch, by=lena, at=at)

    page = read(browser.get(result_page(marking.submission)))

    assert "Not yet competent" in page
    assert "The outcome is a service." in page
    assert "The assessor chose Merit. The quality check found Not yet, and that stands." in page
    assert "Kowalska" not in page


def test_a_withdrawn_result_says_so_and_why(
    browser: Client,
    enrolment: Enrolment,
    brief: AssignmentPage,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    read: Read,
) -> None:
    submission = work.hand_in(enrolment, brief, at)
    result = work.released(submission, asif, mina, lena, at)
    release.withdraw(result, ground="error", words="The rubric was an old one.", by=lena, at=at)

    page = read(browser.get(result_page(submission)))

    assert "This result was withdrawn" in page
    assert "The rubric was an old one." in page
    assert "Start the next try" in page
    assert "Withdrawn" in read(browser.get(brief.url))


def test_somebody_elses_submission_looks_like_none(
    enrolment: Enrolment, brief: AssignmentPage, ben: User, asif: User, sign_in: SignIn, at: datetime
) -> None:
    address = result_page(work.hand_in(enrolment, brief, at))

    assert sign_in(ben).get(address).status_code == 404
    assert sign_in(asif).get(address).status_code == 404
    assert Client().get(address).url.startswith("/accounts/login/")


def test_what_a_learner_wrote_never_runs(
    browser: Client, enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    text = "<script>alert(1)</script> [me](javascript:alert(2)) ![x](https://example.org/x.png)"
    submission = work.hand_in(enrolment, brief, at, text)

    page = browser.get(result_page(submission)).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "[me](javascript:alert(2))" in page
    assert "<img" not in page


def test_the_page_of_an_assignment_costs_the_same_with_one_submission_and_with_many(
    browser: Client,
    foundations: CoursePage,
    enrolment: Enrolment,
    brief: AssignmentPage,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    django_assert_num_queries: object,
) -> None:
    work.released(work.hand_in(enrolment, brief, at), asif, mina, lena, at, bands=1)
    browser.get(brief.url)
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        browser.get(brief.url)

    work.released(work.hand_in(enrolment, brief, at), asif, mina, lena, at, bands=1)
    work.hand_in(course_factory.enrol(lena, foundations), brief, at)

    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        browser.get(brief.url)
