"""Rows of work that was handed in."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from assessments.actions import submissions
from assessments.actions.marking import LEASE
from assessments.models import Submission, SubmissionText
from lms.demonstration.crowd.destinies import Reach
from lms.demonstration.crowd.lots import Piece
from lms.demonstration.crowd.scene import Scene
from lms.demonstration.crowd.writing import compose

CLAIMED_BEFORE = timedelta(minutes=40)
STATES = {
    Reach.WAITING: Submission.State.WAITING,
    Reach.CLAIMED: Submission.State.CLAIMED,
    Reach.MARKED: Submission.State.MARKED,
    Reach.CHECKED: Submission.State.MARKED,
}


def make_submissions(scene: Scene, pieces: Sequence[Piece]) -> list[Submission]:
    """The frozen works of these pieces, in their order."""
    texts = [compose(scene.assignment(each).slug, scene.chance) for each in pieces]
    rows = Submission.objects.bulk_create(
        _submission(scene, piece, text) for piece, text in zip(pieces, texts, strict=True)
    )
    SubmissionText.objects.bulk_create(
        SubmissionText(submission=row, text=text) for row, text in zip(rows, texts, strict=True)
    )
    return rows


def _submission(scene: Scene, piece: Piece, text: str) -> Submission:
    assignment, at = scene.assignment(piece), scene.timetable.at(piece.handed_in)
    submission = Submission(
        uuid=uuid4(),
        institute=scene.institute,
        enrolment_id=piece.learner.enrolment,
        learner_id=piece.learner.user,
        assignment=assignment,
        version=scene.assignment_versions[piece.assignment],
        number=1,
        candidate_number=next(scene.candidate_numbers),
        words=submissions.count_words(text),
        text_digest=submissions.text_digest(text),
        declaration=submissions.DECLARATION,
        submitted_at=at,
        promised_on=submissions.promised_on(assignment, at),
        state=STATES.get(piece.learner.reach, Submission.State.RELEASED),
        assessor_id=scene.assessors[piece.assessor].pk if piece.uuid else None,
    )
    if piece.learner.reach is Reach.CLAIMED:
        submission.assessor = scene.assessors[0]
        submission.lease_until = scene.calendar.now - CLAIMED_BEFORE + LEASE
    facts = {"assignment": assignment.pk, "number": 1, "text": submission.text_digest}
    learner = piece.learner.uuid
    scene.trail.tell(piece.handed_in, "submission.handed_in", Submission, submission.uuid, learner, facts)
    return submission
