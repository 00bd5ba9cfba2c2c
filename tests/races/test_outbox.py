"""E-mails under eight hands at once: owed once, and sent once while nothing breaks."""

import time
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings

from lms.jobs import outbox
from lms.jobs.models import Mail
from tests.faults.mail_server import MailServer, mail_server
from tests.races.conftest import BETWEEN_READING_AND_WRITING, Race
from tests.races.forks import errors, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def server(settings: LazySettings) -> Any:
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def look_then_owe(
    kind: str, about: UUID, recipient: str, subject: str, body: str, *, at: datetime, version: int = 1
) -> None:
    """Owing as one would write it without the constraint."""
    same = Mail.objects.filter(kind=kind, about=about, recipient=recipient, version=version)
    if not same.exists():
        time.sleep(BETWEEN_READING_AND_WRITING)
        Mail.objects.create(
            kind=kind,
            about=about,
            recipient=recipient,
            subject=subject,
            body=body,
            owed_at=at,
            version=version,
        )


def test_eight_hands_owe_an_email_once(race: Race, at: datetime) -> None:
    def faults_of_a_run() -> list[str]:
        subjects = [uuid4() for _ in range(race.rounds)]

        def owe(worker: int, number: int) -> None:
            outbox.owe("submitted", subjects[number], "ada@example.org", "We have it", "Your work.", at=at)

        endings = together(owe, race.rounds)
        wrong = sum(Mail.objects.filter(about=each).count() != 1 for each in subjects)
        return race.note("owed twice", len(endings), errors(endings) + ["Owed twice."] * wrong)

    assert faults_of_a_run() == []

    race.replace(outbox, "owe", look_then_owe)
    assert faults_of_a_run()


def test_eight_clocks_send_each_email_once(race: Race, server: MailServer, at: datetime) -> None:
    def faults_of_a_run() -> list[str]:
        server.taken.clear()
        for number in range(race.rounds * 2):
            outbox.owe(
                "submitted", uuid4(), f"learner{number}@example.org", "We have it", "Your work.", at=at
            )

        def send(worker: int, number: int) -> tuple[int, int]:
            return outbox.send_owed(at)

        endings = together(send, rounds=1)
        more = len(server.taken) - race.rounds * 2
        faults = errors(endings) + ["Sent twice."] * more
        faults += ["Not sent."] * Mail.objects.exclude(state=Mail.State.SENT).count()
        return race.note("sent twice", race.rounds * 2, faults)

    assert faults_of_a_run() == []

    race.without(Mail)
    assert faults_of_a_run()
