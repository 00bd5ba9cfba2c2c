"""Health: `/livez` says that the process answers, `/readyz` that it can do its work."""

import shutil
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django_tasks_db.models import DBTaskResult

from lms.guards import triggers

LEAST_FREE_BYTES = 500 * 1024 * 1024
LONGEST_WAIT = timedelta(minutes=10)


def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """200 "ok", or 503 with the names of what is wrong and nothing more."""
    wrong = problems(request.at)  # type: ignore[attr-defined]
    return HttpResponse(", ".join(wrong) or "ok", status=503 if wrong else 200, content_type="text/plain")


def problems(at: datetime) -> list[str]:
    """What keeps this site from doing its work, each in a word or two."""
    checks = {
        "database": _database_writes,
        "migrations": _migrations_are_applied,
        "database guards": triggers.all_stand,
        "shared cache": _cache_is_shared,
        "disk space": lambda: shutil.disk_usage(settings.ROOT).free > LEAST_FREE_BYTES,
        "job queue": lambda: _queue_moves(at),
    }
    return [name for name, is_well in checks.items() if not _holds(is_well)]


def _holds(is_well: object) -> bool:
    try:
        return bool(is_well())  # type: ignore[operator]
    except (DatabaseError, OSError):
        return False


def _database_writes() -> bool:
    cache.set("readyz", 1, 60)
    return cache.get("readyz") == 1


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _cache_is_shared() -> bool:
    return "LocMem" not in settings.CACHES["default"]["BACKEND"]


def _queue_moves(at: datetime) -> bool:
    return not DBTaskResult.objects.filter(status="READY", enqueued_at__lt=at - LONGEST_WAIT).exists()
