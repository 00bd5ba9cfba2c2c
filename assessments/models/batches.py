"""Batches of marking awaiting release. What is sampled from them and decided is in `assurance`."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.assignments import AssignmentPage
from lms.people.models import Institute
from lms.people.privacy import retain


@retain("says who closed and released a batch of results")
class Batch(models.Model):
    """The recorded markings of one assignment that will be checked and released together."""

    class State(models.TextChoices):
        OPEN = "open", "Filling"
        CLOSED = "closed", "Being checked"
        RELEASED = "released", "Released"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="batches")
    assignment = models.ForeignKey(AssignmentPage, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    share_percent = models.PositiveSmallIntegerField(default=20)
    # Made when the batch closes, after the last marking: nobody could have known who is drawn.
    seed = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["opened_at"]
        verbose_name_plural = "batches"
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="batches_are_numbered_once"),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(state="open"),
                name="one_open_batch_for_each_assignment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}, batch {self.number}"

    @property
    def name(self) -> str:
        return f"Batch {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_closed(self) -> bool:
        """Its sample is drawn, and its results are not released yet."""
        return self.state == self.State.CLOSED

    @property
    def is_released(self) -> bool:
        return self.state == self.State.RELEASED
