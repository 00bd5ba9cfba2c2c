"""The audit trail: events that are only ever added, chained by hashes, one chain for each institute.

The chain is tamper-evident, not tamper-proof: `audit_verify` finds an edited, deleted, inserted or
reordered row, and a cut tail against the head row and the last head that was exported.
It knows no model of ours: a chain is an institute's uuid or "site", a subject a kind and a uuid.
"""

import uuid

from django.db import models


class ChainHead(models.Model):
    """Where a chain ends; locked by every writer, so that a chain cannot fork."""

    chain = models.CharField(max_length=36, unique=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.chain} at {self.sequence}"


class Event(models.Model):
    """One decision by one person. Holds ids, facts and digests; never anybody's own words."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    chain = models.CharField(max_length=36)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    facts = models.JSONField(default=dict)
    words_digest = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="one_event_at_each_place_in_a_chain"),
        ]
        indexes = [models.Index(fields=["subject"]), models.Index(fields=["actor"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind}"


class EventWords(models.Model):
    """The words that went with an event, such as a reason. Erasure empties them; their digest stays in the chain."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="words")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]
