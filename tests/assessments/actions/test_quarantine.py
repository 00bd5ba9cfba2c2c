"""Work from which a real person could be recognised: out of everybody's sight, and no try lost."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from assessments import rules
from assessments.actions import drafts, marking, quarantine
from assessments.models import (
    AssignmentPage,
    MarkingDraft,
    PassedOver,
    Quarantine,
    QuarantineEnding,
    Submission,
)
from courses.actions import enrolments
from courses.models import CoursePage, Enrolment
from lms.audit.models import Event
from lms.jobs.models import Mail
from lms.people.models import Institute, User
from tests.factories import courses as course_factory
from tests.factories import work

WHY = Quarantine.Reason.SERVICE


@pytest.fixture
def aside(claimed: Submission, asif: User, at: datetime) -> Quarantine:
    return quarantine.quarantine(claimed, WHY, "In the first paragraph.", by=asif, at=at)


def test_the_work_leaves_the_assessors_hands_with_what_they_had_saved(
    claimed: Submission, asif: User, at: datetime
) -> None:
    marking.save_draft(claimed, work.judgement(claimed), by=asif, at=at)

    quarantine.quarantine(claimed, WHY, "In the first paragraph.", by=asif, at=at)

    assert (claimed.state, claimed.assessor) == (Submission.State.QUARANTINED, None)
    assert not MarkingDraft.objects.exists()


def test_nobody_is_given_work_that_was_set_aside(
    aside: Quarantine, aldermoor: Institute, asha: User, at: datetime
) -> None:
    assert marking.claim_next(aldermoor, by=asha, at=at) is None


def test_the_trail_says_that_it_happened_and_not_what_stood_there(aside: Quarantine) -> None:
    event = Event.objects.get(verb="submission.quarantined")

    assert event.facts == {"reason": "service"}


def test_writer_and_contact_are_told_and_neither_e_mail_says_what_it_is(
    aside: Quarantine, ada: User, aldermoor: Institute
) -> None:
    told = {mail.kind: mail for mail in Mail.objects.filter(about=aside.uuid)}

    assert told["submission_quarantined"].recipient == ada.email
    assert told["quarantine_opened"].recipient == aldermoor.contact_email
    assert not any("first paragraph" in mail.body for mail in told.values())
    assert "Ada" not in told["quarantine_opened"].body


def test_only_who_has_the_work_sets_it_aside(claimed: Submission, asha: User, at: datetime) -> None:
    with pytest.raises(marking.NotMarkable):
        quarantine.quarantine(claimed, WHY, "", by=asha, at=at)

    assert not Quarantine.objects.exists()


def test_the_writer_hands_in_another_version_and_loses_no_try(
    aside: Quarantine, enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    before = rules.work_standing(enrolment, brief)
    assert (before.left, before.in_progress) == (brief.attempts_allowed, None)

    again = work.hand_in(enrolment, brief, at + timedelta(days=1), "Nobody is named here.")

    after = rules.work_standing(enrolment, brief)
    assert (after.left, after.in_progress) == (brief.attempts_allowed - 1, again)
    aside.submission.refresh_from_db()
    assert aside.submission.state == Submission.State.REPLACED
    assert aside.ending.how == QuarantineEnding.How.REPLACED


def test_the_same_words_are_another_version_too(
    aside: Quarantine, enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    """Only the writer can know what they changed; the assessor reads it again."""
    again = work.hand_in(enrolment, brief, at + timedelta(days=1))

    assert again != aside.submission


def test_an_administrator_puts_back_what_was_set_aside_by_mistake_and_the_promise_moves(
    aside: Quarantine, ines: User, at: datetime
) -> None:
    promised = aside.submission.promised_on

    back = quarantine.lift(aside, by=ines, at=at + timedelta(days=3))

    assert back.state == Submission.State.WAITING
    assert (promised, back.promised_on) == (date(2026, 12, 14), date(2026, 12, 17))
    assert Mail.objects.filter(kind="quarantine_lifted").count() == 1


def test_it_is_lifted_once(aside: Quarantine, ines: User, at: datetime) -> None:
    quarantine.lift(aside, by=ines, at=at)

    with pytest.raises(quarantine.NotQuarantined):
        quarantine.lift(Quarantine.objects.get(), by=ines, at=at)


def test_lifted_after_the_writer_replaced_it_says_so(
    aside: Quarantine, ines: User, enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    work.hand_in(enrolment, brief, at, "Nobody is named here.")

    with pytest.raises(quarantine.NotQuarantined, match="has ended already"):
        quarantine.lift(aside, by=ines, at=at)


def test_another_version_under_a_new_enrolment_replaces_it_as_well(
    aside: Quarantine, enrolment: Enrolment, brief: AssignmentPage, ada: User, ines: User, at: datetime
) -> None:
    """Or it could be put back, and two versions of one person's work would be judged at once."""
    enrolments.leave(enrolment, by=ada, at=at)
    anew = course_factory.enrol(ada, enrolment.course)

    again = work.hand_in(anew, brief, at, "Nobody is named here.")

    with pytest.raises(quarantine.NotQuarantined, match="has ended already"):
        quarantine.lift(aside, by=ines, at=at)
    assert list(Submission.objects.filter(learner=ada).in_hand()) == [again]


@pytest.mark.parametrize("who", ["asif", "ada", "otto", "lena"])
def test_nobody_else_lifts_it(
    aside: Quarantine, who: str, at: datetime, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(quarantine.NotQuarantined):
        quarantine.lift(aside, by=request.getfixturevalue(who), at=at)


def test_two_versions_at_once_are_refused_by_the_database(claimed: Submission) -> None:
    claimed.pk, claimed.uuid, claimed.number = None, None, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        claimed.save(force_insert=True)


def test_while_somebody_judges_the_work_nothing_is_written(
    claimed: Submission, enrolment: Enrolment, brief: AssignmentPage
) -> None:
    with pytest.raises(drafts.NotWritable):
        drafts.refuse_unless_writable(enrolment, brief, enrolment.learner)


def test_work_passed_over_goes_back_and_comes_last(
    foundations: CoursePage, brief: AssignmentPage, aldermoor: Institute, asif: User, asha: User, at: datetime
) -> None:
    first, second = work.hand_in_many(foundations, brief, 2, at)
    later = at + timedelta(days=1)
    held = marking.claim_next(aldermoor, by=asif, at=later)

    following = marking.pass_over(held, PassedOver.Reason.SUBJECT, by=asif, at=later)

    assert (held, following) == (first, second)
    assert [(each.submission, each.assessor) for each in PassedOver.objects.all()] == [(first, asif)]
    assert marking.claim_next(aldermoor, by=asha, at=later) == first


def test_what_alone_waits_is_not_forced_on_who_passed_it_over(
    claimed: Submission, asif: User, at: datetime
) -> None:
    assert marking.pass_over(claimed, PassedOver.Reason.LENGTH, by=asif, at=at) is None

    claimed.refresh_from_db()
    assert claimed.state == Submission.State.WAITING
