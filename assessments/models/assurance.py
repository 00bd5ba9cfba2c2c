"""Quality assurance: the sample that was drawn and what was decided of it; only ever added to."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessments.models.batches import Batch
from assessments.models.marking import Marking
from assessments.models.rubrics import Criterion
from lms.people.privacy import erase, retain


class Sampled(models.Model):
    """A marking that must be checked before its batch is released, and why it was drawn."""

    class Reason(models.TextChoices):
        SHARE = "share", "Drawn at random"
        EACH_ASSESSOR = "each_assessor", "At least one of each assessor"
        NEW_ASSESSOR = "new_assessor", "Among a new assessor's first five"
        AFTER_OVERTURN = "after_overturn", "After an overturn"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="sample")
    marking = models.OneToOneField(Marking, on_delete=models.PROTECT, related_name="sampled")
    reason = models.CharField(max_length=14, choices=Reason.choices)
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.marking} ({self.reason})"


@retain("the evidence that a result was checked")
class QualityDecision(models.Model):
    """A quality assurer's decision on one sampled marking. An overturn edits no mark: it adds its own bands."""

    class Decision(models.TextChoices):
        AGREE = "agree", "Agree"
        OVERTURN = "overturn", "Overturn"

    class Rest(models.TextChoices):
        """What an overturn asks of the rest of that assessor's marking in the batch."""

        STANDS = "stands", "The rest stands"
        CHECK_ALL = "check_all", "Check every marking of this assessor in the batch"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    marking = models.ForeignKey(Marking, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=8, choices=Decision.choices)
    rest = models.CharField(max_length=9, choices=Rest.choices, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Copies that let the database keep the three people apart.
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unsafe_passages = models.PositiveSmallIntegerField(null=True)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["marking"], name="a_sampled_marking_is_decided_once"),
            models.CheckConstraint(
                condition=~Q(decided_by=F("assessor")), name="nobody_checks_their_own_marking"
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("learner")), name="nobody_checks_their_own_work"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.marking}"

    @property
    def is_overturn(self) -> bool:
        return self.decision == self.Decision.OVERTURN


class QualityMark(models.Model):
    """The band that the quality assurer found for one criterion, where it differs from the assessor's."""

    decision = models.ForeignKey(QualityDecision, on_delete=models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    band = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "criterion"], name="one_quality_mark_for_each_criterion"
            ),
            models.CheckConstraint(condition=Q(band__range=(1, 4)), name="a_quality_band_is_one_to_four"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.band}"


@erase("the quality assurer's words are emptied; the decision stays")
class QualityReason(models.Model):
    """Why a marking was agreed or overturned, and what the assessor is told."""

    decision = models.OneToOneField(QualityDecision, on_delete=models.PROTECT, related_name="reason")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]
