"""The register: certificates as facts, and everything that happened to them."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from certificates import lifecycle
from certificates.models.decisions import CertificationDecision
from certificates.models.schemes import SchemeVersion
from lms.people.models import Institute
from lms.people.privacy import erase, retain


class NumberCounter(models.Model):
    """The next serial of an institute in a year, locked by whoever takes one."""

    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    next_serial = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "year"], name="one_counter_for_each_year_of_an_institute"
            )
        ]

    def __str__(self) -> str:
        return f"{self.institute} {self.year}: {self.next_serial}"


# The state that an event leaves a certificate in, where no day comes into it.
_LAST_KIND_OF: dict[lifecycle.State, str] = {
    "suspended": "suspended",
    "revoked": "revoked",
    "superseded": "superseded",
    "void": "voided",
}


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates with what a verdict on them needs."""

    def with_events(self) -> Self:
        return self.prefetch_related("events").select_related("institute")

    def with_last_kind(self) -> Self:
        """Each with the kind of what happened to it last; nothing has to one that is being made."""
        last = CertificateEvent.objects.filter(certificate=OuterRef("pk")).order_by("-position")
        return self.annotate(last_kind=Subquery(last.values("kind")[:1]))

    def in_state(self, state: lifecycle.State, on: date) -> Self:
        """Those that stand so on that day: `Certificate.standing` as a filter."""
        known = self.with_last_kind()
        if state == "being_made":
            return known.filter(last_kind__isnull=True)
        if state in _LAST_KIND_OF:
            return known.filter(last_kind=_LAST_KIND_OF[state])
        in_force = known.filter(last_kind__in=["issued", "reinstated"])
        if state == "expired":
            return in_force.filter(valid_until__lt=on)
        if state == "not_yet_valid":
            return in_force.filter(valid_from__gt=on)
        return in_force.filter(valid_from__lte=on).exclude(valid_until__lt=on)


@retain("the public register; the name on it was earned and may be checked for its life")
class Certificate(models.Model):
    """That an institute attests something of a person: number, code, and a snapshot of the facts.

    `facts` holds what the paper shows and nothing else: name, title, level, competencies,
    institute, dates. Valid, expired, suspended, revoked and superseded are a fold over the events
    on a day; no state is stored.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="certificates")
    decision = models.OneToOneField(
        CertificationDecision, on_delete=models.PROTECT, related_name="certificate"
    )
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates"
    )
    number = models.CharField(max_length=24, unique=True)
    code = models.CharField(max_length=16, unique=True)
    facts = models.JSONField()
    facts_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.number

    def standing(self, on: date) -> lifecycle.Standing:
        """What the certificate is on a day in London, folded from its events (prefetch them for lists)."""
        return lifecycle.standing(self.life(), self.valid_from, self.valid_until, on)

    def life(self) -> list[lifecycle.Event]:
        """The events as the fold takes them, at London's hours, in which an institute counts its days."""
        return [lifecycle.Event(each.kind, timezone.localtime(each.at)) for each in self.events.all()]


@retain("who did what to a certificate, and when")
class CertificateEvent(models.Model):
    """Something that happened to a certificate; only ever added."""

    class Kind(models.TextChoices):
        ISSUED = "issued", "Issued"
        SUSPENDED = "suspended", "Suspended"
        REINSTATED = "reinstated", "Reinstated"
        REVOKED = "revoked", "Revoked"
        SUPERSEDED = "superseded", "Superseded"
        VOIDED = "voided", "Voided"

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="events")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # Empty when the machine issued after a person's decision.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            # Two people acting at once meet here: the second learns that the certificate has moved on.
            models.UniqueConstraint(
                fields=["certificate", "position"], name="a_certificates_events_stand_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate} {self.kind}"


@erase("the registrar's words are emptied; the event stays")
class EventReason(models.Model):
    """Why a certificate was suspended, reinstated or revoked; for the file, never for the public page."""

    event = models.OneToOneField(CertificateEvent, on_delete=models.PROTECT, related_name="reason")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]


@retain("says that the registrar looked again after a result was withdrawn")
class Review(models.Model):
    """A certificate to look at again because a result under it was withdrawn: a named person, a date."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="reviews")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="reviews")
    result = models.ForeignKey("assessments.Result", on_delete=models.PROTECT, related_name="+")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "result"], name="a_withdrawn_result_is_reviewed_once"
            )
        ]

    def __str__(self) -> str:
        return f"Review of {self.certificate}"
