"""What is owed by e-mail: once in the table, and in the end in somebody's inbox."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import transaction

from lms.jobs import outbox
from lms.jobs.models import Mail

pytestmark = pytest.mark.django_db

ABOUT = UUID("5f0c1c1e-8a44-4f5e-9a5b-0f8f2d6a7b10")


def owe(at: datetime, **changes: Any) -> None:
    said = {
        "kind": "submitted",
        "about": ABOUT,
        "recipient": "ada.bright@example.org",
        "subject": "We have your work",
        "body": "Dear Ada",
    }
    outbox.owe(**{**said, **changes}, at=at)


def test_an_email_is_sent_as_it_was_owed(at: datetime) -> None:
    owe(at)

    assert outbox.send_owed(at) == (1, 0)

    (sent,) = mail.outbox
    row = Mail.objects.get()
    assert (sent.subject, sent.body, sent.to) == ("We have your work", "Dear Ada", ["ada.bright@example.org"])
    assert sent.extra_headers == {"Message-ID": f"<{row.uuid}@localhost>"}
    assert (row.state, row.sent_at) == (Mail.State.SENT, at)


def test_owing_the_same_email_twice_owes_it_once(at: datetime) -> None:
    owe(at)
    owe(at + timedelta(minutes=1), subject="Reworded meanwhile")

    assert list(Mail.objects.values_list("subject", flat=True)) == ["We have your work"]


@pytest.mark.parametrize(
    "change", [{"kind": "released"}, {"about": uuid4()}, {"recipient": "ben@example.org"}, {"version": 2}]
)
def test_another_kind_subject_recipient_or_version_is_another_email(
    change: dict[str, Any], at: datetime
) -> None:
    owe(at)
    owe(at, **change)

    assert Mail.objects.count() == 2


def test_a_transaction_that_fails_owes_nothing(at: datetime) -> None:
    with transaction.atomic():
        owe(at)
        transaction.set_rollback(True)

    assert Mail.objects.count() == 0


def test_a_subject_cannot_carry_another_header(at: datetime) -> None:
    owe(at, subject="We have\r\nBcc: everybody@example.org\tyour work")

    outbox.send_owed(at)

    assert mail.outbox[0].subject == "We have Bcc: everybody@example.org your work"


def test_what_was_sent_is_not_sent_again(at: datetime) -> None:
    owe(at)
    outbox.send_owed(at)

    assert outbox.send_owed(at + timedelta(days=1)) == (0, 0)
    assert len(mail.outbox) == 1


def test_the_oldest_are_sent_first_and_no_more_than_asked_for(at: datetime) -> None:
    for minutes in (2, 0, 1):
        owe(at + timedelta(minutes=minutes), version=minutes, subject=f"After {minutes} minutes")

    assert outbox.send_owed(at + timedelta(hours=1), limit=2) == (2, 0)

    assert [each.subject for each in mail.outbox] == ["After 0 minutes", "After 1 minutes"]


def test_what_is_owed_later_waits(at: datetime) -> None:
    owe(at + timedelta(minutes=1))

    assert outbox.send_owed(at) == (0, 0)


def test_each_failure_doubles_the_pause_until_it_is_given_up(
    at: datetime, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "nowhere.to.be.Found"
    owe(at)
    pauses = []
    for _ in range(outbox.TRIES):
        asked_at = Mail.objects.get().owed_at
        assert outbox.send_owed(asked_at) == (0, 1)
        pauses.append((Mail.objects.get().owed_at - asked_at) // timedelta(minutes=1))

    assert pauses == [2**number for number in range(1, 13)]
    assert Mail.objects.get().state == Mail.State.FAILED


def test_a_mail_server_that_is_down_from_friday_evening_to_monday_morning_loses_nothing(
    at: datetime, settings: Any
) -> None:
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "nowhere.to.be.Found"
    friday_evening = at + timedelta(days=4, hours=8)
    owe(friday_evening)
    for hours in range(62):
        outbox.send_owed(friday_evening + timedelta(hours=hours))

    settings.EMAIL_BACKEND = works
    sent = [outbox.send_owed(friday_evening + timedelta(hours=hours)) for hours in range(62, 80)]

    assert sent.count((1, 0)) == 1
