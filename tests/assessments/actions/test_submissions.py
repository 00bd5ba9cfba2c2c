"""Handing in: what was read is frozen, promised a date, and handed in once."""

from datetime import date, datetime

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from assessments.actions import drafts, release, submissions
from assessments.models import (
    AssignmentPage,
    AssignmentVersion,
    Criterion,
    Draft,
    Rubric,
    RubricVersion,
    Submission,
    SubmissionText,
)
from assessments.working_days import working_days_after
from courses.models import Enrolment, ModulePage
from lms.audit.models import Event
from lms.jobs.models import Mail
from lms.jobs.outbox import send_owed
from lms.people.models import User
from tests.factories import assessments, work
from tests.factories import courses as course_factory


def test_work_handed_in_is_frozen_with_its_words_its_digest_and_its_promise(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    submission = work.hand_in(enrolment, brief, at, "Two words.")

    assert submission.content.text == "Two words."
    assert submission.words == 2
    assert submission.text_digest == submissions.text_digest("Two words.")
    assert submission.state == Submission.State.WAITING
    assert submission.learner == enrolment.learner
    assert submission.declaration == submissions.DECLARATION
    # Fifteen working days after Monday, 23 November: three weeks, the weekends left out.
    assert submission.promised_on == date(2026, 12, 14)
    assert not Draft.objects.exists()


def test_the_last_event_says_who_handed_in_what(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    submission = work.hand_in(enrolment, brief, at)

    event = Event.objects.latest("sequence")
    assert (event.verb, event.subject, event.actor) == (
        "submission.handed_in",
        submission.uuid,
        enrolment.learner.uuid,
    )


def test_handing_in_twice_gives_the_same_submission(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    first = work.hand_in(enrolment, brief, at, "Once.")

    again = submissions.hand_in(
        enrolment,
        brief,
        read=submissions.text_digest("Once."),
        declared=True,
        by=enrolment.learner,
        at=at,
    )

    assert again == first
    assert Submission.objects.count() == 1
    assert Mail.objects.count() == 1


def test_the_candidate_number_is_six_digits_and_another_each_time(
    enrolment: Enrolment, brief: AssignmentPage, asif: User, mina: User, lena: User, at: datetime
) -> None:
    first = work.hand_in(enrolment, brief, at)
    work.released(first, asif, mina, lena, at, bands=1)

    second = work.hand_in(enrolment, brief, at)

    assert first.candidate_number != second.candidate_number
    assert all(
        each.candidate_number.isdigit() and len(each.candidate_number) == 6 for each in (first, second)
    )
    assert (first.number, second.number) == (1, 2)


@pytest.mark.parametrize("text", ["", "   \n ", "## --"])
def test_work_without_a_word_is_not_handed_in(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime, text: str
) -> None:
    with pytest.raises(submissions.NotHandedIn, match="nothing to hand in"):
        work.hand_in(enrolment, brief, at, text)

    assert not Submission.objects.exists()


def test_too_long_a_work_is_not_handed_in_and_its_draft_is_kept(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    text = "word " * 10_001

    with pytest.raises(submissions.NotHandedIn, match="50,005 characters"):
        work.hand_in(enrolment, brief, at, text)

    assert Draft.objects.get().text == text


def test_work_that_changed_since_it_was_read_is_not_handed_in(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    read = submissions.text_digest(work.write(enrolment, brief, at, "As read.").text)
    work.write(enrolment, brief, at, "As changed in another tab.")

    with pytest.raises(submissions.ChangedSinceRead):
        submissions.hand_in(enrolment, brief, read=read, declared=True, by=enrolment.learner, at=at)

    assert Draft.objects.get().text == "As changed in another tab."


def test_work_is_not_handed_in_without_the_declaration(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    read = submissions.text_digest(work.write(enrolment, brief, at).text)

    with pytest.raises(submissions.NotHandedIn, match="your own work"):
        submissions.hand_in(enrolment, brief, read=read, declared=False, by=enrolment.learner, at=at)


def test_a_second_try_waits_for_the_result_of_the_first(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    work.hand_in(enrolment, brief, at)

    with pytest.raises(drafts.NotWritable):
        submissions.hand_in(enrolment, brief, read="another", declared=True, by=enrolment.learner, at=at)


def test_tries_of_an_earlier_enrolment_count(
    module: ModulePage, enrolment: Enrolment, asif: User, mina: User, lena: User, at: datetime
) -> None:
    once = assessments.assignment(module, attempts_allowed=1)
    work.released(work.hand_in(enrolment, once, at), asif, mina, lena, at, bands=1)
    Enrolment.objects.filter(pk=enrolment.pk).update(left_at=at)
    anew = course_factory.enrol(enrolment.learner, enrolment.course)

    with pytest.raises(drafts.NotWritable, match="used 1 of 1 tries"):
        work.write(anew, once, at)


def test_a_result_withdrawn_for_an_error_costs_no_try(
    module: ModulePage, enrolment: Enrolment, asif: User, mina: User, lena: User, at: datetime
) -> None:
    once = assessments.assignment(module, attempts_allowed=1)
    result = work.released(work.hand_in(enrolment, once, at), asif, mina, lena, at)
    release.withdraw(result, ground="error", words="The wrong rubric was used.", by=lena, at=at)

    again = work.hand_in(enrolment, once, at)

    assert again.number == 2


def test_a_result_withdrawn_for_fraud_does_cost_a_try(
    module: ModulePage, enrolment: Enrolment, asif: User, mina: User, lena: User, at: datetime
) -> None:
    once = assessments.assignment(module, attempts_allowed=1)
    result = work.released(work.hand_in(enrolment, once, at), asif, mina, lena, at)
    release.withdraw(result, ground="fraud", words="It was bought.", by=lena, at=at)

    with pytest.raises(drafts.NotWritable, match="used 1 of 1 tries"):
        work.write(enrolment, once, at)


def test_the_assignment_is_pinned_once_for_all_who_met_it_alike(
    module: ModulePage, foundations: object, brief: AssignmentPage, at: datetime
) -> None:
    work.hand_in_many(foundations, brief, 2, at)

    assert AssignmentVersion.objects.count() == 1


def test_a_new_rubric_makes_a_new_version_for_whoever_comes_after(
    enrolment: Enrolment, brief: AssignmentPage, foundations: object, at: datetime
) -> None:
    first = work.hand_in(enrolment, brief, at)
    newer = RubricVersion.objects.create(rubric=brief.rubric, number=2, digest="2" * 64, made_at=at)
    Criterion.objects.create(
        version=newer,
        position=1,
        key="only",
        title="Only",
        weight=100,
        level="foundation",
        band_1="1",
        band_2="2",
        band_3="3",
        band_4="4",
    )

    [second] = work.hand_in_many(foundations, brief, 1, at)

    assert first.version.rubric_version.number == 1
    assert (second.version.number, second.version.rubric_version) == (2, newer)


def test_an_assignment_whose_rubric_has_no_version_takes_no_work(
    module: ModulePage, enrolment: Enrolment, at: datetime
) -> None:
    bare = Rubric.objects.create(institute=enrolment.course.institute, slug="bare", title="Bare")
    assignment = assessments.assignment(module, rubric=bare)

    with pytest.raises(submissions.NotHandedIn, match="no rubric"):
        work.hand_in(enrolment, assignment, at)


@pytest.mark.parametrize(
    ("handed_in", "days", "promised"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 27), 5, date(2026, 12, 4)),
        (date(2026, 11, 29), 0, date(2026, 11, 29)),
    ],
)
def test_working_days_leave_out_weekends(handed_in: date, days: int, promised: date) -> None:
    assert working_days_after(handed_in, days) == promised


def test_words_are_counted_without_the_marks_of_headings_and_lists() -> None:
    assert submissions.count_words("## A title\n\n- one\n- two words – here") == 6


def test_the_learner_is_told_by_e_mail_that_the_work_arrived(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    submission = work.hand_in(enrolment, brief, at)

    send_owed(at)

    [message] = mail.outbox
    assert message.to == [enrolment.learner.email]
    assert message.subject == "We have your work: Commissioning brief"
    assert "Dear Ada," in message.body
    assert "decision by 14 December 2026" in message.body
    assert f"http://localhost:8000/my/submissions/{submission.uuid}/" in message.body


def test_neither_a_submission_nor_its_learner_can_be_changed_afterwards(
    enrolment: Enrolment, brief: AssignmentPage, ben: User, at: datetime
) -> None:
    submission = work.hand_in(enrolment, brief, at)

    for wrong in (
        lambda: Submission.objects.filter(pk=submission.pk).update(learner=ben),
        lambda: Submission.objects.filter(pk=submission.pk).update(text_digest="0" * 64),
        lambda: SubmissionText.objects.filter(submission=submission).delete(),
    ):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            wrong()
