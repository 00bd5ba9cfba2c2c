"""The question bank: plain rows at the institute's desk, never CMS content, because they hold answer keys."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from courses.models import Competency, Level, StepPage
from lms.people.models import Institute
from lms.people.privacy import none

# Which part of a question's body an attempt shuffles, by kind.
SHUFFLED = {"single": "options", "several": "options", "matching": "choices", "ordering": "items"}


class Pool(models.Model):  # type: ignore[django-manager-missing] # Wagtail types no page manager
    """Questions that a quiz draws from."""

    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="pools")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "slug"], name="one_pool_by_each_slug_at_an_institute"
            )
        ]

    def __str__(self) -> str:
        return self.title


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions that speak of their state."""

    def live(self) -> Self:
        return self.filter(state=Question.State.LIVE)


class Question(models.Model):
    """A question's identity; what it says is in its versions."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        LIVE = "live", "Live"
        RETIRED = "retired", "Retired"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="questions")
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="questions")
    key = models.SlugField(max_length=80)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "key"], name="one_question_by_each_key_at_an_institute"
            )
        ]

    def __str__(self) -> str:
        return self.key


class QuestionVersionQuerySet(models.QuerySet["QuestionVersion"]):
    """Versions that speak of which one is in force."""

    def newest(self) -> Self:
        """The newest version of each question, whatever the question's state."""
        newer = QuestionVersion.objects.filter(question=OuterRef("question"), number__gt=OuterRef("number"))
        return self.exclude(Exists(newer))

    def in_force(self) -> Self:
        """What a quiz draws from: the newest version of each live question."""
        return self.newest().filter(question__state=Question.State.LIVE)


@none("says who wrote a question, as part of the question's history")
class QuestionVersion(models.Model):
    """A question as it was asked; never edited, found again by its digest."""

    class Demand(models.TextChoices):
        """What a question asks of the mind."""

        RECALL = "recall", "Recall"
        APPLY = "apply", "Apply"
        JUDGE = "judge", "Judge"

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    demand = models.CharField(max_length=6, choices=Demand.choices)
    level = models.CharField(max_length=12, choices=Level.choices)
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    lesson = models.ForeignKey(StepPage, on_delete=models.PROTECT, null=True, related_name="+")
    stem = models.TextField()
    # The shape that scoring.parse(kind, body) accepts: options with key, text, correct and reason, and so on.
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = QuestionVersionQuerySet.as_manager()

    class Meta:
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"], name="one_version_by_each_number_of_a_question"
            ),
            models.UniqueConstraint(
                fields=["question", "digest"], name="a_question_is_versioned_once_by_content"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}, version {self.number}"

    @property
    def shuffled_keys(self) -> list[str]:
        """The keys of what each attempt shows in an order of its own; true and false keep theirs."""
        return [part["key"] for part in self.body.get(SHUFFLED.get(self.kind, ""), [])]
