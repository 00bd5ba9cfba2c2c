"""The files of a certificate: what was made, with which tools, and its digest."""

from django.db import models

from certificates.models.certificates import Certificate
from certificates.models.keys import SigningKey
from lms.people.privacy import retain


@retain("the paper that the holder was given")
class CertificateFile(models.Model):
    """One file of a certificate; only ever added. The file lies in the media folder, which no address serves."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        CREDENTIAL = "credential", "Credential"

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    path = models.CharField(max_length=200)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    tools = models.JSONField()
    # Empty for what was made before institutes had seals.
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "kind"], name="one_file_of_each_kind_for_a_certificate"
            )
        ]
        indexes = [models.Index(fields=["sha256"])]

    def __str__(self) -> str:
        return f"{self.certificate}.{self.kind}"
