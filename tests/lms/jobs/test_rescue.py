"""Jobs whose worker died are given back, three times in all."""

from datetime import datetime, timedelta

import pytest
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from lms.jobs.queue import enqueue
from lms.jobs.rescue import LIMIT, requeue_stuck

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def job() -> DBTaskResult:
    enqueue("certificates.file_certificate", 7)
    return DBTaskResult.objects.get()


def taken(job: DBTaskResult, at: datetime, by: list[str]) -> DBTaskResult:
    """The job as it stands after the last of these workers took it."""
    job.status, job.started_at, job.worker_ids = "RUNNING", at, by
    job.save()
    return job


def test_a_job_within_its_limit_is_left_to_its_worker(job: DBTaskResult, at: datetime) -> None:
    taken(job, at, ["first"])

    assert requeue_stuck(at + LIMIT) == (0, 0)

    job.refresh_from_db()
    assert job.status == "RUNNING"


def test_a_job_beyond_its_limit_goes_back_to_the_queue(job: DBTaskResult, at: datetime) -> None:
    taken(job, at, ["first", "second"])

    assert requeue_stuck(at + LIMIT + SECOND) == (1, 0)

    job.refresh_from_db()
    assert (job.status, job.started_at) == ("READY", None)
    assert DBTaskResult.objects.ready().get() == job


def test_a_job_that_outlived_three_workers_fails(job: DBTaskResult, at: datetime) -> None:
    taken(job, at, ["first", "second", "third"])

    assert requeue_stuck(at + LIMIT + SECOND) == (0, 1)

    job.refresh_from_db()
    assert (job.status, job.exception_class_path) == ("FAILED", "lms.jobs.rescue.WorkerLost")
    assert issubclass(import_string(job.exception_class_path), Exception)


def test_a_shorter_limit_may_be_named(job: DBTaskResult, at: datetime) -> None:
    taken(job, at, ["first"])

    assert requeue_stuck(at + 2 * SECOND, limit=SECOND) == (1, 0)


@pytest.mark.parametrize("status", ["READY", "SUCCESSFUL", "FAILED"])
def test_a_job_that_nobody_is_at_is_left_alone(status: str, job: DBTaskResult, at: datetime) -> None:
    taken(job, at, ["first"])
    DBTaskResult.objects.update(status=status)

    assert requeue_stuck(at + LIMIT + SECOND) == (0, 0)
