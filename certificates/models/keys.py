"""The keys of institutes, and of the site that stands for them; private halves lie encrypted beside their certificates."""

import uuid

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import models
from django.db.models import Q

from certificates.signing.wrapping import Wrapped
from lms.people.models import Institute


class SigningKey(models.Model):
    """One key for one purpose: made at the first need, retired one day, never deleted.

    What it has signed is checked by its certificate for as long as that holds. A key of credentials has none: it is
    known by its public half, in the document under its institute's identifier, and no other key stands above it. Only
    a key's wrapping changes, and only once is it retired; a compromised key is one that no signature counts of any more.
    """

    class Purpose(models.TextChoices):
        ROOT = "root", "Root of the site"
        AUTHORITY = "authority", "Authority of an institute"
        SEAL = "seal", "Seal of certificate files"
        CREDENTIAL = "credential", "Key of credentials"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The root belongs to the site and to no institute.
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, null=True, related_name="signing_keys")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    above = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="below")
    certificate = models.BinaryField(null=True, help_text="X.509, as DER.")
    public_key = models.BinaryField(null=True, help_text="Of a key without a certificate: Ed25519, 32 bytes.")
    fingerprint = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of the certificate, or of the public key without one."
    )
    ciphertext = models.BinaryField(help_text="The private key, encrypted.")
    wrapped_under = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    signs_until = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    compromised_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "purpose"],
                condition=Q(retired_at=None, institute__isnull=False),
                name="an_institute_signs_with_one_key_for_each_purpose",
            ),
            models.UniqueConstraint(
                fields=["purpose"],
                condition=Q(retired_at=None, institute=None),
                name="the_site_has_one_root",
            ),
            models.CheckConstraint(
                condition=Q(purpose="root", institute=None, above=None)
                | Q(purpose__in=["authority", "seal"], institute__isnull=False, above__isnull=False)
                | Q(purpose="credential", institute__isnull=False, above=None),
                name="the_root_belongs_to_no_institute_and_stands_above_all",
            ),
            models.CheckConstraint(
                condition=Q(purpose="credential", certificate=None, public_key__isnull=False)
                | (~Q(purpose="credential") & Q(certificate__isnull=False, public_key=None)),
                name="a_key_is_known_by_its_certificate_or_by_its_public_half",
            ),
            models.CheckConstraint(
                condition=Q(compromised_at=None) | Q(retired_at__isnull=False),
                name="a_compromised_key_is_retired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.fingerprint[:8]}"

    @property
    def place(self) -> str:
        """Where its private half belongs: nowhere else does it open."""
        return f"{self.institute.uuid if self.institute else 'site'}|{self.uuid}|{self.purpose}"

    @property
    def wrapped(self) -> Wrapped:
        return Wrapped(self.wrapped_under, bytes(self.ciphertext))

    @property
    def x509(self) -> x509.Certificate:
        return x509.load_der_x509_certificate(bytes(self.certificate))

    @property
    def ed25519(self) -> Ed25519PublicKey:
        """The public half of a key of credentials."""
        return Ed25519PublicKey.from_public_bytes(bytes(self.public_key))

    def all_above(self) -> list["SigningKey"]:
        """The keys that certify this one, up to the root."""
        return [self.above, *self.above.all_above()] if self.above else []

    def all_below(self) -> list["SigningKey"]:
        """The keys that this one certifies, down to the seals."""
        return [each for key in self.below.all() for each in (key, *key.all_below())]
