"""Schemes: what an institute asks of a person before it certifies them."""

import uuid

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr
from django.utils.functional import cached_property
from wagtail.models import Page

from certificates.eligibility import band_in_words, percent_in_words
from courses.models import Competency, CoursePage, Level, StepPage
from lms.people.models import Institute

# A step's path in the page tree goes on from its course's by a module and the step itself.
BELOW_COURSE = 2 * Page.steplen


class Scheme(models.Model):
    """A scheme's identity; what it requires is in its versions."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="schemes")
    # The course whose page shows the route to this certificate.
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, null=True, related_name="schemes")
    slug = models.SlugField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "slug"], name="one_scheme_by_each_slug_at_an_institute"
            )
        ]

    def __str__(self) -> str:
        return self.slug


class SchemeVersion(models.Model):
    """A scheme as decisions were taken under it; never edited, found again by its digest."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    level = models.CharField(max_length=12, choices=Level.choices)
    statement = models.TextField()
    validity_months = models.PositiveSmallIntegerField(help_text="0 means that it does not expire.")
    design = models.CharField(max_length=20, default="classic")
    competencies = models.ManyToManyField(Competency, related_name="+")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["scheme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "number"], name="one_version_by_each_number_of_a_scheme"
            ),
            models.UniqueConstraint(
                fields=["scheme", "digest"], name="a_scheme_is_versioned_once_by_content"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def asked(self) -> "list[Requirement]":
        """Its requirements in order, with the pages they are about; read once."""
        return list(self.requirements.select_related("step", "course"))


def named(title: str, home: str) -> str:
    """A page's title, with the title of its course where that is not the course at hand."""
    return f"{title} ({home})" if home else title


class RequirementManager(models.Manager["Requirement"]):
    """Requirements that know in which course their step stands."""

    def get_queryset(self) -> models.QuerySet["Requirement"]:
        path = Substr(OuterRef("step__path"), 1, Length(OuterRef("step__path")) - BELOW_COURSE)
        home = CoursePage.objects.filter(path=path)
        elsewhere = home.exclude(pk=OuterRef("version__scheme__course"))
        return super().get_queryset().annotate(elsewhere=Subquery(elsewhere.values("title")[:1]))


class Requirement(models.Model):
    """One thing that a scheme version requires: a step passed, or a course finished.

    The step may stand in another course of the institute; `elsewhere` is then that course's title.
    """

    class Kind(models.TextChoices):
        QUIZ = "quiz", "Pass a quiz"
        CASE = "case", "Pass a case"
        ASSIGNMENT = "assignment", "Be found competent in an assignment"
        COURSE = "course", "Finish a course"

    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    step = models.ForeignKey(StepPage, on_delete=models.PROTECT, null=True, related_name="+")
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, null=True, related_name="+")
    minimum_band = models.PositiveSmallIntegerField(null=True)
    # The one criterion that the band is asked on; empty where it is asked on every criterion.
    criterion = models.SlugField(max_length=60, blank=True)
    criterion_title = models.CharField(max_length=120, blank=True)

    # Of a case's points, where more than a pass is asked.
    minimum_percent = models.PositiveSmallIntegerField(null=True)

    objects = RequirementManager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="requirements_stand_in_order"),
            models.CheckConstraint(
                condition=Q(kind="course", step__isnull=True, course__isnull=False)
                | Q(kind__in=["quiz", "case", "assignment"], step__isnull=False, course__isnull=True),
                name="a_requirement_names_what_it_requires",
            ),
            models.CheckConstraint(
                condition=Q(criterion="") | Q(kind="assignment", minimum_band__isnull=False),
                name="a_criterion_is_asked_for_with_its_band",
            ),
            models.CheckConstraint(
                condition=Q(minimum_percent=None) | Q(kind="case", minimum_percent__range=(1, 100)),
                name="a_share_of_points_is_asked_of_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.step or self.course}"

    @property
    def title(self) -> str:
        """What it is about, with the course where that is not the scheme's own."""
        return named((self.step or self.course).title, self.elsewhere or "")  # type: ignore[union-attr]

    @property
    def more_words(self) -> str:
        """What is asked of the bands or the points beyond a pass, if anything is."""
        if self.minimum_percent:
            return percent_in_words(self.minimum_percent)
        return band_in_words(self.minimum_band, self.criterion_title) if self.minimum_band else ""
