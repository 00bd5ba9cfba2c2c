"""The outbox: what is owed by e-mail is a row first, a message afterwards."""

import time
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from lms.jobs.models import Mail

# The pauses double from two minutes on: the twelfth try comes 68 hours after the first, when a mail server that
# fell on a Friday evening stands again.
TRIES = 12
# Sent e-mails may hold names and links meant for one person; the privacy notice says how long they are kept.
KEPT_FOR = timedelta(days=30)
# A run ends before the first of what it has put off falls due again: another clock would send the e-mail that
# this one is sending. It also lets the rest of the clock work be done while the mail server is slow.
LONGEST_RUN = 45  # seconds


def owe(
    kind: str, about: UUID, recipient: str, subject: str, body: str, *, at: datetime, version: int = 1
) -> None:
    """Owe one e-mail, in the caller's transaction. Owing the same one twice owes it once."""
    Mail.objects.bulk_create(
        [
            Mail(
                kind=kind,
                about=about,
                version=version,
                recipient=recipient,
                subject=" ".join(subject.split()),
                body=body,
                owed_at=at,
            )
        ],
        ignore_conflicts=True,
    )


def take_back(kind: str, about: UUID) -> None:
    """Owe this no longer; what has been sent stays sent."""
    Mail.objects.filter(kind=kind, about=about, state=Mail.State.OWED).delete()


def send_owed(at: datetime, limit: int = 100) -> tuple[int, int]:
    """Send what is owed, oldest first; returns how many were sent and how many failed this time.

    What a slow mail server leaves no time for stays owed for the next run.
    """
    sent = failed = 0
    until = time.monotonic() + LONGEST_RUN
    for pk in (
        Mail.objects.filter(state=Mail.State.OWED, owed_at__lte=at)
        .order_by("owed_at", "pk")
        .values_list("pk", flat=True)[:limit]
    ):
        if time.monotonic() > until:
            break
        outcome = _send_one(pk, at)
        sent += outcome is True
        failed += outcome is False
    return sent, failed


def forget_sent(at: datetime) -> int:
    """Delete e-mails that were sent, or given up, longer ago than they are kept; returns how many."""
    over = Mail.objects.exclude(state=Mail.State.OWED).filter(owed_at__lt=at - KEPT_FOR)
    return over.delete()[0]


def _send_one(pk: int, at: datetime) -> bool | None:
    """Claim by putting off, send, then note it: no transaction is open while the mail server talks."""
    owed = Mail.objects.filter(pk=pk, state=Mail.State.OWED, owed_at__lte=at)
    tries = owed.values_list("tries", flat=True).first()
    if tries is None or not owed.filter(tries=tries).update(
        tries=tries + 1, owed_at=at + timedelta(minutes=2 ** (tries + 1))
    ):
        return None
    try:
        _message(Mail.objects.get(pk=pk)).send()
    except Exception:  # noqa: BLE001 - whatever the mail server did, the e-mail stays owed
        if tries + 1 >= TRIES:
            Mail.objects.filter(pk=pk).update(state=Mail.State.FAILED)
        return False
    Mail.objects.filter(pk=pk).update(state=Mail.State.SENT, sent_at=at)
    return True


def _message(mail: Mail) -> EmailMessage:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.recipient],
        headers={"Message-ID": f"<{mail.uuid}@{domain}>"},
    )
