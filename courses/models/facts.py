"""The source table: every figure, date and section number that a lesson states rests on a row of it."""

from django.db import models

from lms.people.models import Institute


class Fact(models.Model):
    """A claim with its source, the day it was read and the day it must be read again."""

    class Mark(models.TextChoices):
        """How well a claim was confirmed (curriculum, confidence marks)."""

        PUBLISHER = "V", "Read at the publisher"
        SECONDARY = "V2", "Read in a secondary source"
        UNCONFIRMED = "G", "Not confirmed"
        DISPUTED = "X", "Disputed"

    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="facts")
    key = models.SlugField(max_length=80)
    claim = models.TextField()
    source = models.TextField()
    as_at = models.DateField()
    review_by = models.DateField()
    mark = models.CharField(max_length=2, choices=Mark.choices)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["institute", "key"], name="one_fact_by_each_key_at_an_institute")
        ]

    def __str__(self) -> str:
        return self.claim
