"""Exemplar answers: what work of each band looks like, for those who judge and never for those who learn."""

from typing import Self

from django.db import models

from assessments.models.rubrics import BANDS, RubricVersion


class ExemplarQuerySet(models.QuerySet["Exemplar"]):
    """Exemplars of a rubric version."""

    def in_force(self) -> Self:
        """Of each band the newest, from not yet to distinction."""
        newer = self.model.objects.filter(
            version=models.OuterRef("version"),
            band=models.OuterRef("band"),
            number__gt=models.OuterRef("number"),
        )
        return self.exclude(models.Exists(newer)).order_by("band")


class Exemplar(models.Model):
    """One answer in one band of one rubric version; never edited, a better text is one more row."""

    version = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="exemplars")
    band = models.PositiveSmallIntegerField(choices=list(BANDS.items()))
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    text = models.TextField(help_text="HTML.")
    # By the key of each criterion, as HTML: why the answer stands in this band.
    notes = models.JSONField()

    objects = ExemplarQuerySet.as_manager()

    class Meta:
        ordering = ["version", "band", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "band", "number"], name="one_exemplar_by_each_number_in_a_band"
            ),
            models.CheckConstraint(
                condition=models.Q(band__gte=min(BANDS), band__lte=max(BANDS)), name="an_exemplar_has_a_band"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.get_band_display()}"
