"""E-mail that is owed, and the clock work that runs once at a time."""

import uuid

from django.db import models


class Mail(models.Model):
    """One e-mail owed to one address: written with the decision it tells of, sent afterwards.

    `about` and `version` make it unique, so an action that runs twice owes one e-mail. Sending is
    at least once: a worker killed between sending and noting it sends again, with the same
    Message-ID.
    """

    class State(models.TextChoices):
        OWED = "owed", "Owed"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    about = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.OWED)
    tries = models.PositiveSmallIntegerField(default=0)
    owed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about", "recipient", "version"], name="an_email_is_owed_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "owed_at"])]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"


class DueRun(models.Model):
    """When a piece of clock work last ran; its row is the lock that keeps two clocks apart."""

    name = models.CharField(max_length=80, unique=True)
    ran_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
