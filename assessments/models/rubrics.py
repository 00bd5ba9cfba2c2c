"""Rubrics: what work is judged against, frozen in versions."""

import uuid

from django.db import models

from courses.models import Competency, Level
from lms.people.models import Institute

BANDS = {1: "Not yet", 2: "Pass", 3: "Merit", 4: "Distinction"}


class Rubric(models.Model):
    """A rubric's identity; its criteria are in its versions."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="rubrics")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "slug"], name="one_rubric_by_each_slug_at_an_institute"
            )
        ]

    def __str__(self) -> str:
        return self.title


class RubricVersion(models.Model):
    """A rubric as work was judged against it; never edited, found again by its digest."""

    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["rubric", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["rubric", "number"], name="one_version_by_each_number_of_a_rubric"
            ),
            models.UniqueConstraint(
                fields=["rubric", "digest"], name="a_rubric_is_versioned_once_by_content"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rubric}, version {self.number}"


class Criterion(models.Model):
    """One thing that is judged, with a descriptor for each of the four bands."""

    version = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    weight = models.PositiveSmallIntegerField(help_text="Per cent: what to spend one's effort on.")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=12, choices=Level.choices)
    band_1 = models.TextField()
    band_2 = models.TextField()
    band_3 = models.TextField()
    band_4 = models.TextField()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="one_criterion_by_each_key_in_a_rubric")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def descriptors(self) -> list[tuple[int, str, str]]:
        """Band, its word and its descriptor, from not yet to distinction."""
        return [(band, word, self.descriptor(band)) for band, word in BANDS.items()]

    def descriptor(self, band: int) -> str:
        """The sentence that describes one band."""
        return getattr(self, f"band_{band}")
