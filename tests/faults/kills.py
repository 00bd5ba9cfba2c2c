"""Processes that are killed as `kill -9` kills: at a named place, or from outside at any time."""

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.races.forks import fork

Patch = Callable[[pytest.MonkeyPatch], None]


def kill_myself() -> None:
    """End here and now: no `finally`, no closing of anything."""
    os.kill(os.getpid(), signal.SIGKILL)


def after(owner: object, name: str) -> Patch:
    """A patch that has the process killed as soon as this function has returned for the first time."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        real = getattr(owner, name)

        def do_and_die(*args: Any, **options: Any) -> None:
            real(*args, **options)
            kill_myself()

        monkeypatch.setattr(owner, name, do_and_die)

    return patch


def before(owner: object, name: str) -> Patch:
    """A patch that has the process killed when it calls this function for the first time."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        def die(*_: Any, **__: Any) -> None:
            kill_myself()

        monkeypatch.setattr(owner, name, die)

    return patch


def after_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A patch that has the process killed between the next commit and what would follow it."""
    after(BaseDatabaseWrapper, "_commit")(monkeypatch)


def in_a_process(work: Callable[[], object], patch: Patch | None = None) -> int:
    """Do the work in a process of its own, with this patch; return its exit code, negative for a signal."""
    connections.close_all()

    def run() -> None:
        if patch:
            patch(pytest.MonkeyPatch())
        work()
        connections.close_all()

    process = fork.Process(target=run, daemon=True)
    process.start()
    process.join(timeout=120)
    process.kill()
    return int(process.exitcode or 0)


def work_off_the_queue() -> None:
    """What `manage.py db_worker` does, until the queue is empty."""
    call_command(
        "db_worker", "--backend", "jobs", "--batch", "--no-reload", "--no-startup-delay", verbosity=0
    )
