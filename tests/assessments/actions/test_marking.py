"""Marking: the oldest work under a lease, judged once, by somebody who has no stake in it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from assessments.actions import marking, quality
from assessments.models import (
    AssignmentPage,
    Batch,
    DeclaredInterest,
    Feedback,
    Mark,
    Marking,
    MarkingDraft,
    Submission,
)
from courses.models import CoursePage
from lms.audit.models import Event
from lms.people.models import Institute, Organisation, User
from lms.people.roles import Role
from tests.factories import courses as course_factory
from tests.factories import people, work

HOUR = timedelta(hours=1)


def test_the_next_is_the_oldest(
    aldermoor: Institute, foundations: CoursePage, brief: AssignmentPage, asif: User, at: datetime
) -> None:
    first, second = work.hand_in_many(foundations, brief, 2, at)

    taken = [marking.claim_next(aldermoor, by=asif, at=at + 2 * HOUR) for _ in range(3)]

    assert taken == [first, second, None]
    first.refresh_from_db()
    assert (first.state, first.assessor, first.lease_until) == ("claimed", asif, at + 10 * HOUR)


def test_two_assessors_are_never_given_the_same_work(
    aldermoor: Institute, foundations: CoursePage, brief: AssignmentPage, asif: User, asha: User, at: datetime
) -> None:
    first, second = work.hand_in_many(foundations, brief, 2, at)

    assert marking.claim_next(aldermoor, by=asif, at=at) == first
    assert marking.claim_next(aldermoor, by=asha, at=at) == second


def test_an_assessors_own_work_never_comes_to_them(
    aldermoor: Institute, foundations: CoursePage, brief: AssignmentPage, asif: User, at: datetime
) -> None:
    work.hand_in(course_factory.enrol(asif, foundations), brief, at)

    assert marking.claim_next(aldermoor, by=asif, at=at) is None


def test_the_database_itself_refuses_a_claim_of_ones_own_work(submission: Submission, ada: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(assessor=ada)


def test_work_of_somebody_one_manages_never_comes_to_one(
    aldermoor: Institute, submission: Submission, marlshire: Organisation, asif: User, at: datetime
) -> None:
    people.employ(submission.learner, marlshire, line_manager=asif)

    assert marking.claim_next(aldermoor, by=asif, at=at) is None


def test_work_of_somebody_one_managed_once_does(
    aldermoor: Institute, submission: Submission, marlshire: Organisation, asif: User, at: datetime
) -> None:
    people.employ(submission.learner, marlshire, line_manager=asif, ended_on=at.date())

    assert marking.claim_next(aldermoor, by=asif, at=at) == submission


def test_only_assessors_of_the_institute_are_given_work(
    aldermoor: Institute, submission: Submission, mina: User, at: datetime
) -> None:
    with pytest.raises(marking.NotMarkable):
        marking.claim_next(aldermoor, by=mina, at=at)


def test_another_assessor_may_take_work_whose_lease_ran_out(
    aldermoor: Institute, submission: Submission, asif: User, asha: User, at: datetime
) -> None:
    marking.claim_next(aldermoor, by=asif, at=at)

    assert marking.claim_next(aldermoor, by=asha, at=at + 8 * HOUR) is None
    assert marking.claim_next(aldermoor, by=asha, at=at + 8 * HOUR + timedelta(seconds=1)) == submission


def test_whoever_lost_the_lease_cannot_record_and_is_told_who_has_the_work(
    aldermoor: Institute, submission: Submission, asif: User, asha: User, at: datetime
) -> None:
    marking.claim_next(aldermoor, by=asif, at=at)
    judged = work.judgement(submission)
    marking.save_draft(submission, judged, by=asif, at=at)
    marking.claim_next(aldermoor, by=asha, at=at + 9 * HOUR)

    with pytest.raises(marking.NotMarkable, match="Another assessor has this work"):
        marking.record(submission, read=judged.digest, by=asif, at=at + 9 * HOUR)

    assert marking.draft_of(submission, asif) == judged


def test_a_lease_that_ran_out_unnoticed_loses_no_marking(
    aldermoor: Institute, submission: Submission, asif: User, at: datetime
) -> None:
    marking.claim_next(aldermoor, by=asif, at=at)
    judged = work.judgement(submission)
    marking.save_draft(submission, judged, by=asif, at=at)

    made = marking.record(submission, read=judged.digest, by=asif, at=at + 9 * HOUR)

    assert made.assessor == asif


def test_saving_a_draft_renews_the_lease(
    aldermoor: Institute, submission: Submission, asif: User, at: datetime
) -> None:
    marking.claim_next(aldermoor, by=asif, at=at)

    marking.save_draft(submission, marking.Judgement(feedback="Half."), by=asif, at=at + 2 * HOUR)

    submission.refresh_from_db()
    assert submission.lease_until == at + 10 * HOUR
    assert marking.draft_of(submission, asif) == marking.Judgement(feedback="Half.")


def test_work_handed_back_for_lack_of_time_is_in_its_old_place(
    aldermoor: Institute, submission: Submission, asif: User, at: datetime
) -> None:
    marking.claim_next(aldermoor, by=asif, at=at)

    marking.hand_back(submission, by=asif, at=at, knows_person=False, reason="I am called to court.")

    assert marking.claim_next(aldermoor, by=asif, at=at) == submission
    assert not MarkingDraft.objects.exists()
    event = Event.objects.get(verb="submission.handed_back")
    assert (event.facts, event.words.text) == ({"why": "time"}, "I am called to court.")


def test_work_is_not_handed_back_for_lack_of_time_without_a_reason(
    aldermoor: Institute, submission: Submission, asif: User, at: datetime
) -> None:
    marking.claim_next(aldermoor, by=asif, at=at)

    with pytest.raises(marking.ReasonMissing):
        marking.hand_back(submission, by=asif, at=at, knows_person=False, reason=" ")

    submission.refresh_from_db()
    assert submission.assessor == asif


def test_who_may_know_the_learner_never_gets_the_work_again_and_others_do(
    aldermoor: Institute, submission: Submission, asif: User, asha: User, at: datetime
) -> None:
    marking.claim_next(aldermoor, by=asif, at=at)

    marking.hand_back(submission, by=asif, at=at, knows_person=True)

    assert marking.claim_next(aldermoor, by=asif, at=at) is None
    assert marking.claim_next(aldermoor, by=asha, at=at) == submission
    assert DeclaredInterest.objects.get().assessor == asif
    assert Event.objects.filter(verb="submission.handed_back").get().facts == {"why": "interest"}


def test_only_who_has_the_work_can_hand_it_back(
    aldermoor: Institute, submission: Submission, asif: User, asha: User, at: datetime
) -> None:
    marking.claim_next(aldermoor, by=asif, at=at)

    with pytest.raises(marking.NotMarkable):
        marking.hand_back(submission, by=asha, at=at, knows_person=False, reason="I am away.")


def test_a_recorded_marking_holds_every_band_and_word(
    submission: Submission, asif: User, at: datetime
) -> None:
    made = work.mark(submission, asif, at, bands={"criterion-1": 4, "criterion-2": 1}, unsafe="Page one.")

    assert [(mark.criterion.key, mark.band) for mark in made.marks.order_by("criterion__position")] == [
        ("criterion-1", 4),
        ("criterion-2", 1),
    ]
    assert [(each.about, each.text) for each in made.feedback.order_by("pk")] == [
        ("work", work.FEEDBACK),
        ("criterion", "The need is clear."),
        ("unsafe", "Page one."),
    ]
    assert (made.learner, made.assessor, made.unsafe_passages) == (submission.learner, asif, 1)
    submission.refresh_from_db()
    assert submission.state == Submission.State.MARKED
    assert not MarkingDraft.objects.exists()
    assert Event.objects.latest("sequence").verb == "marking.recorded"


def test_recording_twice_gives_the_same_marking(submission: Submission, asif: User, at: datetime) -> None:
    made = work.mark(submission, asif, at)

    again = marking.record(submission, read="", by=asif, at=at)

    assert again == made
    assert Marking.objects.count() == 1


def test_markings_of_one_assignment_gather_in_one_open_batch(
    foundations: CoursePage, brief: AssignmentPage, asif: User, asha: User, at: datetime
) -> None:
    first, second = work.hand_in_many(foundations, brief, 2, at)

    assert work.mark(first, asif, at).batch == work.mark(second, asha, at).batch
    assert Batch.objects.get().number == 1


def test_after_a_batch_was_closed_the_next_marking_opens_another(
    foundations: CoursePage, brief: AssignmentPage, asif: User, lena: User, at: datetime
) -> None:
    first, second = work.hand_in_many(foundations, brief, 2, at)
    quality.close(work.mark(first, asif, at).batch, by=lena, at=at)

    assert work.mark(second, asif, at).batch.number == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bands": {"criterion-1": 2}}, "Choose a band for: Criterion 2."),
        ({"feedback": "  "}, "Write feedback to the candidate."),
        ({"is_unsafe": True}, "Say which passage would be unsafe advice, and why."),
    ],
)
def test_a_marking_with_a_gap_is_not_recorded(
    submission: Submission, asif: User, at: datetime, change: dict, sentence: str
) -> None:
    work.claim(submission, asif, at)
    gap = replace(work.judgement(submission), **change)
    marking.save_draft(submission, gap, by=asif, at=at)

    with pytest.raises(marking.MarkingIncomplete) as refusal:
        marking.record(submission, read=gap.digest, by=asif, at=at)

    assert str(refusal.value) == sentence
    submission.refresh_from_db()
    assert submission.state == Submission.State.CLAIMED


def test_a_marking_that_changed_since_it_was_read_is_not_recorded(
    submission: Submission, asif: User, at: datetime
) -> None:
    work.claim(submission, asif, at)
    read = work.judgement(submission)
    marking.save_draft(submission, replace(read, feedback="Something else."), by=asif, at=at)

    with pytest.raises(marking.MarkingChanged):
        marking.record(submission, read=read.digest, by=asif, at=at)

    assert not Marking.objects.exists()


def test_an_assessor_who_stood_down_records_nothing_more(
    submission: Submission, asif: User, at: datetime
) -> None:
    work.claim(submission, asif, at)
    judged = work.judgement(submission)
    marking.save_draft(submission, judged, by=asif, at=at)
    asif.memberships.update(ended_at=at)

    with pytest.raises(marking.NotMarkable):
        marking.record(submission, read=judged.digest, by=User.objects.get(pk=asif.pk), at=at)


def test_a_recorded_marking_can_be_neither_changed_nor_deleted(
    submission: Submission, asif: User, asha: User, at: datetime
) -> None:
    made = work.mark(submission, asif, at)

    for wrong in (
        lambda: Marking.objects.filter(pk=made.pk).update(assessor=asha),
        lambda: Mark.objects.filter(marking=made).update(band=4),
        lambda: Mark.objects.filter(marking=made).delete(),
        lambda: Feedback.objects.filter(marking=made).update(about="unsafe"),
    ):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            wrong()


def test_the_database_itself_refuses_a_marking_of_ones_own_work(
    submission: Submission, asif: User, ada: User, at: datetime
) -> None:
    made = work.mark(submission, asif, at)
    made.pk, made.round, made.assessor = None, 2, ada

    with pytest.raises(IntegrityError, match="nobody_marks_their_own_work"), transaction.atomic():
        Marking.objects.bulk_create([_with_new_uuid(made)])


def test_the_database_itself_refuses_a_marking_about_another_learner(
    submission: Submission, asif: User, ben: User, at: datetime
) -> None:
    made = work.mark(submission, asif, at)
    made.pk, made.round, made.learner = None, 2, ben

    with pytest.raises(DatabaseError, match="must be that of its"), transaction.atomic():
        Marking.objects.bulk_create([_with_new_uuid(made)])


def _with_new_uuid(made: Marking) -> Marking:
    made.uuid = Marking._meta.get_field("uuid").default()
    return made


def test_somebody_who_manages_elsewhere_is_an_assessor_like_any_other(
    aldermoor: Institute,
    submission: Submission,
    manuel: User,
    ben: User,
    marlshire: Organisation,
    at: datetime,
) -> None:
    people.appoint(manuel, Role.ASSESSOR, aldermoor)

    # Manuel manages Ada, who wrote this; he would mark Ben's.
    assert marking.claim_next(aldermoor, by=manuel, at=at) is None
