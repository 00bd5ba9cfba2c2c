"""Appeals: a candidate asks for a decision to be looked at again, and somebody who had no part in it answers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from certificates.models.decisions import Candidacy, CertificationDecision
from lms.people.models import Institute
from lms.people.privacy import erase, retain


@retain("shows that a candidate asked for a decision to be looked at again (ISO/IEC 17024, 9.8)")
class Appeal(models.Model):
    """A candidate's appeal against a decision that put them off or refused them; one for each decision."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="appeals")
    decision = models.OneToOneField(CertificationDecision, on_delete=models.PROTECT, related_name="appeal")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    promised_on = models.DateField(help_text="The day by which the candidate has an answer.")

    class Meta:
        ordering = ["promised_on", "pk"]

    def __str__(self) -> str:
        return f"Appeal against {self.decision}"

    @property
    def is_open(self) -> bool:
        return not hasattr(self, "hearing")


@erase("the candidate's words are emptied; the appeal stays")
class AppealWords(models.Model):
    """Why the candidate thinks that the decision is wrong."""

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="words")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text[:60]


@retain("says who heard an appeal and what they found (ISO/IEC 17024, 9.8)")
class Hearing(models.Model):
    """What a registrar found who is neither the candidate nor the person who decided."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "Upheld: the decision is taken anew, by somebody else"
        DISMISSED = "dismissed", "Not upheld: the decision stands"

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="hearing")
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    heard_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    heard_at = models.DateTimeField()
    # Where the decision is taken anew.
    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, null=True, related_name="hearings")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(heard_by=F("decided_by")) & ~Q(heard_by=F("learner")),
                name="nobody_hears_an_appeal_against_themselves_or_of_their_own",
            ),
            models.CheckConstraint(
                condition=Q(outcome="upheld", candidacy__isnull=False)
                | Q(outcome="dismissed", candidacy__isnull=True),
                name="an_appeal_that_is_upheld_leads_to_a_new_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal}: {self.outcome}"


@erase("the registrar's words are emptied; the hearing stays")
class HearingWords(models.Model):
    """What was found, as told to the candidate."""

    hearing = models.OneToOneField(Hearing, on_delete=models.PROTECT, related_name="words")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text[:60]
