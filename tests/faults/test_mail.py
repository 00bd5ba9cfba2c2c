"""A mail server that breaks: what is owed is sent at least once, under one Message-ID, and never lost."""

import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.conf import settings as site_settings

from lms.jobs import outbox
from lms.jobs.models import Mail
from tests.faults.kills import after, in_a_process
from tests.faults.mail_server import MailServer, mail_server

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

MINUTE = timedelta(minutes=1)
SOON, LATER = 3 * MINUTE, 7 * MINUTE


@pytest.fixture
def server(settings: LazySettings) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT = 1
        yield running


def owed(number: int, at: datetime) -> list[Mail]:
    for each in range(number):
        outbox.owe("submitted", uuid4(), f"learner{each}@example.org", "We have it", "Your work.", at=at)
    return list(Mail.objects.order_by("pk"))


def ids(mails: list[Mail]) -> list[str]:
    return [outbox._message(mail).extra_headers["Message-ID"] for mail in mails]


@pytest.mark.parametrize("manner", ["refuses", "hangs up", "is silent"])
def test_what_a_broken_server_did_not_take_is_sent_once_when_it_is_well(
    manner: str, server: MailServer, at: datetime
) -> None:
    mails = owed(2, at)
    server.manner = manner

    assert outbox.send_owed(at) == (0, 2)

    server.manner = "takes"
    assert outbox.send_owed(at + MINUTE) == (0, 0)  # not before the pause is over
    assert outbox.send_owed(at + SOON) == (2, 0)
    assert server.taken == ids(mails)


def test_what_the_server_took_before_it_hung_up_comes_again_under_the_same_message_id(
    server: MailServer, at: datetime
) -> None:
    mails = owed(2, at)
    server.manner = "hangs up after taking"

    assert outbox.send_owed(at) == (0, 2)

    server.manner = "takes"
    assert outbox.send_owed(at + SOON) == (2, 0)
    assert server.taken == ids(mails) * 2
    assert list(Mail.objects.values_list("state", flat=True)) == [Mail.State.SENT] * 2


def test_a_sender_killed_before_it_could_note_the_email_sends_it_again(
    server: MailServer, at: datetime
) -> None:
    mails = owed(1, at)
    real = outbox._message

    def kill_after_sending(monkeypatch: pytest.MonkeyPatch) -> None:
        def message(mail: Mail) -> object:
            made = real(mail)
            after(made, "send")(monkeypatch)
            return made

        monkeypatch.setattr(outbox, "_message", message)

    assert in_a_process(lambda: outbox.send_owed(at), kill_after_sending) == -signal.SIGKILL

    assert outbox.send_owed(at + SOON) == (1, 0)
    assert server.taken == ids(mails) * 2


def test_one_address_that_is_refused_holds_nobody_else_up(server: MailServer, at: datetime) -> None:
    mails = owed(3, at)
    server.refused_recipients = {"learner1@example.org"}

    assert outbox.send_owed(at) == (2, 1)

    assert server.taken == [ids(mails)[0], ids(mails)[2]]


def test_a_server_that_refuses_for_good_is_asked_twelve_times(server: MailServer, at: datetime) -> None:
    owed(1, at)
    server.manner = "refuses"

    tried = [outbox.send_owed(at + timedelta(days=3 * number)) for number in range(14)]

    assert tried == [(0, 1)] * 12 + [(0, 0)] * 2
    assert list(Mail.objects.values_list("state", "tries")) == [(Mail.State.FAILED, 12)]


def test_a_run_that_a_slow_server_makes_long_leaves_the_rest_to_the_next(
    server: MailServer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = owed(6, at)
    server.manner, server.seconds_to_answer = "is slow", 0.1
    monkeypatch.setattr(outbox, "LONGEST_RUN", 0.5)

    first, _ = outbox.send_owed(at)
    server.manner = "takes"
    second, _ = outbox.send_owed(at + SOON)

    assert 0 < first < 6
    assert second == 6 - first
    assert server.taken == ids(mails)


def test_a_run_has_ended_before_what_it_put_off_falls_due_again() -> None:
    """Greeting, sender, recipient, message and its end are five answers that a silent server may owe."""
    longest = outbox.LONGEST_RUN + 5 * site_settings.EMAIL_TIMEOUT

    assert timedelta(seconds=longest) < 2 * MINUTE
