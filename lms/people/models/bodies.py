"""The bodies that people act for: institutes decide, organisations employ."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models

RESERVED_SLUGS = frozenset(
    [
        "my",
        "at",
        "for",
        "i",
        "v",
        "verify",
        "cms",
        "accounts",
        "livez",
        "readyz",
        "static",
        "media",
        "help",
        "privacy",
        "accessibility",
    ]
)


def refuse_reserved(slug: str) -> None:
    """Raise ValidationError for a slug that would hide one of the site's own addresses."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(f"“{slug}” is an address that the site itself uses. Choose another.")


class Body(models.Model):
    """What institutes and organisations share: a public identity."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=60, unique=True, validators=[refuse_reserved])
    contact_email = models.EmailField("contact e-mail address")

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Institute(Body):
    """An awarding body and centre in one: it owns courses, marks work and certifies people."""

    certificate_prefix = models.CharField(
        max_length=6,
        unique=True,
        help_text="The letters that every certificate number of this institute begins with.",
    )
    signatory_name = models.CharField(max_length=120)
    signatory_role = models.CharField(max_length=120)
    # As "#4a2a86"; empty means Piper's own. Everything else about the look follows from these two.
    brand_colour = models.CharField(max_length=7, blank=True, default="")
    accent_colour = models.CharField(max_length=7, blank=True, default="")


class Organisation(Body):
    """An employer: it sees where its own people stand in their courses, and nothing else."""
