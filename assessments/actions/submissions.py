"""Handing work in: a draft becomes a version that is frozen, promised a date and judged."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from assessments import notices, rules
from assessments.actions import drafts, quarantine
from assessments.models import (
    AssignmentPage,
    AssignmentVersion,
    Draft,
    DraftFile,
    RubricVersion,
    Submission,
    SubmissionFile,
    SubmissionFileContent,
    SubmissionText,
)
from assessments.working_days import LONDON, working_days_after
from courses.models import Enrolment
from lms.audit import chain
from lms.audit.trail import record
from lms.people.models import Institute, User
from lms.people.refusals import Refusal

CHARACTERS = 50_000
DECLARATION = (
    "This is my own work. I have said where words, ideas or figures come from somebody else or from a tool. "
    "I name no real person who draws on services, and nobody could be recognised from it."
)


class NotHandedIn(Refusal):
    """The draft cannot be handed in as it is; it is kept, and the sentence says what to change."""


class ChangedSinceRead(NotHandedIn):
    """The draft is no longer the text that the learner read before declaring it."""


def hand_in(
    enrolment: Enrolment, assignment: AssignmentPage, *, read: str, declared: bool, by: User, at: datetime
) -> Submission:
    """Freeze the draft whose `work_digest` the learner `read`, with the declaration; a second click gives the same.

    Raises NotHandedIn, ChangedSinceRead or drafts.NotWritable.
    """
    if again := _handed_in(enrolment, assignment, read):
        return again
    try:
        with transaction.atomic():
            drafts.refuse_unless_writable(enrolment, assignment, by)
            draft = _readable_draft(enrolment, assignment, read, declared)
            return _freeze(enrolment, assignment, draft, by, at)
    except (IntegrityError, Refusal):
        # Two clicks at once: the other one was first.
        if again := _handed_in(enrolment, assignment, read):
            return again
        raise


def assignment_version(assignment: AssignmentPage, at: datetime) -> AssignmentVersion:
    """The assignment and its rubric as they stand now, pinned on first use. Raises NotHandedIn without a rubric."""
    rubric_version = assignment.rubric.versions.order_by("-number").first()
    if rubric_version is None:
        raise NotHandedIn(
            "This assignment has no rubric yet, so nobody could judge your work. Tell your institute."
        )
    digest = chain.digest(
        {"title": assignment.title, "brief": assignment.brief, "rubric": rubric_version.digest}
    )
    pinned = assignment.versions.filter(digest=digest, rubric_version=rubric_version).first()
    return pinned or _pin(assignment, rubric_version, digest, at)


def work_digest(text: str, files: Iterable[str]) -> str:
    """What a learner reads before declaring it, as one digest: the words, and each file's own digest in order."""
    digests = list(files)
    words = text_digest(text)
    return chain.digest({"text": words, "files": digests}) if digests else words


def text_digest(text: str) -> str:
    """SHA-256 of the words handed in: what the learner's receipt shows."""
    return hashlib.sha256(text.encode()).hexdigest()


def count_words(text: str) -> int:
    """How many words stand between spaces; the marks of lists and headings are none."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def promised_on(assignment: AssignmentPage, at: datetime) -> date:
    """The day by which work handed in now has a decision: working days in London."""
    return working_days_after(at.astimezone(LONDON).date(), assignment.marking_days)


def _handed_in(enrolment: Enrolment, assignment: AssignmentPage, read: str) -> Submission | None:
    in_progress = enrolment.submissions.filter(assignment=assignment).in_hand()
    found = in_progress.select_related("content").prefetch_related("files").first()
    return found if found and _digest_of_work(found.content.text, found.files.all()) == read else None


def _digest_of_work(text: str, files: Iterable[DraftFile | SubmissionFile]) -> str:
    return work_digest(text, (file.sha256 for file in files))


def _readable_draft(enrolment: Enrolment, assignment: AssignmentPage, read: str, declared: bool) -> Draft:
    draft = enrolment.drafts.filter(assignment=assignment).first()
    if draft is None or not (count_words(draft.text) or draft.files.exists()):
        raise NotHandedIn("There is nothing to hand in yet. Write your work, or add a file.")
    if len(draft.text) > CHARACTERS:
        raise NotHandedIn(
            f"Your work has {len(draft.text):,} characters; {CHARACTERS:,} is the most that can be handed in."
        )
    if _digest_of_work(draft.text, draft.files.all()) != read:
        raise ChangedSinceRead(
            "Your draft was changed after you opened this page. Read it again, then hand it in."
        )
    if not declared:
        raise NotHandedIn("Confirm that this is your own work.")
    return draft


def _freeze(
    enrolment: Enrolment, assignment: AssignmentPage, draft: Draft, by: User, at: datetime
) -> Submission:
    institute = assignment.rubric.institute
    # Also what was set aside in an earlier enrolment: put back later, it would be judged beside this one.
    for aside in rules.submissions_of(enrolment.learner_id, assignment).filter(
        state=Submission.State.QUARANTINED
    ):
        quarantine.replace(aside, by=by, at=at)
    numbers = enrolment.submissions.filter(assignment=assignment)
    submission = Submission.objects.create(
        institute=institute,
        enrolment=enrolment,
        learner=enrolment.learner,
        assignment=assignment,
        version=assignment_version(assignment, at),
        number=numbers.aggregate(last=Max("number", default=0))["last"] + 1,
        candidate_number=_candidate_number(institute),
        words=count_words(draft.text),
        text_digest=text_digest(draft.text),
        declaration=DECLARATION,
        submitted_at=at,
        promised_on=promised_on(assignment, at),
    )
    SubmissionText.objects.create(submission=submission, text=draft.text)
    files = _freeze_files(submission, draft)
    if not Draft.objects.filter(pk=draft.pk, revision=draft.revision).delete()[0]:
        raise ChangedSinceRead(
            "Your draft was changed while you handed it in. Read it again, then hand it in."
        )
    notices.submitted(submission, at)
    facts = {
        "assignment": assignment.pk,
        "number": submission.number,
        "text": submission.text_digest,
        "files": [file.sha256 for file in files],
    }
    record("submission.handed_in", submission, by=by, at=at, institute=institute, facts=facts)
    return submission


def _freeze_files(submission: Submission, draft: Draft) -> list[SubmissionFile]:
    """The draft's files as the submission's own; the bytes stay where they lie."""
    frozen = []
    for number, each in enumerate(draft.files.all(), start=1):
        file = submission.files.create(number=number, kind=each.kind, size=each.size, sha256=each.sha256)
        SubmissionFileContent.objects.create(file=file, name=each.name, path=each.path)
        frozen.append(file)
    return frozen


def _candidate_number(institute: Institute) -> str:
    """Six digits that say nothing about anybody, and that no other work at the institute carries."""
    while True:
        number = f"{secrets.randbelow(900_000) + 100_000}"
        if not Submission.objects.filter(institute=institute, candidate_number=number).exists():
            return number


def _pin(
    assignment: AssignmentPage, rubric_version: RubricVersion, digest: str, at: datetime
) -> AssignmentVersion:
    newest = assignment.versions.aggregate(number=Max("number", default=0))
    try:
        with transaction.atomic():
            return assignment.versions.create(
                number=newest["number"] + 1,
                rubric_version=rubric_version,
                title=assignment.title,
                brief=assignment.brief,
                digest=digest,
                made_at=at,
            )
    except IntegrityError:
        # Two learners handed in at the same instant: one of them pinned it.
        return assignment.versions.get(digest=digest)
