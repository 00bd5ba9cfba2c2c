"""A learner's draft: kept while it is written, never overwritten by a page that had not seen the newest text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from assessments import rules
from assessments.intake import storing
from assessments.intake.refusing import Unfit
from assessments.intake.storing import Sent, Taken
from assessments.models import AssignmentPage, Draft, DraftFile, SubmissionFileContent
from courses.models import Enrolment
from lms.people.models import User
from lms.people.refusals import Refusal

# More than may be handed in, so that nobody loses what they pasted before they shorten it.
DRAFT_CHARACTERS = 100_000
MOST_FILES = 10
# A file that is older than this and known to no row belongs to no request that could still be running.
PATIENCE = timedelta(days=1)


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


@dataclass(frozen=True)
class Added:
    """What came of a handful of files: those that were added, and a sentence for each that was not."""

    files: list[DraftFile]
    refusals: list[str]


def add_files(
    enrolment: Enrolment, assignment: AssignmentPage, sent: Sequence[Sent], *, by: User, at: datetime
) -> Added:
    """Put files beside the draft, which is begun if there is none; each is taken or refused by itself.

    Raises NotWritable.
    """
    refuse_unless_writable(enrolment, assignment, by)
    draft, _ = Draft.objects.get_or_create(
        enrolment=enrolment, assignment=assignment, defaults={"saved_at": at}
    )
    added, refusals = [], []
    for each in sent:
        try:
            added.append(_add(draft, each, at))
        except Unfit as refusal:
            refusals.append(str(refusal))
    return Added(added, refusals)


def remove_file(
    enrolment: Enrolment, assignment: AssignmentPage, file: UUID, *, by: User
) -> DraftFile | None:
    """Take a file away from the draft, and off the disk; None where it has gone already. Raises NotWritable."""
    refuse_unless_writable(enrolment, assignment, by)
    with transaction.atomic():
        found = DraftFile.objects.filter(
            draft__enrolment=enrolment, draft__assignment=assignment, uuid=file
        ).first()
        if found is None:
            return None
        found.delete()
        transaction.on_commit(lambda: storing.discard([found.path]))
        return found


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


def _add(draft: Draft, sent: Sent, at: datetime) -> DraftFile:
    """Check and store one file, then note it; what cannot be noted is taken off the disk again."""
    taken = storing.take(sent)
    try:
        with transaction.atomic():
            # Two windows at once would each count nine.
            Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
            _refuse_one_more(draft, taken)
            return draft.files.create(
                name=taken.name,
                kind=taken.kind,
                path=taken.path,
                size=taken.size,
                sha256=taken.sha256,
                added_at=at,
            )
    except BaseException:
        storing.discard([taken.path])
        raise


def _refuse_one_more(draft: Draft, taken: Taken) -> None:
    files = list(draft.files.all())
    same = next((file for file in files if file.sha256 == taken.sha256), None)
    if same:
        raise Unfit(taken.name, f"is the same file as “{same.name}”, which is there already.")
    if len(files) >= MOST_FILES:
        raise Unfit(
            taken.name, f"is one too many: {MOST_FILES} files are the most. Remove another one first."
        )


def sweep_files(at: datetime) -> int:
    """Take files off the disk that a killed request left there and no row knows; returns how many."""
    known = {
        *DraftFile.objects.values_list("path", flat=True),
        *SubmissionFileContent.objects.values_list("path", flat=True),
    }
    lost = storing.abandoned(known, at - PATIENCE)
    storing.discard(lost)
    return len(lost)
