"""Writing in one's log, and showing an entry to an assessor."""

from datetime import datetime
from typing import Any

from django.db import transaction

from courses import notices, rules
from courses.models import LogEntry, LogShare
from lms.people.models import Institute, User


class NotShared(Exception):
    """The entry cannot be shown to this person; the message says why."""


@transaction.atomic
def keep(entry: LogEntry, words: dict[str, Any], *, at: datetime) -> LogEntry:
    """Keep the words of a new entry, or replace those of an old one; the question in four weeks follows them."""
    for name, value in words.items():
        setattr(entry, name, value)
    if entry.pk is None:
        entry.written_at = at
    else:
        entry.edited_at = at
    entry.save()
    if entry.reminds and entry.change:
        if at < entry.written_at + notices.ASKED_AFTER:
            notices.ask_later(entry)
    else:
        notices.ask_no_more(entry)
    return entry


@transaction.atomic
def delete(entry: LogEntry) -> None:
    """Delete the entry, with all showing of it and the question that was to come."""
    notices.ask_no_more(entry)
    entry.delete()


def share(entry: LogEntry, assessor: User, institute: Institute, *, at: datetime) -> None:
    """Show the entry to an assessor of an institute, once however often it is said; raises NotShared."""
    if not rules.may_be_shown_log(assessor, entry, institute, at.date()):
        raise NotShared("This entry cannot be shown to them.")
    LogShare.objects.bulk_create(
        [LogShare(entry=entry, assessor=assessor, institute=institute, shared_at=at)], ignore_conflicts=True
    )


def end_sharing(share: LogShare, *, at: datetime) -> None:
    """Show the entry to this assessor no longer."""
    LogShare.objects.open().filter(pk=share.pk).update(ended_at=at)
