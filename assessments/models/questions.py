"""The question bank: plain rows at the institute's desk, never CMS content, because they hold answer keys."""

import uuid
from collections import Counter
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from assessments.drawing import Cell
from courses.models import Competency, Level, StepPage
from lms.people.models import Institute
from lms.people.privacy import erase, none, retain

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

    def waiting(self) -> Self:
        """Those with a version that somebody else has to read before it is asked."""
        return self.filter(proposed__isnull=False)


class Question(models.Model):
    """A question's identity; what it says is in its versions.

    `asked` is the number of the version that attempts draw, `proposed` of the one that waits for review.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        LIVE = "live", "Live"
        RETIRED = "retired", "Retired"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="questions")
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="questions")
    key = models.SlugField(max_length=80)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    asked = models.PositiveIntegerField(null=True)
    proposed = models.PositiveIntegerField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "key"], name="one_question_by_each_key_at_an_institute"
            ),
            models.CheckConstraint(
                condition=~Q(state="live") | Q(asked__isnull=False), name="a_live_question_asks_a_version"
            ),
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
        """The version of each live question that attempts draw."""
        return self.filter(question__state=Question.State.LIVE, number=F("question__asked"))

    def asked_from(self, pool: int, *, counts: bool) -> Self:
        """What a quiz draws from: the pool's versions in force, and only reviewed ones where the result counts."""
        found = self.in_force().filter(question__pool=pool)
        return found.reviewed() if counts else found

    def cells(self) -> Counter[Cell]:
        """How many there are in each cell of a blueprint."""
        return Counter(self.order_by().values_list("competency__domain__code", "level", "demand"))

    def reviewed(self) -> Self:
        """Read and approved by a second person, at the desk or with the content files."""
        approvals = QuestionReview.objects.filter(
            version=OuterRef("pk"), decision=QuestionReview.Decision.APPROVE
        )
        return self.filter(Q(made_by=None) | Exists(approvals))


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
    def cell(self) -> Cell:
        """Where the question stands in a blueprint."""
        return (self.competency.domain.code, self.level, self.demand)

    @property
    def shuffled_keys(self) -> list[str]:
        """The keys of what each attempt shows in an order of its own; true and false keep theirs."""
        return [part["key"] for part in self.body.get(SHUFFLED.get(self.kind, ""), [])]


@retain("the evidence that a second person read a question before it was asked")
class QuestionReview(models.Model):
    """Somebody else's decision on a version that its author wants asked."""

    class Decision(models.TextChoices):
        APPROVE = "approve", "Approved"
        SEND_BACK = "send_back", "Sent back"

    version = models.OneToOneField(QuestionVersion, on_delete=models.PROTECT, related_name="review")
    # A copy of the version's `made_by` that lets the database keep the two people apart.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=9, choices=Decision.choices)
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reviewer=F("author")), name="nobody_reviews_their_own_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.decision}"


@erase("the reviewer's words are emptied; the decision stays")
class ReviewRemark(models.Model):
    """What a reviewer told the author."""

    review = models.OneToOneField(QuestionReview, on_delete=models.PROTECT, related_name="remark")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]
