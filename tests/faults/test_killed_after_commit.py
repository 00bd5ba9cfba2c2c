"""Whoever dies between the commit and the answer has stored the follow-up work with it: nothing depends on living on."""

import os
import random
import signal
import time
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connections, transaction
from django_tasks_db.models import DBTaskResult

from assessments.actions import attempts, submissions
from assessments.models import Attempt, Submission
from certificates.actions import decisions
from certificates.models import Candidacy, Certificate
from courses.models import CoursePage, Enrolment, ModulePage
from lms.audit import verification
from lms.jobs.models import Mail
from lms.jobs.queue import task_named
from lms.people.models import User
from tests.factories import assessments as assessment_factory
from tests.factories import certificates as factory
from tests.faults.kills import after_commit, in_a_process
from tests.races import scenes
from tests.races.forks import fork
from tests.races.invariants import wrongly_closed

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

KILLED = -signal.SIGKILL
KILLS = int(os.environ.get("PIPER_KILLS", "6"))


@pytest.fixture
def candidacy(foundations: CoursePage, module: ModulePage, enrolment: Enrolment) -> Candidacy:
    """Ada's, with the name confirmed."""
    quiz = assessment_factory.quiz(module)
    factory.scheme(foundations, quiz)
    factory.passed(enrolment, quiz)
    return factory.confirmed(Candidacy.objects.get(learner=enrolment.learner))


def grant_and_die(candidacy: Candidacy, by: User, at: datetime) -> int:
    return in_a_process(lambda: decisions.grant(candidacy, name="Ada Bright", by=by, at=at), after_commit)


def enqueue_on_commit(name: str, *args: object) -> None:
    """The usual way, which needs the process to live on."""
    transaction.on_commit(lambda: task_named(name).enqueue(*args))


def test_a_certificate_and_its_job_are_stored_together(
    candidacy: Candidacy, rosa: User, at: datetime
) -> None:
    assert grant_and_die(candidacy, rosa, at) == KILLED

    certificate = Certificate.objects.get()
    assert [job.args_kwargs["args"] for job in DBTaskResult.objects.all()] == [[certificate.pk]]


def test_enqueued_on_commit_the_job_would_be_lost(
    candidacy: Candidacy, rosa: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "enqueue", enqueue_on_commit)

    assert grant_and_die(candidacy, rosa, at) == KILLED

    assert Certificate.objects.count() == 1
    assert DBTaskResult.objects.count() == 0


def test_work_handed_in_and_the_email_about_it_are_stored_together(
    foundations: CoursePage, module: ModulePage, at: datetime
) -> None:
    brief = assessment_factory.assignment(module)
    (enrolment,) = scenes.drafted(scenes.enrolled(foundations, 1), brief, at)

    assert in_a_process(lambda: scenes.hand_in(enrolment, brief, at), after_commit) == KILLED

    submission = Submission.objects.get()
    assert Mail.objects.filter(about=submission.uuid).count() == 1
    # The learner saw no answer and clicks again.
    assert scenes.hand_in(enrolment, brief, at) == submission
    assert submissions.text_digest(scenes.WORK) == submission.text_digest


def test_every_receipt_that_a_learner_has_seen_is_stored_whoever_was_killed(
    foundations: CoursePage, module: ModulePage, at: datetime, tmp_path: Path
) -> None:
    """Writers that hand attempts in one after the other are killed at random instants, and others go on."""
    quiz = assessment_factory.quiz(module)
    opened = scenes.open_attempts(scenes.enrolled(foundations, KILLS * 6), quiz, at)
    ledger = tmp_path / "receipts"
    ledger.touch()
    seed = int(os.environ.get("PIPER_KILL_SEED", time.time_ns() % 10_000))
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated needs no secret

    kills = 0
    while (done := len(ledger.read_text().split())) < len(opened):
        kills += _killed_while_handing_in(opened[done:], ledger, at, chance.uniform(0.03, 0.15))

    seen = set(ledger.read_text().split())
    stored = set(Attempt.objects.values_list("receipt", flat=True))
    assert kills > 0
    assert seen == stored, f"PIPER_KILL_SEED={seed} does this again."
    assert wrongly_closed(opened) == []
    assert list(verification.faults()) == []


def _killed_while_handing_in(opened: list[Attempt], ledger: Path, at: datetime, seconds: float) -> bool:
    """Hand attempts in, a line in the ledger for each receipt, until killed; whether it was in time for that."""
    connections.close_all()

    def hand_in_all() -> None:
        with ledger.open("a") as lines:
            for attempt in opened:
                receipt = attempts.submit(attempt, by=attempt.enrolment.learner, at=at).receipt
                lines.write(f"{receipt}\n")
                lines.flush()
                os.fsync(lines.fileno())

    writer = fork.Process(target=hand_in_all, daemon=True)
    writer.start()
    writer.join(timeout=seconds)
    writer.kill()
    writer.join()
    return writer.exitcode == KILLED
