"""What people report is wrong with a question, a lesson or a certificate, and what they were answered.

A problem names its subject as an audit event does, by kind and uuid: the apps above bring what can be
reported here, and this one knows none of them. Words stand in side rows, which erasure may empty.
"""

import uuid
from typing import Self

from django.conf import settings
from django.db import models

from lms.people.models import Institute
from lms.people.privacy import erase, retain


class Kind(models.TextChoices):
    """What a problem may be with; each kind has a desk of its own (`rules.DESKS`)."""

    QUESTION = "question", "Question"
    LESSON = "lesson", "Lesson"
    CERTIFICATE = "certificate", "Certificate"


class ProblemQuerySet(models.QuerySet["Problem"]):
    """Problems that speak of their state."""

    def open(self) -> Self:
        return self.filter(state=Problem.State.OPEN)


@retain("says that something was reported, and what came of it")
class Problem(models.Model):
    """One report, by somebody with an account or by a stranger."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="problems")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject = models.UUIDField()
    # What the institute calls the subject, and where it keeps it: never a person's name.
    title = models.CharField(max_length=255)
    address = models.CharField(max_length=500)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="problems"
    )
    words_digest = models.CharField(max_length=64)
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        ordering = ["reported_at", "pk"]
        indexes = [models.Index(fields=["institute", "state", "kind"])]

    def __str__(self) -> str:
        return f"A problem with {self.title}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


@erase("the reporter's words and address are emptied; that something was reported stays")
class ProblemWords(models.Model):
    """What the reporter wrote, and where a stranger asked to be answered."""

    problem = models.OneToOneField(Problem, on_delete=models.PROTECT, related_name="words")
    text = models.TextField()
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.text[:60]


@retain("says who answered a report, and when")
class ProblemAnswer(models.Model):
    """The end of a problem: something was done or explained, or there is nothing to do."""

    problem = models.OneToOneField(Problem, on_delete=models.PROTECT, related_name="answer")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"The answer to {self.problem}"


@erase("the sentence may speak of the reporter")
class AnswerWords(models.Model):
    """The sentence that the reporter was sent."""

    answer = models.OneToOneField(ProblemAnswer, on_delete=models.PROTECT, related_name="words")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]
