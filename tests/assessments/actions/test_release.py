"""Release and withdrawal: nothing before the sample is decided, once, and told inside the transaction."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from assessments.actions import quality, release
from assessments.models import AssignmentPage, Batch, Marking, Result, ResultEvent, Submission
from assessments.signals import result_released, result_withdrawn
from courses.models import CoursePage, Enrolment, StepDone
from lms.audit.models import Event
from lms.jobs.models import Mail
from lms.jobs.outbox import send_owed
from lms.people.models import User
from tests.factories import courses as course_factory
from tests.factories import work


@pytest.fixture
def marking(submission: Submission, asif: User, at: datetime) -> Marking:
    return work.mark(submission, asif, at)


@pytest.fixture
def checked(marking: Marking, mina: User, lena: User, at: datetime) -> Batch:
    """A closed batch of one, agreed."""
    batch = work.close(marking.batch, lena, at)
    work.check(batch, mina, at)
    return batch


@pytest.fixture
def news() -> Iterator[list[tuple[str, Result, bool]]]:
    """What the two signals told: their name, the result, and whether a transaction was open."""
    heard: list[tuple[str, Result, bool]] = []

    def hear_release(result: Result, **told: object) -> None:
        heard.append(("released", result, connection.in_atomic_block))

    def hear_withdrawal(result: Result, **told: object) -> None:
        heard.append(("withdrawn", result, connection.in_atomic_block))

    result_released.connect(hear_release)
    result_withdrawn.connect(hear_withdrawal)
    yield heard
    result_released.disconnect(hear_release)
    result_withdrawn.disconnect(hear_withdrawal)


def test_a_released_result_says_what_stands_and_opens_the_feedback(
    checked: Batch, marking: Marking, submission: Submission, enrolment: Enrolment, lena: User, at: datetime
) -> None:
    [result] = release.release(checked, by=lena, at=at)

    assert (result.outcome, result.lowest_band, result.marking, result.learner) == (
        "competent",
        3,
        marking,
        enrolment.learner,
    )
    assert [(event.kind, event.by, event.at) for event in result.events.all()] == [("released", lena, at)]
    submission.refresh_from_db()
    checked.refresh_from_db()
    assert submission.state == Submission.State.RELEASED
    assert (checked.state, checked.released_by, checked.released_at) == ("released", lena, at)
    assert [event.verb for event in Event.objects.order_by("sequence")][-2:] == [
        "result.released",
        "batch.released",
    ]


def test_competence_finishes_the_step(
    checked: Batch, enrolment: Enrolment, brief: AssignmentPage, lena: User, at: datetime
) -> None:
    release.release(checked, by=lena, at=at)

    [done] = StepDone.objects.filter(enrolment=enrolment)
    assert (done.step_id, done.by_what) == (brief.pk, "assignment")


def test_not_yet_competent_leaves_the_step_open(
    submission: Submission, asif: User, mina: User, lena: User, at: datetime
) -> None:
    result = work.released(submission, asif, mina, lena, at, bands={"criterion-1": 4, "criterion-2": 1})

    assert (result.outcome, result.lowest_band) == ("not_yet_competent", 1)
    assert not StepDone.objects.exists()


def test_unsafe_advice_means_not_yet_whatever_the_bands(
    submission: Submission, asif: User, mina: User, lena: User, at: datetime
) -> None:
    result = work.released(submission, asif, mina, lena, at, bands=4, unsafe="Leave her alone at night.")

    assert result.outcome == "not_yet_competent"


def test_an_overturn_decides_the_result(marking: Marking, mina: User, lena: User, at: datetime) -> None:
    batch = work.close(marking.batch, lena, at)
    decision = quality.overturn(
        marking,
        bands={"criterion-1": 3, "criterion-2": 1},
        unsafe_passages=0,
        reason="No figure is set against another.",
        rest="stands",
        by=mina,
        at=at,
    )

    [result] = release.release(batch, by=lena, at=at)

    assert (result.outcome, result.lowest_band, result.quality_decision) == ("not_yet_competent", 1, decision)


def test_nothing_of_a_batch_is_released_before_every_sampled_marking_is_decided(
    foundations: CoursePage, brief: AssignmentPage, asif: User, mina: User, lena: User, at: datetime
) -> None:
    markings = [work.mark(each, asif, at) for each in work.hand_in_many(foundations, brief, 10, at)]
    batch = work.close(markings[0].batch, lena, at)
    for each in list(quality.undecided(batch))[1:]:
        quality.agree(each, by=mina, at=at)

    with pytest.raises(release.NotReleasable, match="1 of the sampled markings is not decided yet"):
        release.release(batch, by=lena, at=at)

    batch.refresh_from_db()
    assert batch.state == Batch.State.CLOSED
    assert not Result.objects.exists()
    assert not Mail.objects.filter(kind="result_released").exists()


def test_after_check_all_the_batch_waits_for_all_of_them(
    foundations: CoursePage, brief: AssignmentPage, asif: User, mina: User, lena: User, at: datetime
) -> None:
    markings = [work.mark(each, asif, at) for each in work.hand_in_many(foundations, brief, 10, at)]
    batch = work.close(markings[0].batch, lena, at)
    first, *rest = list(quality.undecided(batch))
    for each in rest:
        quality.agree(each, by=mina, at=at)
    quality.overturn(
        first,
        bands={"criterion-1": 1, "criterion-2": 1},
        unsafe_passages=0,
        reason="It repeats the hours.",
        rest="check_all",
        by=mina,
        at=at,
    )

    with pytest.raises(release.NotReleasable, match="5 of the sampled markings are not decided yet"):
        release.release(batch, by=lena, at=at)


def test_an_open_batch_is_not_released(marking: Marking, lena: User, at: datetime) -> None:
    with pytest.raises(release.NotReleasable, match="still filling"):
        release.release(marking.batch, by=lena, at=at)


def test_releasing_twice_releases_once(
    checked: Batch, lena: User, at: datetime, news: list[tuple[str, Result, bool]]
) -> None:
    first = release.release(checked, by=lena, at=at)

    again = release.release(checked, by=lena, at=at)

    assert again == first
    assert ResultEvent.objects.count() == 1
    assert Mail.objects.filter(kind="result_released").count() == 1
    assert news == [("released", first[0], True)]


def test_only_a_lead_releases(checked: Batch, mina: User, at: datetime) -> None:
    with pytest.raises(release.NotReleasable, match="A lead quality assurer"):
        release.release(checked, by=mina, at=at)


def test_a_lead_does_not_release_a_batch_with_their_own_work(
    foundations: CoursePage, brief: AssignmentPage, asif: User, mina: User, lena: User, at: datetime
) -> None:
    own = work.mark(work.hand_in(course_factory.enrol(lena, foundations), brief, at), asif, at)
    batch = quality.close(own.batch, by=None, at=at)
    work.check(batch, mina, at)

    with pytest.raises(release.NotReleasable):
        release.release(batch, by=lena, at=at)


def test_the_e_mail_says_that_the_result_is_ready_and_not_what_it_is(
    checked: Batch, submission: Submission, lena: User, at: datetime
) -> None:
    release.release(checked, by=lena, at=at)
    send_owed(at)

    message = mail.outbox[-1]
    assert message.subject == "Your result is ready: Commissioning brief"
    assert f"http://localhost:8000/my/submissions/{submission.uuid}/" in message.body
    assert "competent" not in message.body.lower()


def test_a_withdrawn_result_no_longer_stands_and_opens_the_step(
    checked: Batch, enrolment: Enrolment, lena: User, at: datetime, news: list[tuple[str, Result, bool]]
) -> None:
    [result] = release.release(checked, by=lena, at=at)

    event = release.withdraw(result, ground="fraud", words="It was bought.", by=lena, at=at)

    assert (event.kind, event.ground, event.by, event.reason.text) == (
        "withdrawn",
        "fraud",
        lena,
        "It was bought.",
    )
    assert list(Result.objects.standing()) == []
    assert list(Result.objects.released()) == [result]
    assert not StepDone.objects.filter(enrolment=enrolment).exists()
    assert news[-1] == ("withdrawn", result, True)
    last = Event.objects.latest("sequence")
    assert (last.verb, last.facts, last.words.text) == (
        "result.withdrawn",
        {"ground": "fraud"},
        "It was bought.",
    )


def test_a_result_is_withdrawn_once(checked: Batch, lena: User, at: datetime) -> None:
    [result] = release.release(checked, by=lena, at=at)
    release.withdraw(result, ground="error", words="The wrong rubric.", by=lena, at=at)

    with pytest.raises(release.NotWithdrawable):
        release.withdraw(result, ground="error", words="Again.", by=lena, at=at)

    assert ResultEvent.objects.filter(kind="withdrawn").count() == 1


def test_only_a_lead_withdraws(checked: Batch, mina: User, lena: User, at: datetime) -> None:
    [result] = release.release(checked, by=lena, at=at)

    with pytest.raises(release.NotWithdrawable):
        release.withdraw(result, ground="error", words="Why.", by=mina, at=at)


def test_the_learner_is_told_of_a_withdrawal_without_its_reason(
    checked: Batch, lena: User, at: datetime
) -> None:
    [result] = release.release(checked, by=lena, at=at)
    release.withdraw(result, ground="safety", words="It would leave somebody at risk.", by=lena, at=at)
    send_owed(at)

    message = mail.outbox[-1]
    assert message.subject == "A result was withdrawn: Commissioning brief"
    assert "at risk" not in message.body
    assert "write to office@aldermoor.example.org" in message.body


def test_results_and_their_events_can_be_neither_changed_nor_deleted(
    checked: Batch, lena: User, at: datetime
) -> None:
    [result] = release.release(checked, by=lena, at=at)

    for wrong in (
        lambda: Result.objects.filter(pk=result.pk).update(outcome="competent"),
        lambda: ResultEvent.objects.filter(result=result).delete(),
    ):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            wrong()
