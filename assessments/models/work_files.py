"""Files of written work: beside a draft while it is written, frozen with the submission afterwards."""

import uuid

from django.db import models

from assessments.models.submissions import Draft, Submission
from lms.people.privacy import erase, export


class StoredFile(models.Model):
    """What is known of a file on the disk. Its bytes lie in the media folder, which no address serves."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True


@export("the learner's unfinished work")
class DraftFile(StoredFile):
    """A file that a learner has added and handed to nobody."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=100)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "sha256"], name="a_draft_holds_each_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class SubmissionFile(StoredFile):
    """A file that was handed in: facts and digest, which outlive the bytes."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="files_of_work_are_numbered_once")
        ]

    def __str__(self) -> str:
        return self.neutral_name

    @property
    def neutral_name(self) -> str:
        """What whoever judges the work sees: a name that its writer chose could say who they are."""
        return f"Work {self.number}.{self.kind}"


@erase("name and bytes are emptied; size, digest and date stay")
class SubmissionFileContent(models.Model):
    """What the learner called a file, and where its bytes lie."""

    file = models.OneToOneField(SubmissionFile, on_delete=models.PROTECT, related_name="content")
    name = models.CharField(max_length=120, blank=True)
    path = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return str(self.file)
