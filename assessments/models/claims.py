"""What people say of a competency: learners of themselves, line managers of what they saw at work."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from courses.models import Competency, Level
from lms.people.models import User
from lms.people.privacy import erase, retain


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims that speak of who may read them."""

    def shown_to(self, manager: User) -> Self:
        """Those that somebody shows this person, as long as they are the line manager."""
        now = Q(person__employments__accepted_at__isnull=False, person__employments__ended_on__isnull=True)
        return self.filter(
            now, shown_to=manager, person__employments__line_manager=manager, person__is_active=True
        ).distinct()

    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(answer=None)


@retain("who said what of a competency, and when; the words themselves can be emptied")
class Claim(models.Model):
    """One person's word that somebody works at a level. It stands beside assessed evidence and is none.

    A line manager's claim answers one that the person made and showed them.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="claims")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12, choices=Level.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shown_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="claims_shown"
    )
    answers = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="answer")
    made_at = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by=F("person"), answers__isnull=True)
                | (~Q(by=F("person")) & Q(answers__isnull=False, shown_to__isnull=True)),
                name="a_claim_is_ones_own_or_answers_one",
            ),
            models.CheckConstraint(
                condition=Q(shown_to__isnull=True) | ~Q(shown_to=F("person")),
                name="nobody_shows_a_claim_to_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency} at {self.get_level_display()}"

    @property
    def is_own(self) -> bool:
        return self.by_id == self.person_id


@erase("the words are emptied; who claimed which level, and when, stays")
class ClaimWords(models.Model):
    """Why a claim was made: what somebody did, or what a line manager saw."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="words")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]
