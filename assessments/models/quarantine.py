"""Work that is kept from everybody because a real person could be recognised from it; and work that was passed over."""

import uuid

from django.conf import settings
from django.db import models

from assessments.models.submissions import Submission
from lms.people.models import Institute
from lms.people.privacy import erase, retain


@retain("says why a piece of work was kept from everybody, without saying what stood in it")
class Quarantine(models.Model):
    """An assessor met somebody's personal data: from then on nobody but its writer opens the work."""

    class Reason(models.TextChoices):
        SERVICE = "service", "A real person who draws on services could be recognised"
        COLLEAGUE = "colleague", "A real colleague or family member is named"
        DOCUMENT = "document", "A document with real details is attached"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="quarantines")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="quarantines")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"Quarantine of {self.submission}"

    @property
    def is_open(self) -> bool:
        return not hasattr(self, "ending")


@erase("the words are emptied; that there was a quarantine stays")
class QuarantineWords(models.Model):
    """Where in the work the assessor met it, for its writer and the institute."""

    quarantine = models.OneToOneField(Quarantine, on_delete=models.PROTECT, related_name="words")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.quarantine)


@retain("how a quarantine ended")
class QuarantineEnding(models.Model):
    """The writer handed in a version without the details, or somebody at the institute found that it was a mistake."""

    class How(models.TextChoices):
        REPLACED = "replaced", "Replaced by a version without the details"
        LIFTED = "lifted", "Lifted: nobody can be recognised"

    quarantine = models.OneToOneField(Quarantine, on_delete=models.PROTECT, related_name="ending")
    how = models.CharField(max_length=8, choices=How.choices)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.quarantine}: {self.how}"


@retain("shows a lead quality assurer who passes work over, and why")
class PassedOver(models.Model):
    """An assessor had the oldest work and took the next one; it stays where it was in the queue."""

    class Reason(models.TextChoices):
        FIELD = "field", "It is outside my field"
        SUBJECT = "subject", "Its subject is hard for me to read just now"
        LENGTH = "length", "I have no time now for work of this length"

    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="passed_over")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.submission}, passed over"
