"""Marking: what an assessor judged, criterion by criterion; recorded once and never edited."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from assessments.models.batches import Batch
from assessments.models.rubrics import Criterion, RubricVersion
from assessments.models.submissions import Submission
from lms.people.models import Institute
from lms.people.privacy import erase, export, retain


@export("an assessor's notes until the marking is recorded")
class MarkingDraft(models.Model):
    """An assessor's half-done marking, seen by nobody else; gone once the marking is recorded."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # {"bands": {criterion key: band}, "comments": {criterion key: words}, "feedback": words, "unsafe": words}
    body = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "assessor"], name="one_marking_draft_by_each_assessor"
            )
        ]

    def __str__(self) -> str:
        return f"Draft marking of {self.submission}"


@retain("says why a piece of work was kept from an assessor")
class DeclaredInterest(models.Model):
    """An assessor said "I may know this person" and handed the work back; it never comes to them again."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="declared_interests")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "assessor"], name="an_interest_is_declared_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessor} may know who wrote {self.submission}"


@retain("the evidence of a result")
class Marking(models.Model):
    """One assessor's judgement of one submission."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="markings")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="markings")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="markings")
    rubric_version = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="+")
    # Which marking of this submission it is; a batch that is marked again adds a second one.
    round = models.PositiveSmallIntegerField(default=1)
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="markings")
    # Copied from the submission, so that the database itself can forbid judging oneself.
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unsafe_passages = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "round"], name="a_submission_is_marked_once_in_a_round"
            ),
            models.CheckConstraint(condition=~Q(assessor=F("learner")), name="nobody_marks_their_own_work"),
        ]

    def __str__(self) -> str:
        return f"Marking of {self.submission}"


class Mark(models.Model):
    """The band that one criterion reached."""

    marking = models.ForeignKey(Marking, on_delete=models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    band = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["marking", "criterion"], name="one_mark_for_each_criterion"),
            models.CheckConstraint(condition=Q(band__range=(1, 4)), name="a_band_is_one_to_four"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.band}"


@erase("the assessor's words are emptied; bands and outcome stay")
class Feedback(models.Model):
    """What the assessor says to the learner: for the whole work, for one criterion, or on an unsafe passage."""

    class About(models.TextChoices):
        WORK = "work", "The work"
        CRITERION = "criterion", "A criterion"
        UNSAFE = "unsafe", "An unsafe passage"

    marking = models.ForeignKey(Marking, on_delete=models.PROTECT, related_name="feedback")
    about = models.CharField(max_length=9, choices=About.choices)
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]
