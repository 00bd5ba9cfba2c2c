"""The quality desk: batches, their samples and decisions; candidates by number until release."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import quality
from assessments.models import AssignmentPage, Batch, Marking, QualityDecision, Result
from courses.models import CoursePage, Enrolment
from lms.people.models import Institute, Organisation, User
from lms.people.roles import Role
from tests.assessments.views.conftest import Read
from tests.conftest import SignIn
from tests.factories import courses as course_factory
from tests.factories import people, work

pytestmark = pytest.mark.usefixtures("clock")

DESK = "/at/aldermoor/quality/"


@pytest.fixture
def sampled(marking: Marking, lena: User, at: datetime) -> Marking:
    quality.close(marking.batch, by=lena, at=at)
    return Marking.objects.get(pk=marking.pk)


@pytest.fixture
def lead(lena: User, sign_in: SignIn) -> Client:
    return sign_in(lena)


@pytest.fixture
def assurer(mina: User, sign_in: SignIn) -> Client:
    return sign_in(mina)


@pytest.fixture
def edith(aldermoor: Institute, at: datetime) -> User:
    """Reads Aldermoor's quality records until today."""
    visitor = people.person("Edith", "Quinn")
    membership = people.appoint(visitor, Role.EQA, aldermoor)
    type(membership).objects.filter(pk=membership.pk).update(until_on=at.date())
    return visitor


def address(name: str, thing: Batch | Marking | Result) -> str:
    return reverse(name, args=["aldermoor", thing.uuid])


def test_the_desk_gathers_batches_by_what_is_to_be_done(
    lead: Client,
    foundations: CoursePage,
    brief: AssignmentPage,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    read: Read,
) -> None:
    one, two, three = work.hand_in_many(foundations, brief, 3, at)
    ready = work.close(work.mark(one, asif, at).batch, lena, at)
    work.check(ready, mina, at)
    work.close(work.mark(two, asif, at).batch, lena, at)
    work.mark(three, asif, at)

    page = read(lead.get(DESK))

    assert "To check Batch 2 Commissioning brief 0 of 1 sampled markings decided" in page
    assert "Ready to release Batch 1 Commissioning brief 1 of 1 sampled markings decided" in page
    assert "Filling Batch 3 Commissioning brief 1 marking" in page


def test_an_empty_desk_says_so(assurer: Client, lena: User, read: Read) -> None:
    page = read(assurer.get(DESK))

    assert "No sampled marking waits" in page
    assert "No marking has been recorded since the last batch closed." in page
    assert "missing" not in page


def test_the_desk_names_the_role_that_is_missing(
    assurer: Client,
    enrolment: Enrolment,
    brief: AssignmentPage,
    asif: User,
    marlshire: Organisation,
    at: datetime,
    read: Read,
) -> None:
    submission = work.hand_in(enrolment, brief, at)
    people.employ(enrolment.learner, marlshire, line_manager=asif)

    page = read(assurer.get(DESK))

    assert "An assessor is missing" in page
    assert f"may mark candidate {submission.candidate_number}" in page
    assert "A lead internal quality assurer is missing" in page


def test_a_batch_names_the_role_that_is_missing_to_check_it(
    lead: Client, sampled: Marking, lena: User, marlshire: Organisation, read: Read
) -> None:
    people.employ(sampled.learner, marlshire, line_manager=lena)

    page = read(lead.get(address("batch_detail", sampled.batch)))

    assert "An internal quality assurer is missing" in page
    assert f"may check candidate {sampled.submission.candidate_number}" in page


def test_closing_asks_first_and_then_draws_the_sample(lead: Client, marking: Marking, read: Read) -> None:

    assert "Close this batch now?" in read(lead.get(address("batch_close", marking.batch)))
    assert Batch.objects.get().is_open

    page = read(lead.post(address("batch_close", marking.batch), follow=True))

    assert "The batch is closed and its sample is drawn." in page
    assert "The sample" in page
    assert "Every marking of this batch is checked." in page


def test_a_closed_batch_is_not_closed_again(lead: Client, sampled: Marking, read: Read) -> None:
    for response in (
        lead.get(address("batch_close", sampled.batch)),
        lead.post(address("batch_close", sampled.batch)),
    ):
        assert response.status_code == 409
        assert "closed already" in read(response)


def test_a_closed_batch_says_what_its_sample_proves(
    lead: Client,
    foundations: CoursePage,
    brief: AssignmentPage,
    asif: User,
    lena: User,
    at: datetime,
    read: Read,
) -> None:
    for each in work.hand_in_many(foundations, brief, 10, at):
        marking = work.mark(each, asif, at)
    quality.close(marking.batch, by=lena, at=at)

    page = read(lead.get(address("batch_detail", marking.batch)))

    assert "If 1 of the 10 decisions is wrong, this sample has at least a 20% chance of holding it." in page
    assert "Among a new assessor’s first five" in page or "Among a new assessor's first five" in page


def test_a_sampled_marking_is_agreed_with_a_note(
    assurer: Client, sampled: Marking, mina: User, read: Read
) -> None:
    page = read(assurer.get(address("quality_marking", sampled)))
    assert "Marked by Asif Rahman" in page
    assert "What was asked Turn the e-mail into a brief." in page
    assert "Criterion 1 50% of the mark Merit States a clear outcome. The need is clear." in page

    answer = assurer.post(address("quality_agree", sampled), {"note": "Warm and exact."}, follow=True)

    assert "stands." in read(answer)
    decision = QualityDecision.objects.get()
    assert (decision.decided_by, decision.reason.text) == (mina, "Warm and exact.")


def test_overturning_starts_from_the_assessors_bands(assurer: Client, sampled: Marking) -> None:
    rows = assurer.get(address("quality_overturn", sampled)).context["form"].rows()

    assert [[option.value for option in row.options if option.is_chosen] for row in rows] == [[3], [3]]


def test_an_overturn_asks_for_reason_and_what_becomes_of_the_rest(
    assurer: Client, sampled: Marking, read: Read
) -> None:
    bands = {"band_criterion-1": "1", "band_criterion-2": "3"}

    response = assurer.post(address("quality_overturn", sampled), bands)

    page = read(response)
    assert response.status_code == 200
    assert "Give the reason for overturning this marking." in page
    assert "Choose what becomes of the rest of this assessor’s marking." in page
    assert not QualityDecision.objects.exists()


def test_an_overturn_that_changes_nothing_says_so_first(
    assurer: Client, sampled: Marking, read: Read
) -> None:
    fields = {"band_criterion-1": "3", "band_criterion-2": "3", "reason": "Hm.", "rest": "stands"}

    response = assurer.post(address("quality_overturn", sampled), fields)

    assert "<title>Error: Overturn" in response.content.decode()
    assert "There is a problem You have changed no band." in read(response)


def test_an_overturn_is_recorded_beside_the_marking(assurer: Client, sampled: Marking, read: Read) -> None:
    fields = {"band_criterion-1": "1", "band_criterion-2": "3", "reason": "A service.", "rest": "check_all"}

    answer = assurer.post(address("quality_overturn", sampled), fields, follow=True)

    assert "is overturned." in read(answer)
    page = read(assurer.get(address("quality_marking", sampled)))
    assert "Overturn: Mina Kowalska, 23 November 2026 A service. Check every marking of this assessor" in page
    assert "The assessor chose Merit. The quality check found Not yet, and that stands." in page


def test_a_marking_is_decided_once(assurer: Client, lead: Client, sampled: Marking, read: Read) -> None:
    assurer.post(address("quality_agree", sampled), {"note": ""})

    for response in (
        lead.post(address("quality_agree", sampled), {"note": ""}),
        lead.get(address("quality_overturn", sampled)),
    ):
        assert response.status_code == 409
    assert QualityDecision.objects.count() == 1


def test_an_assessor_who_is_also_a_quality_assurer_cannot_decide_their_own_marking(
    aldermoor: Institute, sampled: Marking, asif: User, sign_in: SignIn, read: Read
) -> None:
    people.appoint(asif, Role.IQA, aldermoor)
    browser = sign_in(asif)

    page = read(browser.get(address("quality_marking", sampled)))

    assert "You made this marking. Another quality assurer decides it." in page
    assert "Your decision" not in page
    assert browser.post(address("quality_agree", sampled), {"note": ""}).status_code == 403
    assert browser.get(address("quality_overturn", sampled)).status_code == 403


def test_nothing_is_released_before_the_sample_is_decided(lead: Client, sampled: Marking, read: Read) -> None:
    for response in (
        lead.get(address("batch_release", sampled.batch)),
        lead.post(address("batch_release", sampled.batch)),
    ):
        assert response.status_code == 409
    assert not Result.objects.exists()


def test_release_says_what_will_be_told_and_then_tells_it(
    lead: Client, sampled: Marking, mina: User, at: datetime, read: Read
) -> None:
    work.check(sampled.batch, mina, at)
    asked = read(lead.get(address("batch_release", sampled.batch)))

    answer = lead.post(address("batch_release", sampled.batch), follow=True)

    assert "Release 1 result? Commissioning brief, batch 1 Competent 1 Not yet competent 0" in asked
    assert "1 result is released, and the learner has been written to." in read(answer)
    assert Result.objects.released().count() == 1


def test_releasing_twice_answers_alike(
    lead: Client, sampled: Marking, mina: User, at: datetime, read: Read
) -> None:
    work.check(sampled.batch, mina, at)
    lead.post(address("batch_release", sampled.batch))

    again = lead.post(address("batch_release", sampled.batch), follow=True)

    assert "1 result is released" in read(again)
    assert Result.objects.count() == 1


def test_a_lead_whose_own_work_is_in_the_batch_is_refused(
    lead: Client,
    foundations: CoursePage,
    brief: AssignmentPage,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    read: Read,
) -> None:
    own = work.mark(work.hand_in(course_factory.enrol(lena, foundations), brief, at), asif, at)
    batch = quality.close(own.batch, by=None, at=at)
    work.check(batch, mina, at)

    response = lead.post(address("batch_release", batch))

    assert response.status_code == 409
    assert "never a batch that holds their own work" in read(response)


def test_candidates_have_no_name_on_the_quality_desk(
    assurer: Client, lead: Client, sampled: Marking, mina: User, at: datetime
) -> None:
    learner = sampled.learner
    addresses = [
        DESK,
        address("batch_detail", sampled.batch),
        address("quality_marking", sampled),
        address("quality_overturn", sampled),
    ]
    seen = [assurer.get(each) for each in addresses]
    work.check(sampled.batch, mina, at)
    seen.append(lead.get(address("batch_release", sampled.batch)))

    told = [learner.first_name, learner.last_name, learner.email, str(learner.uuid)]
    for response in seen:
        assert response.status_code == 200
        assert [word for word in told if word in response.content.decode()] == []


def test_an_external_quality_assurer_reads_everything_and_decides_nothing(
    edith: User, sampled: Marking, sign_in: SignIn, read: Read
) -> None:
    browser = sign_in(edith)

    assert "To check" in read(browser.get(DESK))
    assert "The sample" in read(browser.get(address("batch_detail", sampled.batch)))
    page = read(browser.get(address("quality_marking", sampled)))
    assert "Marked by Asif Rahman" in page
    assert "Your decision" not in page
    for name in ("quality_agree", "quality_overturn"):
        assert browser.post(address(name, sampled), {}).status_code == 403
    for name in ("batch_close", "batch_release"):
        assert browser.post(address(name, sampled.batch), {}).status_code == 403


def test_an_external_quality_assurer_reads_nothing_after_the_last_day(
    edith: User, aldermoor: Institute, sampled: Marking, sign_in: SignIn, at: datetime, time_machine: Any
) -> None:
    edith.memberships.update(until_on=at.date().replace(day=22))

    assert sign_in(edith).get(DESK).status_code == 404


def test_the_desk_is_closed_to_everybody_else(
    sampled: Marking, otto: User, asif: User, rosa: User, ada: User, fenwick: Institute, sign_in: SignIn
) -> None:
    addresses = [
        DESK,
        address("batch_detail", sampled.batch),
        address("batch_close", sampled.batch),
        address("batch_release", sampled.batch),
        address("quality_marking", sampled),
        address("quality_agree", sampled),
        address("quality_overturn", sampled),
        "/at/aldermoor/results/",
    ]
    for each in addresses:
        assert Client().get(each).url.startswith("/accounts/login/")
        assert sign_in(otto).get(each).status_code == 404
        assert sign_in(ada).get(each).status_code == 404
        assert sign_in(asif).get(each).status_code == 403
        assert sign_in(rosa).get(each).status_code == 403


def test_a_quality_assurer_who_leads_nothing_neither_closes_nor_releases(
    assurer: Client, sampled: Marking
) -> None:
    for name in ("batch_close", "batch_release"):
        assert assurer.get(address(name, sampled.batch)).status_code == 403


def test_another_institutes_batch_looks_like_none(
    fenwick: Institute, sampled: Marking, sign_in: SignIn
) -> None:
    stranger = people.person("Fay")
    people.appoint(stranger, Role.LEAD_IQA, fenwick)
    browser = sign_in(stranger)

    for name, thing in (
        ("batch_detail", sampled.batch),
        ("batch_close", sampled.batch),
        ("quality_marking", sampled),
        ("quality_agree", sampled),
    ):
        assert browser.get(reverse(name, args=["fenwick", thing.uuid])).status_code == 404


@pytest.mark.parametrize("count", [12, 30])
def test_a_batch_costs_the_same_with_few_and_with_many(
    lead: Client,
    foundations: CoursePage,
    brief: AssignmentPage,
    asif: User,
    asha: User,
    lena: User,
    mina: User,
    at: datetime,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for n, each in enumerate(work.hand_in_many(foundations, brief, count, at)):
        marking = work.mark(each, asif if n % 2 else asha, at)
    batch = work.close(marking.batch, lena, at)
    quality.overturn(
        quality.undecided(batch).first(),
        bands={"criterion-1": 1, "criterion-2": 3},
        unsafe_passages=0,
        reason="A service.",
        rest="stands",
        by=mina,
        at=at,
    )
    lead.get(address("batch_detail", batch))

    with django_assert_num_queries(20):
        lead.get(address("batch_detail", batch))
