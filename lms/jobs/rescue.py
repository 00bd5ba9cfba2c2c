"""Finding jobs whose worker died: the queue itself never looks back (reliability.md, finding 7)."""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

LIMIT = timedelta(minutes=10)
TRIES = 3


def requeue_stuck(at: datetime, limit: timedelta = LIMIT) -> tuple[int, int]:
    """Give jobs that have run longer than `limit` back to the queue, or fail them after three tries.

    Returns how many were requeued and how many failed. What a failed job left
    undone is found by its state, by the clock work of its app; every task may run twice without harm.
    """
    requeued = failed = 0
    stuck = DBTaskResult.objects.filter(status="RUNNING", started_at__lt=at - limit)
    for pk in stuck.values_list("pk", flat=True):
        with transaction.atomic():
            job = (
                DBTaskResult.objects.select_for_update(skip_locked=True)
                .filter(pk=pk, status="RUNNING", started_at__lt=at - limit)
                .first()
            )
            if job is None:
                continue
            if len(job.worker_ids) >= TRIES:
                job.status, job.finished_at = "FAILED", at
                job.exception_class_path = "lms.jobs.rescue.WorkerLost"
                failed += 1
            else:
                job.status, job.started_at = "READY", None
                requeued += 1
            job.save(update_fields=["status", "started_at", "finished_at", "exception_class_path"])
    return requeued, failed


class WorkerLost(Exception):
    """Written on a job that three workers in a row did not live to finish."""
