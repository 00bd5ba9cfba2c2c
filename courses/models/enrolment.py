"""Taking a course: the enrolment, and the steps done under it."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from courses.models.pages import CoursePage, StepPage
from lms.people.models import Organisation
from lms.people.privacy import retain


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Enrolments that speak of the present."""

    def open(self) -> Self:
        return self.filter(left_at__isnull=True)

    def visible_to_employer(self, organisation: Organisation) -> Self:
        """Enrolments that the organisation made, of people it employs now."""
        return self.filter(
            organisation=organisation,
            learner__employments__organisation=organisation,
            learner__employments__accepted_at__isnull=False,
            learner__employments__ended_on__isnull=True,
        )


@retain("the evidence of what was studied and judged hangs on it")
class Enrolment(models.Model):
    """One learner taking one course. The organisation is the employer who may see where they stand."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="enrolments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    enrolled_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    # A dated fact: it stays when the outline grows afterwards.
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course"],
                condition=Q(left_at__isnull=True),
                name="one_open_enrolment_in_each_course",
            )
        ]

    def __str__(self) -> str:
        return f"{self.learner} in {self.course}"

    @property
    def is_open(self) -> bool:
        return self.left_at is None


@retain("progress under an enrolment")
class StepDone(models.Model):
    """A step that a learner has done; reopening removes the row and is recorded in the trail."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="steps_done")
    step = models.ForeignKey(StepPage, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # The kind of thing that finished it, such as "reading" or "quiz".
    by_what = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "step"], name="a_step_is_done_once_in_an_enrolment")
        ]

    def __str__(self) -> str:
        return f"{self.step} by {self.by_what}"
