"""A job is a row of the transaction that makes it necessary."""

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from lms.jobs.queue import enqueue

JOB = "certificates.file_certificate"


@pytest.mark.django_db
def test_a_job_is_queued_with_the_ids_it_was_given() -> None:
    enqueue(JOB, 7)

    job = DBTaskResult.objects.get()
    assert (job.task_path, job.args_kwargs) == (
        "certificates.tasks.file_certificate",
        {"args": [7], "kwargs": {}},
    )
    assert (job.status, job.backend_name) == ("READY", "jobs")


@pytest.mark.django_db
def test_a_transaction_that_fails_takes_its_job_with_it() -> None:
    with transaction.atomic():
        enqueue(JOB, 7)
        transaction.set_rollback(True)

    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_nothing_is_queued_outside_a_transaction() -> None:
    with pytest.raises(
        transaction.TransactionManagementError, match="in the transaction that makes it necessary"
    ):
        enqueue(JOB, 7)

    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db
def test_a_name_that_is_no_task_is_refused() -> None:
    with pytest.raises(ImportError):
        enqueue("certificates.frame_certificate", 7)
