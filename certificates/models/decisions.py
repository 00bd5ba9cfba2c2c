"""The certification decision: who became a candidate, under which name, and what was decided."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessments.models import Result
from certificates.models.schemes import Scheme, SchemeVersion
from lms.people.models import Institute
from lms.people.privacy import erase, retain


@retain("what a certification decision was taken on")
class Candidacy(models.Model):
    """A person who meets a scheme's requirements, on the registrar's ready list until a decision.

    It keeps the version whose requirements they met: what is published later changes nothing for them.
    """

    class State(models.TextChoices):
        READY = "ready", "Ready for a decision"
        DECIDED = "decided", "Decided"
        LAPSED = "lapsed", "No longer eligible"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="candidacies")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="candidacies")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="candidacies")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="candidacies"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    ready_at = models.DateTimeField()
    # The name as it will be printed, confirmed by the learner; editable until the decision.
    printed_name = models.CharField(max_length=120, blank=True)
    name_confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["ready_at"]
        verbose_name_plural = "candidacies"
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "learner"],
                condition=Q(state="ready"),
                name="one_open_candidacy_in_each_scheme",
            )
        ]

    def __str__(self) -> str:
        return f"{self.learner} for {self.scheme}"

    @property
    def overruled(self) -> frozenset[int]:
        """Who (by key) took a decision that an appeal overruled, and does not take it anew; prefetch hearings for lists."""
        return frozenset(hearing.decided_by_id for hearing in self.hearings.all())

    @property
    def last_decision(self) -> "CertificationDecision | None":
        """What was decided last, if anything; prefetch decisions for lists."""
        decisions = list(self.decisions.all())
        return decisions[-1] if decisions else None


@retain("the institute's decision and who answers for it (ISO/IEC 17024)")
class CertificationDecision(models.Model):
    """A named person's decision on a candidate; only ever added."""

    class Decision(models.TextChoices):
        GRANTED = "granted", "Granted"
        DEFERRED = "deferred", "Deferred"
        REFUSED = "refused", "Refused"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="decisions")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision.choices)
    results = models.ManyToManyField(Result, related_name="+")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("learner")), name="nobody_certifies_themselves"),
            models.UniqueConstraint(
                fields=["candidacy"],
                condition=Q(decision__in=["granted", "refused"]),
                name="a_candidacy_is_finally_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.candidacy}"

    @property
    def is_overruled(self) -> bool:
        """Whether an appeal against it was upheld; select appeal__hearing for lists."""
        hearing = getattr(getattr(self, "appeal", None), "hearing", None)
        return hearing is not None and hearing.candidacy_id is not None


@erase("the registrar's words are emptied; the decision stays")
class DecisionReason(models.Model):
    """Why a decision was deferred or refused, as told to the candidate."""

    decision = models.OneToOneField(CertificationDecision, on_delete=models.PROTECT, related_name="reason")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]
