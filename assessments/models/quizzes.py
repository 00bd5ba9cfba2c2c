"""Quizzes: a step of a module that draws questions from a pool, and the version that an attempt is pinned to."""

from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from assessments import drawing, scoring
from assessments.models.blueprints import BlueprintRow, MustPass, complete, rows_of
from assessments.models.page_forms import QuizPageForm
from assessments.models.questions import Pool, QuestionVersion
from courses.models import Domain, InstitutePage, StepPage


class Review(models.TextChoices):
    """What a learner reads after an attempt, besides the marks."""

    MARKS = "marks", "The marks alone"
    REASONS = "reasons", "At once each answer with its reason; the right answers once nothing is left to try"
    AFTERWARDS = "afterwards", "Marks at once; answers and reasons once nothing is left to try"


class QuizPage(StepPage):
    """A quiz: drawn from a pool, scored by the machine, at once and exactly."""

    step_kind = "quiz"
    step_word = "Quiz"

    class Layout(models.TextChoices):
        ONE_A_PAGE = "one a page", "One question a page"
        ALL = "all on one page", "All questions on one page"

    introduction = RichTextField(features=["bold", "italic", "link", "ol", "ul"], blank=True)
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="quizzes")
    draw = models.PositiveSmallIntegerField("questions drawn", default=10, validators=[MinValueValidator(1)])
    pass_percent = models.PositiveSmallIntegerField(
        default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    minutes_allowed = models.PositiveSmallIntegerField(
        default=0, help_text="0 means that there is no time limit."
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        default=3, help_text="0 means practice: as often as one likes, counting for nothing."
    )
    layout = models.CharField(max_length=20, choices=Layout.choices, default=Layout.ONE_A_PAGE)
    review = models.CharField(
        "review after an attempt",
        max_length=12,
        choices=Review.choices,
        default=Review.REASONS,
        help_text="An attempt keeps what it was begun with.",
    )
    blueprint = StreamField(
        [("row", BlueprintRow())],
        blank=True,
        collapsed=True,
        help_text="What every paper holds, row by row: domain, level, what the questions ask of the mind, and how many. Leave it empty to draw from the whole pool alike.",
    )
    must_pass = StreamField(
        [("domain", MustPass())],
        blank=True,
        verbose_name="must be passed by itself",
        help_text="A domain in which marks must be reached whatever the other marks are. It needs a blueprint, so that every paper holds the same number of its questions.",
    )

    parent_page_types: ClassVar[list[str]] = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "A quiz drawn from a pool of questions kept at the institute's desk."
    template = "assessments/quiz_page.html"
    content_panels = [
        *StepPage.content_panels,
        *StepPage.step_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("pool"),
                FieldPanel("draw"),
                FieldPanel("pass_percent"),
                FieldPanel("minutes_allowed"),
                FieldPanel("attempts_allowed"),
                FieldPanel("layout"),
                FieldPanel("review"),
            ],
            heading="Rules",
        ),
        MultiFieldPanel([FieldPanel("blueprint"), FieldPanel("must_pass")], heading="Blueprint"),
    ]
    base_form_class = QuizPageForm

    def clean(self) -> None:
        """Refuse the pool of another institute, however it came here."""
        super().clean()
        parent = self.get_parent() if self.path else getattr(self, "_parent_page", None)
        if parent is None or not self.pool_id:
            return
        home = InstitutePage.objects.ancestor_of(parent, inclusive=True).first()
        if home and home.institute_id != self.pool.institute_id:
            raise ValidationError({"pool": "This pool belongs to another institute. Choose one of your own."})

    @property
    def is_practice(self) -> bool:
        return self.attempts_allowed == 0

    @property
    def is_on_one_page(self) -> bool:
        return self.layout == self.Layout.ALL

    @property
    def shows_reasons_at_once(self) -> bool:
        return self.review == Review.REASONS

    @property
    def shows_reasons_afterwards(self) -> bool:
        return self.review == Review.AFTERWARDS

    @property
    def marks_needed(self) -> int:
        """How many of the questions drawn must be right."""
        return scoring.marks_needed(self.pass_percent, self.draw)

    @property
    def rows_written(self) -> list[dict[str, Any]]:
        """The rows of the blueprint as plain values."""
        return complete(self.blueprint)

    @property
    def must_pass_written(self) -> list[dict[str, Any]]:
        """The domains that must be passed by themselves, as plain values."""
        return complete(self.must_pass)

    @property
    def rows(self) -> tuple[drawing.Row, ...]:
        return rows_of(self.rows_written)

    @cached_property
    def make_up(self) -> list[dict[str, Any]]:
        """What every paper holds of each domain, in the framework's order, and the marks needed in it by itself."""
        drawn = drawing.drawn_by_domain(self.rows)
        if not drawn:
            return []
        needed = {each["domain"]: each["right"] for each in self.must_pass_written}
        named = Domain.objects.filter(framework__institute=self.pool.institute_id, code__in=drawn)
        titles = dict(named.values_list("code", "title"))
        return [
            {
                "domain": code,
                "title": titles.get(code, code),
                "of": drawn[code],
                "needed": needed.get(code, 0),
            }
            for code in sorted(drawn)
        ]

    @property
    def domains_to_pass(self) -> list[dict[str, Any]]:
        """The part of the make-up that must be reached by itself."""
        return [each for each in self.make_up if each["needed"]]


class QuizVersion(models.Model):
    """A quiz's rules and its pool as an attempt met them; never edited, found again by its digest."""

    quiz = models.ForeignKey(QuizPage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    draw = models.PositiveSmallIntegerField()
    pass_percent = models.PositiveSmallIntegerField()
    minutes_allowed = models.PositiveSmallIntegerField()
    attempts_allowed = models.PositiveSmallIntegerField()
    review = models.CharField(max_length=12, choices=Review.choices, default=Review.REASONS)
    # {"domain", "level", "demand", "draw"} for each row; empty where the whole pool is drawn from alike.
    blueprint = models.JSONField(default=list)
    # {"domain", "title", "of", "needed"} for each domain that must be passed by itself.
    domains_to_pass = models.JSONField(default=list)
    questions = models.ManyToManyField(QuestionVersion, related_name="quiz_versions")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["quiz", "number"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "number"], name="one_version_by_each_number_of_a_quiz"),
            models.UniqueConstraint(fields=["quiz", "digest"], name="a_quiz_is_versioned_once_by_content"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz}, version {self.number}"

    @property
    def is_practice(self) -> bool:
        return self.attempts_allowed == 0

    @property
    def shows_reasons_at_once(self) -> bool:
        return self.review == Review.REASONS

    @property
    def shows_marks_alone(self) -> bool:
        return self.review == Review.MARKS

    @property
    def rows(self) -> tuple[drawing.Row, ...]:
        return rows_of(self.blueprint)

    @property
    def marks_needed(self) -> int:
        """How many of the questions drawn had to be right."""
        return scoring.marks_needed(self.pass_percent, self.draw)
