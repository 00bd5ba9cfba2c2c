"""Status lists: where anyone sees whether a credential still counts, without saying whose they ask about."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from certificates.models.certificates import Certificate
from certificates.models.keys import SigningKey
from lms.people.models import Institute
from lms.people.privacy import retain


class StatusPurpose(models.TextChoices):
    """What a set bit says: the certificate has ended, or is suspended."""

    REVOCATION = "revocation", "Revocation"
    SUSPENSION = "suspension", "Suspension"


@retain("says on which bit of a public list the standing of a certificate is found")
class StatusPlace(models.Model):
    """A certificate's place on the lists of its institute, the same on each; taken by chance, kept for good."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="status_place")
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="Of the list, from 1.")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "number", "position"], name="a_place_on_a_status_list_is_taken_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate}: {self.number}/{self.position}"

    @property
    def addresses(self) -> dict[str, str]:
        """Where the lists are found, by their purpose."""
        return {each.value: address_of(self.institute, self.number, each) for each in StatusPurpose}


class StatusList(models.Model):
    """A list of an institute as it was signed last: made from the register, and made again from it at any time."""

    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=10, choices=StatusPurpose.choices)
    credential = models.JSONField(null=True)
    signed_at = models.DateTimeField(null=True)
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "number", "purpose"],
                name="one_status_list_for_each_purpose_and_number_of_an_institute",
            )
        ]

    def __str__(self) -> str:
        return f"{self.institute}, {self.purpose} {self.number}"

    @property
    def address(self) -> str:
        """Where it is found."""
        return address_of(self.institute, self.number, self.purpose)


def address_of(institute: Institute, number: int, purpose: str) -> str:
    """Where a list of an institute is found; credentials name it, so it never changes."""
    return settings.PIPER_BASE_URL + reverse("institute_status", args=[institute.slug, number, purpose])
