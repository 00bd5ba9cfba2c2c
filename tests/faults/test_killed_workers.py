"""A worker that is killed leaves nothing stuck, and nothing done twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.models import QuizPage
from certificates import rendering
from certificates.actions import certificates, decisions, files
from certificates.models import Candidacy, Certificate
from courses.models import CoursePage, Enrolment, ModulePage
from lms.jobs.rescue import LIMIT, requeue_stuck
from lms.people.models import User
from tests.factories import assessments as assessment_factory
from tests.factories import certificates as factory
from tests.faults.kills import Patch, after, before, in_a_process, work_off_the_queue
from tests.faults.tasks import note_slowly
from tests.faults.web_server import database_url
from tests.races.invariants import wrongly_issued

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
KILLED = -signal.SIGKILL


@pytest.fixture
def certificate(
    foundations: CoursePage,
    module: ModulePage,
    enrolment: Enrolment,
    rosa: User,
    at: datetime,
    settings: LazySettings,
    tmp_path: Path,
) -> Certificate:
    """Ada's certificate as Rosa has granted it: its paper is a job in the queue."""
    settings.MEDIA_ROOT = tmp_path
    quiz: QuizPage = assessment_factory.quiz(module)
    factory.scheme(foundations, quiz)
    factory.passed(enrolment, quiz)
    candidacy = factory.confirmed(Candidacy.objects.get(learner=enrolment.learner))
    granted = decisions.grant(candidacy, name="Ada Bright", by=rosa, at=at)
    # The first drawing of a process takes seconds; the workers inherit what it has set up.
    rendering.render_certificate(files.printed(granted))
    return granted


def states(task: str) -> list[str]:
    return list(DBTaskResult.objects.filter(task_path__endswith=task).values_list("status", flat=True))


@pytest.mark.parametrize(
    "dies",
    [
        pytest.param(before(rendering, "render_certificate"), id="before it draws"),
        pytest.param(after(files, "keep"), id="when the file lies there and no row names it"),
        pytest.param(after(certificates, "follow"), id="when the rows are written and not committed"),
        pytest.param(after(files, "file_certificate"), id="when all is done and the job not yet ticked off"),
    ],
)
def test_a_certificate_is_issued_once_wherever_its_worker_dies(dies: Patch, certificate: Certificate) -> None:
    assert in_a_process(work_off_the_queue, dies) == KILLED
    assert in_a_process(work_off_the_queue) == 0
    assert states("file_certificate") == ["RUNNING"]  # the queue itself never looks back

    assert requeue_stuck(timezone.now() + LIMIT) == (1, 0)
    assert in_a_process(work_off_the_queue) == 0

    assert states("file_certificate") == ["SUCCESSFUL"]
    assert wrongly_issued(certificate) == []


def test_a_worker_killed_from_outside_leaves_its_job_to_the_next(tmp_path: Path) -> None:
    """The worker is a process of `manage.py db_worker`, as it runs beside the site."""
    note_slowly.enqueue(str(tmp_path))
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--backend", "jobs", "--no-reload", "--no-startup-delay"],
        cwd=ROOT,
        env={**os.environ, "PIPER_DATABASE_URL": database_url()},
        stderr=subprocess.DEVNULL,
    )
    try:
        await_file(tmp_path / "begun", worker)
    finally:
        worker.kill()
        worker.wait()

    requeue_stuck(timezone.now() + LIMIT)
    in_a_process(work_off_the_queue)

    assert states("note_slowly") == ["SUCCESSFUL"]
    assert (tmp_path / "done").read_text() == "done\n"


def test_what_the_queue_has_forgotten_the_clock_finds_by_its_state(
    certificate: Certificate, at: datetime
) -> None:
    DBTaskResult.objects.all().delete()

    files.enqueue_missing(at + files.PATIENCE + timedelta(seconds=1))
    in_a_process(work_off_the_queue)

    assert wrongly_issued(certificate) == []


def test_the_command_says_what_it_gave_back(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("requeue_stuck")

    assert capsys.readouterr().out == "0 requeued, 0 failed.\n"


def await_file(path: Path, worker: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert worker.poll() is None, "The worker ended by itself."
        assert time.monotonic() < until, "The worker did not take the job."
        time.sleep(0.05)
