"""The competency framework: what a commissioner can be, and how each level of it looks from outside."""

import uuid
from dataclasses import asdict

from django.conf import settings
from django.db import models

from courses import competencies
from courses.competencies import Wording
from lms.people.models import Institute
from lms.people.privacy import retain


class Level(models.TextChoices):
    """The three levels of a competency. Nothing else in the product is called a level."""

    FOUNDATION = "foundation", "Foundation"
    PRACTITIONER = "practitioner", "Practitioner"
    LEAD = "lead", "Lead"


class Framework(models.Model):
    """A named set of domains and competencies that an institute teaches to and certifies against."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="frameworks")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institute", "slug"], name="one_framework_by_each_slug_at_an_institute"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Domain(models.Model):
    """A part of the framework, such as D5 Safety, quality and safeguarding."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="domains")
    code = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    sentence = models.CharField(max_length=240)
    anchors = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"], name="one_domain_by_each_code_in_a_framework"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Competency(models.Model):
    """Something a person can be seen to do. Its code is stable over the framework's versions."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="competencies")
    code = models.CharField(max_length=8)
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "competencies"
        constraints = [
            models.UniqueConstraint(fields=["domain", "code"], name="one_competency_by_each_code_in_a_domain")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class FrameworkVersion(models.Model):
    """The framework as it was published; never edited, found again by its digest."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    as_at = models.DateField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "number"], name="one_version_by_each_number_of_a_framework"
            ),
            models.UniqueConstraint(
                fields=["framework", "digest"], name="a_framework_is_versioned_once_by_content"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework}, version {self.number}"


class Behaviour(models.Model):
    """What an assessor could see in a document, a meeting or a decision at one level."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="behaviours")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="behaviours")
    level = models.CharField(max_length=12, choices=Level.choices)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "competency", "level"],
                name="one_behaviour_at_each_level_of_a_competency",
            )
        ]

    def __str__(self) -> str:
        return self.text


@retain("says who published what an institute teaches to, and why")
class Publication(models.Model):
    """What a version said, whole and for good, and who published it: nobody where the content files did."""

    version = models.OneToOneField(FrameworkVersion, on_delete=models.PROTECT, related_name="publication")
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.version)

    @property
    def wording(self) -> Wording:
        return competencies.wording(self.content)


@retain("says who is writing the next version, so that somebody else reads it before it is published")
class FrameworkDraft(models.Model):
    """The next version of a framework while it is written: one at a time, and gone once it is published."""

    framework = models.OneToOneField(Framework, on_delete=models.PROTECT, related_name="draft")
    content = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Draft of {self.framework}"

    @property
    def wording(self) -> Wording:
        return competencies.wording(self.content)


def stored(wording: Wording) -> dict[str, object]:
    """A wording as the rows above keep it."""
    return asdict(wording)
