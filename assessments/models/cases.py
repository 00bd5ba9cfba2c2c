"""Cases: branching stories that are judged, the version that an attempt is pinned to, and every decision taken."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from assessments import deciding
from assessments.models.attempts import TryQuerySet
from assessments.models.page_forms import CasePageForm
from courses.branching.playing import Standing, stand
from courses.branching.script import Script, script_of
from courses.models import Enrolment, InstitutePage, StepPage
from lms.people.models import Institute
from lms.people.privacy import retain


class Case(models.Model):
    """A story with its key as the institute's desk keeps it: outside the CMS, which is one zone of trust."""

    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="cases")
    slug = models.SlugField(max_length=160)
    title = models.CharField(max_length=255)
    body = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "slug"], name="one_case_by_each_slug_at_an_institute"
            )
        ]

    def __str__(self) -> str:
        return self.title


class CasePage(StepPage):
    """A case as a step: its rules and its introduction. The story comes from the desk."""

    step_kind = "case"
    step_word = "Case"

    introduction = RichTextField(features=["bold", "italic", "link", "ol", "ul"], blank=True)
    content_note = models.TextField(blank=True, help_text="Shown before the case begins.")
    support = models.TextField("where to get support", blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pages")
    pass_percent = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    minutes_allowed = models.PositiveSmallIntegerField(
        default=75, help_text="The learner may pause the clock. 0 means that there is no time limit."
    )
    attempts_allowed = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1)])

    parent_page_types: ClassVar[list[str]] = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "A story with decisions that are judged. The story and its key are kept at the desk."
    template = "assessments/case_page.html"
    content_panels = [
        *StepPage.content_panels,
        *StepPage.step_panels,
        FieldPanel("content_note"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("case"),
                FieldPanel("pass_percent"),
                FieldPanel("minutes_allowed"),
                FieldPanel("attempts_allowed"),
            ],
            heading="Rules",
        ),
        FieldPanel("support"),
    ]
    base_form_class = CasePageForm

    @cached_property
    def script(self) -> Script:
        """The story as the desk keeps it now; an attempt has its own."""
        return script_of(self.case.body)

    @property
    def decisions(self) -> int:
        """How many decisions the longest way through asks for."""
        return self.script.longest_way

    @property
    def points_available(self) -> int:
        return self.script.best_score

    @property
    def points_needed(self) -> int:
        return deciding.points_needed(self.script, self.pass_percent)

    def clean(self) -> None:
        """Refuse the case of another institute, however it came here."""
        super().clean()
        parent = self.get_parent() if self.path else getattr(self, "_parent_page", None)
        if parent is None or not self.case_id:
            return
        home = InstitutePage.objects.ancestor_of(parent, inclusive=True).first()
        if home and home.institute_id != self.case.institute_id:
            raise ValidationError({"case": "This case belongs to another institute. Choose one of your own."})


class CaseVersion(models.Model):
    """A case's story, key and rules as an attempt met them; never edited, found again by its digest."""

    page = models.ForeignKey(CasePage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    pass_percent = models.PositiveSmallIntegerField()
    minutes_allowed = models.PositiveSmallIntegerField()
    attempts_allowed = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["page", "number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_version_by_each_number_of_a_case"),
            models.UniqueConstraint(fields=["page", "digest"], name="a_case_is_versioned_once_by_content"),
        ]

    def __str__(self) -> str:
        return f"{self.page}, version {self.number}"

    @property
    def script(self) -> Script:
        return script_of(self.body)


class CaseAttemptQuerySet(TryQuerySet["CaseAttempt"]):
    """Attempts at cases."""

    def overdue(self, at: datetime) -> Self:
        """Open attempts whose clock has run out; one that is paused waits for its learner."""
        return super().overdue(at).filter(paused_at=None)


@retain("the evidence of a result")
class CaseAttempt(models.Model):
    """One learner's way through a case. Where it stands is a fold over its decisions."""

    class State(models.TextChoices):
        OPEN = "open", "In progress"
        SUBMITTED = "submitted", "Ended"

    class ClosedBy(models.TextChoices):
        LEARNER = "learner", "The learner"
        DEADLINE = "deadline", "The deadline"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="case_attempts")
    page = models.ForeignKey(CasePage, on_delete=models.PROTECT, related_name="attempts")
    version = models.ForeignKey(CaseVersion, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField()
    # Moves on by each pause; while one lasts the clock stands at `deadline_at - paused_at`.
    deadline_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    extra_percent = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=8, choices=ClosedBy.choices, blank=True)
    # What the learner may keep: digest of the decisions that were counted.
    receipt = models.CharField(max_length=64, blank=True)

    objects = CaseAttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "page", "number"], name="case_attempts_are_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "page"],
                condition=Q(state="open"),
                name="one_open_attempt_at_each_case",
            ),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.number} at {self.page}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_paused(self) -> bool:
        return self.is_open and self.paused_at is not None

    @property
    def was_closed_by_deadline(self) -> bool:
        return self.closed_by == self.ClosedBy.DEADLINE

    @property
    def minutes_left(self) -> int:
        """What the clock shows while it is paused, in whole minutes; 0 while it runs."""
        if not self.deadline_at or not self.paused_at:
            return 0
        return (self.deadline_at - self.paused_at) // timedelta(minutes=1)

    def standing(self) -> Standing:
        """The story so far, in one query."""
        return stand(self.version.script, self.choices.values_list("choice", flat=True))


class CaseChoice(models.Model):
    """What was chosen at one moment of an attempt; never changed, so that going back changes nothing."""

    attempt = models.ForeignKey(CaseAttempt, on_delete=models.PROTECT, related_name="choices")
    position = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"], name="one_decision_at_each_moment_of_a_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.choice}"


class CasePause(models.Model):
    """A time for which the clock stood still; the deadline moved by as much."""

    attempt = models.ForeignKey(CaseAttempt, on_delete=models.PROTECT, related_name="pauses")
    paused_at = models.DateTimeField()
    resumed_at = models.DateTimeField()

    class Meta:
        ordering = ["paused_at"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "paused_at"], name="a_pause_of_a_case_ends_once"),
            models.CheckConstraint(
                condition=Q(resumed_at__gte=models.F("paused_at")), name="a_pause_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paused_at} to {self.resumed_at}"


class CaseScore(models.Model):
    """What an attempt came to: made once by a pure function, replayable for ever."""

    attempt = models.OneToOneField(CaseAttempt, on_delete=models.PROTECT, related_name="score")
    points = models.PositiveSmallIntegerField()
    points_available = models.PositiveSmallIntegerField()
    points_needed = models.PositiveSmallIntegerField()
    # The key of the ending; empty where the time was over before the story was.
    ending = models.CharField(max_length=40, blank=True)
    did_harm = models.BooleanField()
    is_pass = models.BooleanField()
    engine_version = models.PositiveSmallIntegerField()
    scored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.points} of {self.points_available}"

    @property
    def percent(self) -> int:
        """Of the most points that any way through has, rounded down."""
        return 100 * self.points // self.points_available

    @classmethod
    def of(cls, attempt: CaseAttempt, outcome: deciding.Outcome, at: datetime) -> "CaseScore":
        """The row, not yet saved, that says what an attempt came to."""
        values: dict[str, Any] = {
            name: getattr(outcome, name)
            for name in ("points", "points_available", "points_needed", "ending", "did_harm", "is_pass")
        }
        return cls(attempt=attempt, engine_version=deciding.ENGINE_VERSION, scored_at=at, **values)
