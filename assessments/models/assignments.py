"""Assignments: written work that a person judges."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from assessments.models.page_forms import AssignmentPageForm
from assessments.models.rubrics import Rubric, RubricVersion
from courses.models import StepPage

FEATURES = ["h2", "h3", "bold", "italic", "link", "ol", "ul", "blockquote"]


class AssignmentPage(StepPage):
    """An assignment: a task, marked by an assessor against a rubric and checked before release."""

    step_kind = "assignment"
    step_word = "Assignment"

    brief = RichTextField(features=FEATURES)
    guidance = RichTextField(features=FEATURES, blank=True)
    words_guide = models.PositiveIntegerField(default=1200)
    attempts_allowed = models.PositiveSmallIntegerField(default=3)
    marking_days = models.PositiveSmallIntegerField(
        default=15, help_text="Working days in which the learner is promised a decision."
    )
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="assignments")

    parent_page_types: ClassVar[list[str]] = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "Written work that an assessor marks against a rubric."
    template = "assessments/assignment_page.html"
    content_panels = [
        *StepPage.content_panels,
        *StepPage.step_panels,
        FieldPanel("brief"),
        FieldPanel("guidance"),
        MultiFieldPanel(
            [
                FieldPanel("rubric"),
                FieldPanel("words_guide"),
                FieldPanel("attempts_allowed"),
                FieldPanel("marking_days"),
            ],
            heading="Rules",
        ),
    ]
    base_form_class = AssignmentPageForm


class AssignmentVersion(models.Model):
    """An assignment as it was when work was handed in; never edited, found again by its digest."""

    assignment = models.ForeignKey(AssignmentPage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    rubric_version = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=255)
    brief = models.TextField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["assignment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "number"], name="one_version_by_each_number_of_an_assignment"
            ),
            models.UniqueConstraint(
                fields=["assignment", "digest"], name="an_assignment_is_versioned_once_by_content"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}, version {self.number}"
