"""The outbox: what is owed by e-mail is a row first, a message afterwards."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from lms.jobs.models import Mail

TRIES = 8


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


def send_owed(at: datetime, limit: int = 100) -> tuple[int, int]:
    """Send what is owed, oldest first; returns how many were sent and how many failed this time."""
    sent = failed = 0
    for pk in (
        Mail.objects.filter(state=Mail.State.OWED, owed_at__lte=at)
        .order_by("owed_at", "pk")
        .values_list("pk", flat=True)[:limit]
    ):
        outcome = _send_one(pk, at)
        sent += outcome is True
        failed += outcome is False
    return sent, failed


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
