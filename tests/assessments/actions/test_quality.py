"""Quality assurance: the sample, who may decide it, and what an overturn does and leaves alone."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from assessments import rules
from assessments.actions import quality
from assessments.models import (
    AssignmentPage,
    Batch,
    Mark,
    Marking,
    QualityDecision,
    QualityMark,
    Sampled,
    judged,
)
from courses.models import CoursePage, Enrolment, ModulePage
from lms.audit.models import Event
from lms.people.models import Institute, Organisation, User
from lms.people.roles import Role
from tests.factories import assessments, people, work
from tests.factories import courses as course_factory

DAY = timedelta(days=1)


@pytest.fixture
def sampled(marking: Marking, lena: User, at: datetime) -> Marking:
    quality.close(marking.batch, by=lena, at=at)
    return Marking.objects.get(pk=marking.pk)


def mark_many(
    course: CoursePage, assignment: AssignmentPage, assessor: User, count: int, at: datetime
) -> list[Marking]:
    return [work.mark(each, assessor, at) for each in work.hand_in_many(course, assignment, count, at)]


def test_closing_draws_a_sample_from_a_seed_that_did_not_exist_before(
    marking: Marking, lena: User, at: datetime
) -> None:
    assert marking.batch.seed == ""

    batch = quality.close(marking.batch, by=lena, at=at)

    assert (batch.state, batch.closed_by, batch.closed_at) == ("closed", lena, at)
    assert len(batch.seed) == 64
    assert [each.marking for each in batch.sample.all()] == [marking]
    event = Event.objects.latest("sequence")
    assert (event.verb, event.facts) == ("batch.closed", {"markings": 1, "sampled": 1, "share": 20})


def test_a_new_assessors_first_five_are_checked_and_then_a_fifth(
    foundations: CoursePage, brief: AssignmentPage, asif: User, lena: User, at: datetime
) -> None:
    first = mark_many(foundations, brief, asif, 10, at)
    quality.close(first[0].batch, by=lena, at=at)
    second = [work.mark(each, asif, at) for each in _more(foundations, brief, 10, at)]
    quality.close(second[0].batch, by=lena, at=at)

    reasons = [
        list(batch.sample.order_by("reason").values_list("reason", flat=True))
        for batch in Batch.objects.order_by("number")
    ]
    assert reasons == [["new_assessor"] * 3 + ["share"] * 2, ["share", "share"]]


def _more(course: CoursePage, assignment: AssignmentPage, count: int, at: datetime) -> list:
    enrolments = [course_factory.enrol(people.person(f"More{n}"), course) for n in range(count)]
    return [work.hand_in(each, assignment, at) for each in enrolments]


def test_markings_in_a_batch_that_is_still_open_do_not_make_an_assessor_experienced(
    foundations: CoursePage, module: ModulePage, brief: AssignmentPage, asif: User, lena: User, at: datetime
) -> None:
    other = assessments.assignment(module, slug="other", rubric=brief.rubric)
    elsewhere = [work.mark(each, asif, at) for each in _more(foundations, other, 6, at)]
    here = mark_many(foundations, brief, asif, 4, at)

    quality.close(here[0].batch, by=lena, at=at)

    assert elsewhere[0].batch.state == Batch.State.OPEN
    assert here[0].batch.sample.count() == 4


def test_a_batch_is_closed_once(marking: Marking, lena: User, at: datetime) -> None:
    quality.close(marking.batch, by=lena, at=at)

    with pytest.raises(quality.NotClosable, match="closed already"):
        quality.close(marking.batch, by=lena, at=at)

    assert Sampled.objects.count() == 1


def test_an_empty_batch_is_not_closed(
    aldermoor: Institute, brief: AssignmentPage, lena: User, at: datetime
) -> None:
    batch = Batch.objects.create(institute=aldermoor, assignment=brief, number=1, opened_at=at)

    with pytest.raises(quality.NotClosable, match="no marking yet"):
        quality.close(batch, by=lena, at=at)

    batch.refresh_from_db()
    assert batch.state == Batch.State.OPEN


def test_only_a_lead_closes_a_batch(marking: Marking, mina: User, at: datetime) -> None:
    with pytest.raises(quality.NotClosable, match="A lead quality assurer"):
        quality.close(marking.batch, by=mina, at=at)


def test_a_lead_does_not_close_a_batch_with_their_own_work(
    foundations: CoursePage, brief: AssignmentPage, asif: User, lena: User, at: datetime
) -> None:
    own = work.mark(work.hand_in(course_factory.enrol(lena, foundations), brief, at), asif, at)

    with pytest.raises(quality.NotClosable):
        quality.close(own.batch, by=lena, at=at)


def test_the_clock_closes_a_batch_of_ten(
    foundations: CoursePage, brief: AssignmentPage, asif: User, at: datetime
) -> None:
    nine = mark_many(foundations, brief, asif, 9, at)
    assert quality.close_due(at) == 0

    [last] = _more(foundations, brief, 1, at)
    work.mark(last, asif, at)

    assert quality.close_due(at) == 1
    batch = nine[0].batch
    batch.refresh_from_db()
    assert (batch.state, batch.closed_by) == ("closed", None)


def test_the_clock_closes_a_batch_after_a_fortnight(marking: Marking, at: datetime) -> None:
    assert quality.close_due(at + 14 * DAY - timedelta(seconds=1)) == 0
    assert quality.close_due(at + 14 * DAY) == 1
    assert quality.close_due(at + 15 * DAY) == 0


def test_agreeing_adds_a_decision_and_its_note(sampled: Marking, mina: User, at: datetime) -> None:
    decision = quality.agree(sampled, by=mina, at=at, note="Warm and exact.")

    assert (decision.decision, decision.decided_by, decision.assessor, decision.learner) == (
        "agree",
        mina,
        sampled.assessor,
        sampled.learner,
    )
    assert decision.reason.text == "Warm and exact."
    assert Event.objects.latest("sequence").verb == "marking.agreed"


def test_an_assessor_cannot_check_a_marking_they_made(
    aldermoor: Institute, sampled: Marking, asif: User, at: datetime
) -> None:
    people.appoint(asif, Role.IQA, aldermoor)

    with pytest.raises(quality.NotCheckable, match="You may not check this marking"):
        quality.agree(sampled, by=asif, at=at)


def test_a_quality_assurer_cannot_check_the_marking_of_their_own_work(
    foundations: CoursePage, brief: AssignmentPage, asif: User, mina: User, lena: User, at: datetime
) -> None:
    own = work.mark(work.hand_in(course_factory.enrol(mina, foundations), brief, at), asif, at)
    quality.close(own.batch, by=lena, at=at)

    with pytest.raises(quality.NotCheckable):
        quality.agree(own, by=mina, at=at)


def test_a_quality_assurer_cannot_check_the_marking_of_work_by_somebody_they_manage(
    sampled: Marking, mina: User, marlshire: Organisation, at: datetime
) -> None:
    people.employ(sampled.learner, marlshire, line_manager=mina)

    with pytest.raises(quality.NotCheckable):
        quality.agree(sampled, by=mina, at=at)


@pytest.mark.parametrize("who", ["assessor", "learner"])
def test_the_database_itself_keeps_the_checker_apart(sampled: Marking, at: datetime, who: str) -> None:
    with pytest.raises(IntegrityError, match=r"nobody_checks_their_own_(marking|work)"), transaction.atomic():
        QualityDecision.objects.create(
            marking=sampled,
            decision="agree",
            decided_by=getattr(sampled, who),
            assessor=sampled.assessor,
            learner=sampled.learner,
            decided_at=at,
        )


def test_the_database_itself_refuses_a_false_copy_of_the_assessor(
    sampled: Marking, asif: User, asha: User, at: datetime
) -> None:
    with pytest.raises(DatabaseError, match="must be that of its"), transaction.atomic():
        QualityDecision.objects.create(
            marking=sampled,
            decision="agree",
            decided_by=asif,
            assessor=asha,
            learner=sampled.learner,
            decided_at=at,
        )


def test_a_marking_is_decided_once(sampled: Marking, mina: User, lena: User, at: datetime) -> None:
    quality.agree(sampled, by=mina, at=at)

    with pytest.raises(quality.NotCheckable, match="has been decided"):
        quality.agree(sampled, by=lena, at=at)


def test_a_marking_of_an_open_batch_is_not_decided(marking: Marking, mina: User, at: datetime) -> None:
    with pytest.raises(quality.NotCheckable, match="still filling"):
        quality.agree(marking, by=mina, at=at)


def test_a_marking_outside_the_sample_is_not_decided(
    foundations: CoursePage, brief: AssignmentPage, asif: User, mina: User, lena: User, at: datetime
) -> None:
    markings = mark_many(foundations, brief, asif, 10, at)
    quality.close(markings[0].batch, by=lena, at=at)
    outside = Marking.objects.filter(sampled__isnull=True).first()

    with pytest.raises(quality.NotCheckable, match="not drawn into the sample"):
        quality.agree(outside, by=mina, at=at)


def overturn(marking: Marking, by: User, at: datetime, **changes: object) -> QualityDecision:
    given = {
        "bands": {"criterion-1": 1, "criterion-2": 3},
        "unsafe_passages": 0,
        "reason": "The outcome is a service.",
        "rest": "stands",
    }
    return quality.overturn(marking, by=by, at=at, **{**given, **changes})


def test_an_overturn_edits_no_mark_and_keeps_only_what_differs(
    sampled: Marking, mina: User, at: datetime
) -> None:
    overturn(sampled, mina, at)

    assert list(Mark.objects.filter(marking=sampled).values_list("band", flat=True)) == [3, 3]
    assert [(each.criterion.key, each.band) for each in QualityMark.objects.all()] == [("criterion-1", 1)]
    work_now = judged(Marking.objects.get(pk=sampled.pk))
    assert [(each.given, each.band) for each in work_now.criteria] == [(3, 1), (3, 3)]
    assert work_now.outcome == "not_yet_competent"


def test_an_overturn_may_be_about_unsafe_advice_alone(sampled: Marking, mina: User, at: datetime) -> None:
    decision = overturn(sampled, mina, at, bands={"criterion-1": 3, "criterion-2": 3}, unsafe_passages=1)

    work_now = judged(Marking.objects.get(pk=sampled.pk))
    assert decision.unsafe_passages == 1
    assert (work_now.is_unsafe, work_now.outcome) == (True, "not_yet_competent")


def test_an_overturn_that_changes_nothing_is_refused(sampled: Marking, mina: User, at: datetime) -> None:
    with pytest.raises(quality.NothingOverturned):
        overturn(sampled, mina, at, bands={"criterion-1": 3, "criterion-2": 3})

    assert not QualityDecision.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_overturn_without_a_reason_is_refused_whatever_the_form_said(
    reason: str, sampled: Marking, mina: User, at: datetime
) -> None:
    with pytest.raises(quality.ReasonMissing):
        overturn(sampled, mina, at, reason=reason)

    assert not QualityDecision.objects.exists()


def test_checking_all_adds_every_other_marking_of_that_assessor_and_of_nobody_else(
    foundations: CoursePage,
    brief: AssignmentPage,
    asif: User,
    asha: User,
    mina: User,
    lena: User,
    at: datetime,
) -> None:
    submissions = work.hand_in_many(foundations, brief, 20, at)
    markings = [work.mark(each, asif if n < 10 else asha, at) for n, each in enumerate(submissions)]
    batch = quality.close(markings[0].batch, by=lena, at=at)
    drawn = quality.undecided(batch).filter(assessor=asif).first()
    before = batch.sample.filter(marking__assessor=asha).count()

    overturn(drawn, mina, at, rest="check_all")

    assert batch.sample.filter(marking__assessor=asif).count() == 10
    assert batch.sample.filter(marking__assessor=asha).count() == before
    assert (
        batch.sample.filter(reason="after_overturn").count()
        == Event.objects.latest("sequence").facts["added"]
    )


def test_where_the_rest_stands_nothing_is_added(
    foundations: CoursePage, brief: AssignmentPage, asif: User, mina: User, lena: User, at: datetime
) -> None:
    markings = mark_many(foundations, brief, asif, 10, at)
    batch = quality.close(markings[0].batch, by=lena, at=at)
    before = batch.sample.count()

    overturn(quality.undecided(batch).first(), mina, at)

    assert batch.sample.count() == before


def test_a_decision_can_be_neither_changed_nor_deleted(sampled: Marking, mina: User, at: datetime) -> None:
    decision = quality.agree(sampled, by=mina, at=at)

    for wrong in (
        lambda: QualityDecision.objects.filter(pk=decision.pk).update(decision="overturn"),
        lambda: QualityDecision.objects.filter(pk=decision.pk).delete(),
        lambda: Sampled.objects.filter(marking=sampled).delete(),
    ):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            wrong()


def test_the_chance_of_noticing_counts_only_what_was_drawn_at_random(
    foundations: CoursePage, brief: AssignmentPage, asif: User, lena: User, at: datetime
) -> None:
    batch = quality.close(mark_many(foundations, brief, asif, 10, at)[0].batch, by=lena, at=at)

    # Two of ten were drawn at random: one wrong decision is among them one time in five.
    assert quality.chance_of_noticing(batch) == (1, 20)


def test_a_batch_that_is_checked_whole_hides_nothing(sampled: Marking) -> None:
    assert quality.chance_of_noticing(sampled.batch) == (1, 100)


def test_the_desk_can_say_whose_marking_nobody_may_check(
    aldermoor: Institute, sampled: Marking, mina: User, lena: User, marlshire: Organisation
) -> None:
    assert rules.uncheckable(sampled.batch) == []

    people.employ(sampled.learner, marlshire, line_manager=mina)
    lena.memberships.all().delete()

    assert rules.uncheckable(sampled.batch) == [sampled]


def test_the_desk_can_say_whose_work_nobody_may_mark(
    aldermoor: Institute,
    enrolment: Enrolment,
    brief: AssignmentPage,
    asif: User,
    marlshire: Organisation,
    at: datetime,
) -> None:
    submission = work.hand_in(enrolment, brief, at)
    assert rules.unmarkable(aldermoor, at) == []

    people.employ(submission.learner, marlshire, line_manager=asif)

    assert rules.unmarkable(aldermoor, at) == [submission]
