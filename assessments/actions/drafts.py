"""A learner's draft: kept while it is written, never overwritten by a page that had not seen the newest text."""

from datetime import datetime

from django.db import transaction

from assessments import rules
from assessments.models import AssignmentPage, Draft
from courses.models import Enrolment
from lms.people.models import User
from lms.people.refusals import Refusal

# More than may be handed in, so that nobody loses what they pasted before they shorten it.
DRAFT_CHARACTERS = 100_000


class NotWritable(Refusal):
    """The learner has nothing to write here now; the sentence says why and what comes next."""


class DraftTooLong(Refusal):
    """The text is longer than a draft can hold; the one saved before is untouched."""


class DraftStale(Refusal):
    """Another page saved since this one was opened; `newest` is what it saved."""

    def __init__(self, newest: Draft) -> None:
        super().__init__(
            "This work was changed in another tab or on another device after you opened this page."
        )
        self.newest = newest


def save(
    enrolment: Enrolment, assignment: AssignmentPage, text: str, *, base_revision: int, by: User, at: datetime
) -> Draft:
    """Keep the text as the newest draft if the page had seen `base_revision`, the newest until now (0: none).

    Saving the same text again changes nothing. Raises NotWritable, DraftTooLong or DraftStale.
    """
    refuse_unless_writable(enrolment, assignment, by)
    text = as_kept(text)
    if len(text) > DRAFT_CHARACTERS:
        raise DraftTooLong(
            f"This text has {len(text):,} characters. A draft holds {DRAFT_CHARACTERS:,}: "
            "shorten it, then save again."
        )
    with transaction.atomic():
        draft, _ = Draft.objects.get_or_create(
            enrolment=enrolment, assignment=assignment, defaults={"saved_at": at}
        )
        seen = Draft.objects.filter(pk=draft.pk, revision=base_revision)
        if draft.text != text and not seen.update(text=text, revision=base_revision + 1, saved_at=at):
            raise DraftStale(Draft.objects.get(pk=draft.pk))
        draft.refresh_from_db()
        return draft


def refuse_unless_writable(enrolment: Enrolment, assignment: AssignmentPage, by: User) -> rules.WorkStanding:
    """Where the learner stands, if they may write now; raises NotWritable with the reason if not."""
    found = rules.work_standing(enrolment, assignment)
    if not rules.may_write(by, enrolment, found):
        raise NotWritable(_why_not(enrolment, found))
    return found


def as_kept(text: str) -> str:
    """The text with plain line ends, and without the NUL that PostgreSQL cannot keep."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _why_not(enrolment: Enrolment, found: rules.WorkStanding) -> str:
    if not enrolment.is_open:
        return "You have left this course. Enrol again to hand in work."
    if found.in_progress:
        return "You have handed in this work. You can write again when its result is released."
    if found.is_competent:
        return "You have been judged competent in this assignment. There is nothing more to write."
    allowed = found.assignment.attempts_allowed
    return (
        f"You have used {allowed} of {allowed} tries at this assignment. Its page says what you can do next."
    )
