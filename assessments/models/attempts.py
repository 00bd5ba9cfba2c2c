"""An attempt at a quiz: what was drawn, every answer ever saved, and the score."""

import uuid
from datetime import datetime
from fractions import Fraction
from operator import attrgetter
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments import scoring
from assessments.models.questions import QuestionVersion
from assessments.models.quizzes import QuizPage, QuizVersion
from courses.models import Enrolment
from lms.people.models import Institute
from lms.people.privacy import erase, retain

Try = TypeVar("Try", bound=models.Model)


class TryQuerySet(models.QuerySet[Try]):
    """Attempts at a quiz or a case that speak of their state."""

    def open(self) -> Self:
        return self.filter(state="open")

    def overdue(self, at: datetime) -> Self:
        """Open attempts whose deadline has passed: the sweep closes them with what was saved."""
        return self.open().filter(deadline_at__lt=at)

    def held(self, *related: str) -> Self:
        """Held until the transaction ends: what their learner does comes one by one."""
        return self.select_for_update(no_key=True, of=("self",)).select_related(*related)


class AttemptQuerySet(TryQuerySet["Attempt"]):
    """Attempts at quizzes."""


@retain("the evidence of a result")
class Attempt(models.Model):
    """One learner's try at one quiz, pinned to the quiz version and questions that were drawn."""

    class State(models.TextChoices):
        OPEN = "open", "In progress"
        SUBMITTED = "submitted", "Submitted"

    class ClosedBy(models.TextChoices):
        LEARNER = "learner", "The learner"
        DEADLINE = "deadline", "The deadline"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    quiz = models.ForeignKey(QuizPage, on_delete=models.PROTECT, related_name="attempts")
    version = models.ForeignKey(QuizVersion, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    seed = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    extra_percent = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=8, choices=ClosedBy.choices, blank=True)
    # What the learner may keep: digest of the answers that were counted.
    receipt = models.CharField(max_length=64, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "quiz", "number"], name="attempts_are_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "quiz"],
                condition=Q(state="open"),
                name="one_open_attempt_at_each_quiz",
            ),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.number} at {self.quiz}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def was_closed_by_deadline(self) -> bool:
        return self.closed_by == self.ClosedBy.DEADLINE

    def counted_answers(self) -> "dict[int, Answer]":
        """The answer that counts for each question answered, by its position, in one query."""
        answers = Answer.objects.counted().filter(asked__attempt=self).select_related("asked", "response")
        # Sorted here: Django hashes every column of an ordered read.
        newest_last = sorted(answers.order_by(), key=attrgetter("revision"))
        return {answer.asked.position: answer for answer in newest_last}

    def asked(self) -> "list[AttemptQuestion]":
        """Every question in its place, with the version that was drawn, in one query."""
        return sorted(self.questions.select_related("version").order_by(), key=attrgetter("position"))


class AttemptQuestion(models.Model):
    """A question as it was drawn for an attempt, with its options in the order shown."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    option_order = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"], name="one_question_at_each_place_in_an_attempt"
            ),
            models.UniqueConstraint(
                fields=["attempt", "version"], name="a_question_is_drawn_once_in_an_attempt"
            ),
        ]

    def __str__(self) -> str:
        return f"Question {self.position} of {self.attempt}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers that speak of whether they count."""

    def counted(self) -> Self:
        """Saved in time, from a page that had seen the newest answer."""
        return self.filter(is_late=False, is_stale=False)


class Answer(models.Model):
    """One saved answer. A change adds a row with the next revision; nothing is overwritten."""

    asked = models.ForeignKey(AttemptQuestion, on_delete=models.PROTECT, related_name="answers")
    revision = models.PositiveIntegerField()
    response_digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    # Kept as evidence, not counted, until a person admits it with a reason.
    is_late = models.BooleanField(default=False)
    # Saved from a tab that had not seen the newest answer: kept, not counted.
    is_stale = models.BooleanField(default=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["revision"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "revision"], name="one_answer_by_each_revision")
        ]

    def __str__(self) -> str:
        return f"Answer {self.revision}"

    @property
    def counts(self) -> bool:
        return not (self.is_late or self.is_stale)

    def is_repeated_by(self, other: "Answer") -> bool:
        """The other one says the same, and counts as little."""
        return (self.response_digest, self.is_late, self.is_stale) == (
            other.response_digest,
            other.is_late,
            other.is_stale,
        )


@erase("the learner's own words are emptied; digest and score stay")
class Response(models.Model):
    """What an answer says; a side row, because a short text is a person's own words."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="response")
    body = models.JSONField(null=True)

    def __str__(self) -> str:
        return str(self.answer)


class Score(models.Model):
    """What an attempt earned: exact, made once by a pure function, replayable for ever."""

    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="score")
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    marks_available = models.PositiveSmallIntegerField()
    marks_needed = models.PositiveSmallIntegerField()
    is_pass = models.BooleanField()
    engine_version = models.PositiveSmallIntegerField()
    scored_at = models.DateTimeField()
    # Per question, in order: {"state": "right", "points": "1/1"}.
    detail = models.JSONField()
    # Per domain that must be passed by itself: {"domain": "D5", "title": …, "points": "9/1", "of": 12, "needed": 10}.
    domains = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.points} of {self.marks_available}"

    @property
    def points(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)

    @property
    def parts(self) -> list[scoring.Part]:
        """What was earned in each domain that must be passed by itself."""
        return [
            scoring.Part(each["title"], Fraction(each["points"]), each["of"], each["needed"])
            for each in self.domains
        ]

    @property
    def parts_missed(self) -> list[scoring.Part]:
        return [part for part in self.parts if not part.is_reached]

    @property
    def failed_by_a_part(self) -> bool:
        """The marks were enough, and a domain that nothing makes up for was not reached."""
        return not self.is_pass and scoring.is_pass(self.points, self.marks_needed)

    @property
    def shown_points(self) -> str:
        """The marks earned, rounded down, so that none is shown at a pass mark it missed."""
        return scoring.shown_points(self.points)

    @property
    def shown_marks(self) -> str:
        """The marks in words, with what was needed."""
        return scoring.shown_marks(self.points, self.marks_needed, self.marks_available)


@retain("says why a learner had more attempts than the quiz allows")
class FurtherAttempt(models.Model):
    """One attempt more than the quiz allows, given by a person with a reason (kept in the audit trail)."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    quiz = models.ForeignKey(QuizPage, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"A further attempt at {self.quiz}"


@retain("says which limit an attempt had; never the reason for it")
class Adjustment(models.Model):
    """A reasonable adjustment that was agreed: more time, never why (Equality Act 2010 s.20; UK GDPR Art. 9)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="adjustments")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="adjustments"
    )
    extra_percent = models.PositiveSmallIntegerField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "learner"],
                condition=Q(ended_at__isnull=True),
                name="one_adjustment_in_force_for_each_learner",
            ),
            models.CheckConstraint(
                condition=~Q(agreed_by=models.F("learner")), name="nobody_agrees_their_own_adjustment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.extra_percent} % more time"
