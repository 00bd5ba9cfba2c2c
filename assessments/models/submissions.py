"""Work handed in: the draft that a learner keeps, and the frozen version that is judged."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.assignments import AssignmentPage, AssignmentVersion
from courses.models import Enrolment
from lms.people.models import Institute
from lms.people.privacy import erase, export, retain


@export("the learner's unfinished work")
class Draft(models.Model):
    """What a learner has written so far and handed to nobody."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="drafts")
    assignment = models.ForeignKey(AssignmentPage, on_delete=models.PROTECT, related_name="drafts")
    text = models.TextField(blank=True)
    # A save from a tab that had not seen the newest revision is refused, not swallowed.
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "assignment"], name="one_draft_for_each_assignment")
        ]

    def __str__(self) -> str:
        return f"Draft of {self.assignment}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions that speak of who has them."""

    def waiting(self, at: datetime) -> Self:
        """Nobody has them: never claimed, or a claim whose lease ran out."""
        return self.filter(
            Q(state=Submission.State.WAITING) | Q(state=Submission.State.CLAIMED, lease_until__lt=at)
        )

    def in_hand(self) -> Self:
        """Somebody judges them, or will."""
        states = Submission.State
        return self.filter(state__in=[states.WAITING, states.CLAIMED, states.MARKED])

    def claimed_by(self, person: object, at: datetime) -> Self:
        return self.filter(state=Submission.State.CLAIMED, assessor=person, lease_until__gte=at)


@retain("the evidence of a judgement; the words in it are a side row")
class Submission(models.Model):
    """A version of a learner's work, frozen with a declaration when it was handed in."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for an assessor"
        CLAIMED = "claimed", "With an assessor"
        MARKED = "marked", "In quality assurance"
        RELEASED = "released", "Result released"
        QUARANTINED = "quarantined", "Set aside, because a real person could be recognised"
        REPLACED = "replaced", "Replaced by another version"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="submissions")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="submissions")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions"
    )
    assignment = models.ForeignKey(AssignmentPage, on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey(AssignmentVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    # Shown to assessors in place of a name.
    candidate_number = models.CharField(max_length=8)
    words = models.PositiveIntegerField()
    text_digest = models.CharField(max_length=64)
    declaration = models.CharField(max_length=400)
    submitted_at = models.DateTimeField()
    promised_on = models.DateField()
    state = models.CharField(max_length=11, choices=State.choices, default=State.WAITING)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lease_until = models.DateTimeField(null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["submitted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "assignment", "number"], name="submissions_are_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "assignment"],
                condition=~Q(state__in=["released", "replaced"]),
                name="one_submission_at_a_time_for_each_assignment",
            ),
            models.CheckConstraint(
                condition=Q(assessor__isnull=True) | ~Q(assessor=models.F("learner")),
                name="nobody_claims_their_own_work",
            ),
        ]
        indexes = [models.Index(fields=["institute", "state", "submitted_at"])]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.assignment}"

    @property
    def is_aside(self) -> bool:
        """Its writer has to take a real person's details out of it."""
        return self.state == self.State.QUARANTINED

    @property
    def candidate(self) -> str:
        """What stands in place of a name while the work is judged."""
        return f"Candidate {self.candidate_number}"


@erase("the work itself is emptied; digest, date and decision stay")
class SubmissionText(models.Model):
    """What was handed in, word for word."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="content")
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.submission)
