"""Drafts: kept while they are written, and never overwritten by a page that had not seen the newest text."""

from datetime import datetime, timedelta

import pytest

from assessments.actions import drafts
from assessments.models import AssignmentPage, Draft
from courses.models import Enrolment, ModulePage
from lms.people.models import User
from tests.factories import assessments, work


def test_the_first_save_makes_the_draft(enrolment: Enrolment, brief: AssignmentPage, at: datetime) -> None:
    draft = drafts.save(enrolment, brief, "One line.", base_revision=0, by=enrolment.learner, at=at)

    assert (draft.text, draft.revision, draft.saved_at) == ("One line.", 1, at)


def test_a_later_save_is_the_next_revision(enrolment: Enrolment, brief: AssignmentPage, at: datetime) -> None:
    work.write(enrolment, brief, at, "One line.")

    later = at + timedelta(minutes=5)
    draft = drafts.save(enrolment, brief, "Two lines.", base_revision=1, by=enrolment.learner, at=later)

    assert (draft.text, draft.revision, draft.saved_at) == ("Two lines.", 2, later)


def test_a_tab_that_had_not_seen_the_newest_text_is_told_so_and_overwrites_nothing(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    work.write(enrolment, brief, at, "From the first tab.")

    with pytest.raises(drafts.DraftStale) as refusal:
        drafts.save(enrolment, brief, "From the second tab.", base_revision=0, by=enrolment.learner, at=at)

    assert refusal.value.newest.text == "From the first tab."
    assert Draft.objects.get().text == "From the first tab."


def test_saving_the_same_words_again_is_never_stale(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    work.write(enrolment, brief, at, "The same.")

    draft = drafts.save(enrolment, brief, "The same.", base_revision=0, by=enrolment.learner, at=at)

    assert draft.revision == 1


def test_line_ends_of_every_browser_are_kept_as_one_kind(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    draft = work.write(enrolment, brief, at, "One.\r\nTwo.\rThree.\x00")

    assert draft.text == "One.\nTwo.\nThree."


def test_a_text_longer_than_a_draft_leaves_the_one_before_untouched(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    work.write(enrolment, brief, at, "Short.")

    with pytest.raises(drafts.DraftTooLong, match="100,001 characters"):
        work.write(enrolment, brief, at, "x" * 100_001)

    assert Draft.objects.get().text == "Short."


def test_nobody_writes_in_another_persons_enrolment(
    enrolment: Enrolment, brief: AssignmentPage, ben: User, at: datetime
) -> None:
    with pytest.raises(drafts.NotWritable):
        drafts.save(enrolment, brief, "Mine.", base_revision=0, by=ben, at=at)


def test_nothing_is_written_while_somebody_judges_the_work(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    work.hand_in(enrolment, brief, at)

    with pytest.raises(drafts.NotWritable, match="You have handed in this work"):
        work.write(enrolment, brief, at, "More.")


def test_nothing_is_written_in_a_course_that_was_left(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    enrolment.left_at = at
    enrolment.save()

    with pytest.raises(drafts.NotWritable, match="You have left this course"):
        work.write(enrolment, brief, at)


def test_nothing_is_written_after_being_judged_competent(
    enrolment: Enrolment, brief: AssignmentPage, asif: User, mina: User, lena: User, at: datetime
) -> None:
    work.released(work.hand_in(enrolment, brief, at), asif, mina, lena, at)

    with pytest.raises(drafts.NotWritable, match="judged competent"):
        work.write(enrolment, brief, at, "Still better.")


def test_nothing_is_written_after_the_last_try(
    module: ModulePage, enrolment: Enrolment, asif: User, mina: User, lena: User, at: datetime
) -> None:
    once = assessments.assignment(module, attempts_allowed=1)
    work.released(work.hand_in(enrolment, once, at), asif, mina, lena, at, bands=1)

    with pytest.raises(drafts.NotWritable, match="used 1 of 1 tries"):
        work.write(enrolment, once, at, "Again.")
