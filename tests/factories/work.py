"""Written work on its way: handed in, marked, checked and released, by the actions themselves."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.actions import drafts, marking, quality, release, submissions
from assessments.models import (
    AssignmentPage,
    Batch,
    Draft,
    DraftFile,
    Marking,
    QualityDecision,
    Result,
    Submission,
)
from courses.models import CoursePage, Enrolment
from lms.people.models import User
from tests.factories import courses as course_factory
from tests.factories import people

TEXT = (
    "## What we should acquire\n\nPeople go home able to do things for themselves again.\n\n- Ask them first."
)
FEEDBACK = "You start from people. Set the figures against each other next time."


def write(enrolment: Enrolment, assignment: AssignmentPage, at: datetime, text: str = TEXT) -> Draft:
    found = enrolment.drafts.filter(assignment=assignment).first()
    seen = found.revision if found else 0
    return drafts.save(enrolment, assignment, text, base_revision=seen, by=enrolment.learner, at=at)


def add_file(enrolment: Enrolment, assignment: AssignmentPage, at: datetime, content: str) -> DraftFile:
    """A text file with these words, beside the draft."""
    sent = [SimpleUploadedFile(f"{enrolment.learner} notes.txt", content.encode())]
    return drafts.add_files(enrolment, assignment, sent, by=enrolment.learner, at=at).files[0]


def hand_in(
    enrolment: Enrolment, assignment: AssignmentPage, at: datetime, text: str = TEXT, file: str = ""
) -> Submission:
    """Work of these words, and of a text file with the words of `file` if there are any."""
    draft = write(enrolment, assignment, at, text)
    if file:
        add_file(enrolment, assignment, at, file)
    read = submissions.work_digest(draft.text, (each.sha256 for each in draft.files.all()))
    return submissions.hand_in(enrolment, assignment, read=read, declared=True, by=enrolment.learner, at=at)


def hand_in_many(
    course: CoursePage, assignment: AssignmentPage, count: int, at: datetime
) -> list[Submission]:
    """Work of so many learners, each an hour after the other."""
    enrolments = [course_factory.enrol(people.person(f"Learner{n}"), course) for n in range(count)]
    return [
        hand_in(each, assignment, at + timedelta(hours=n), f"{TEXT}\n\nWritten by learner {n}.")
        for n, each in enumerate(enrolments)
    ]


def claim(submission: Submission, assessor: User, at: datetime) -> Submission:
    """Give this very piece of work to an assessor, whatever waits before it."""
    Submission.objects.filter(pk=submission.pk).update(
        state=Submission.State.CLAIMED, assessor=assessor, lease_until=at + marking.LEASE
    )
    submission.refresh_from_db()
    return submission


def judgement(
    submission: Submission, bands: int | Mapping[str, int] = 3, unsafe: str = ""
) -> marking.Judgement:
    keys = submission.version.rubric_version.criteria.values_list("key", flat=True)
    return marking.Judgement(
        bands={key: bands if isinstance(bands, int) else bands[key] for key in keys},
        comments={keys[0]: "The need is clear."},
        feedback=FEEDBACK,
        is_unsafe=bool(unsafe),
        unsafe=unsafe,
    )


def mark(
    submission: Submission,
    assessor: User,
    at: datetime,
    bands: int | Mapping[str, int] = 3,
    unsafe: str = "",
) -> Marking:
    """The work claimed, judged and recorded by one assessor."""
    claim(submission, assessor, at)
    judged = judgement(submission, bands, unsafe)
    marking.save_draft(submission, judged, by=assessor, at=at)
    return marking.record(submission, read=judged.digest, by=assessor, at=at)


def close(batch: Batch, lead: User, at: datetime) -> Batch:
    return quality.close(batch, by=lead, at=at)


def check(batch: Batch, assurer: User, at: datetime) -> list[QualityDecision]:
    """Every sampled marking agreed."""
    return [quality.agree(each, by=assurer, at=at) for each in quality.undecided(batch)]


def released(
    submission: Submission, assessor: User, assurer: User, lead: User, at: datetime, **how: object
) -> Result:
    """The result of one piece of work, through its whole way in a batch of its own."""
    made = mark(submission, assessor, at, **how)
    batch = close(made.batch, lead, at)
    check(batch, assurer, at)
    return release.release(batch, by=lead, at=at)[0]
