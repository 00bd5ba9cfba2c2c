"""A learner's reflective log, and the entries that they show to an assessor."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from courses.models.pages import ModulePage
from lms.people.models import Institute, User
from lms.people.privacy import export


@export("the learner's own log; it goes with the account")
class LogEntry(models.Model):
    """What happened, what the learner made of it, and what they will do. Theirs alone: an edit replaces the words."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="log")
    module = models.ForeignKey(ModulePage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The module's question as it was asked: the author may ask another one later.
    prompt = models.CharField(max_length=280, blank=True)
    happened = models.TextField("What happened")
    thought = models.TextField("What I thought", blank=True)
    now_think = models.TextField("What I now think", blank=True)
    evidence = models.TextField("Evidence", blank=True)
    change = models.TextField("One change", blank=True)
    change_by = models.DateField("By when", null=True, blank=True)
    noticed_by = models.CharField("Who will notice", max_length=200, blank=True)
    came_of_it = models.TextField("What came of it", blank=True)
    reminds = models.BooleanField("Ask me in four weeks whether I did it", default=True)
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-written_at",)

    def __str__(self) -> str:
        return f"Log of {self.learner}, {self.written_at:%Y-%m-%d}"

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The headings and words of what was filled in, in the order of the form."""
        names = ("happened", "thought", "now_think", "evidence", "change", "noticed_by", "came_of_it")
        return [
            (str(self._meta.get_field(name).verbose_name), getattr(self, name))
            for name in names
            if getattr(self, name)
        ]


class LogShareQuerySet(models.QuerySet["LogShare"]):
    """Which entries are shown to whom now."""

    def open(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def shown_to(self, assessor: User, institute: Institute) -> Self:
        return self.open().filter(assessor=assessor, institute=institute)


@export("whom the learner showed an entry; it goes with the entry")
class LogShare(models.Model):
    """An entry that its learner shows to one named assessor of an institute, until they end it."""

    entry = models.ForeignKey(LogEntry, on_delete=models.CASCADE, related_name="shares")
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="+")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LogShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "assessor", "institute"],
                condition=Q(ended_at__isnull=True),
                name="an_entry_is_shown_once_to_an_assessor",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry} shown to {self.assessor}"
