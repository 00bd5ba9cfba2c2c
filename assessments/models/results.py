"""Results: what assessment found, when it was told, and whether it was taken back."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from assessments.models.assurance import QualityDecision
from assessments.models.attempts import Attempt
from assessments.models.cases import CaseAttempt
from assessments.models.marking import Marking
from courses.models import Enrolment, StepPage
from lms.people.models import Institute
from lms.people.privacy import erase, retain


class ResultQuerySet(models.QuerySet["Result"]):
    """Results that speak of what was told."""

    def released(self) -> Self:
        return self.filter(Exists(ResultEvent.objects.filter(result=OuterRef("pk"), kind="released")))

    def standing(self) -> Self:
        """Released and not withdrawn: the only ones that count."""
        withdrawn = ResultEvent.objects.filter(result=OuterRef("pk"), kind="withdrawn")
        return self.released().exclude(Exists(withdrawn))


@retain("what a certificate rests on")
class Result(models.Model):
    """What one attempt at a quiz or a case, or one marking, came to. Its release and withdrawal are events."""

    class Outcome(models.TextChoices):
        PASSED = "passed", "Passed"
        NOT_PASSED = "not_passed", "Not passed"
        COMPETENT = "competent", "Competent"
        NOT_YET = "not_yet_competent", "Not yet competent"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="results")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="results")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="results")
    step = models.ForeignKey(StepPage, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=18, choices=Outcome.choices)
    lowest_band = models.PositiveSmallIntegerField(null=True)
    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, null=True, related_name="result")
    case_attempt = models.OneToOneField(
        CaseAttempt, on_delete=models.PROTECT, null=True, related_name="result"
    )
    marking = models.OneToOneField(Marking, on_delete=models.PROTECT, null=True, related_name="result")
    quality_decision = models.ForeignKey(
        QualityDecision, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attempt__isnull=False, case_attempt__isnull=True, marking__isnull=True)
                | Q(attempt__isnull=True, case_attempt__isnull=False, marking__isnull=True)
                | Q(attempt__isnull=True, case_attempt__isnull=True, marking__isnull=False),
                name="a_result_rests_on_one_thing",
            )
        ]
        indexes = [models.Index(fields=["learner", "step"])]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.step}"

    @property
    def is_success(self) -> bool:
        return self.outcome in {self.Outcome.PASSED, self.Outcome.COMPETENT}


@retain("says who released or withdrew a result, and when")
class ResultEvent(models.Model):
    """A result's release or withdrawal; only ever added."""

    class Kind(models.TextChoices):
        RELEASED = "released", "Released"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Ground(models.TextChoices):
        """Why a result is withdrawn; fraud and safety suspend the certificates that rest on it."""

        ERROR = "error", "An error in the assessment"
        FRAUD = "fraud", "Fraud or malpractice"
        SAFETY = "safety", "Safety of the public"

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    ground = models.CharField(max_length=6, choices=Ground.choices, blank=True)
    # Empty when the machine released a quiz's result at once.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["result", "kind"], name="a_result_is_released_and_withdrawn_once")
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.kind}"


@erase("the words are emptied; the withdrawal stays")
class WithdrawalReason(models.Model):
    """Why a result was withdrawn, as told to the learner."""

    event = models.OneToOneField(ResultEvent, on_delete=models.PROTECT, related_name="reason")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]
