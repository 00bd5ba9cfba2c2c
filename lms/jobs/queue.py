"""Asking for work to be done later, by name, from inside the transaction that makes it necessary.

The queue is a table of the same database: if the transaction commits, the job exists; if it does
not, neither does the job. `transaction.on_commit` would lose the job when the process dies between
the two (reliability.md, finding 6).
"""

from typing import Any

from django.db import connection, transaction
from django.utils.module_loading import import_string


def enqueue(name: str, *args: Any) -> None:
    """Queue `<app>.<task>` (a task in `<app>/tasks.py`) with ids only. Raises outside a transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            f"{name} is queued in the transaction that makes it necessary."
        )
    task_named(name).enqueue(*args)


def task_named(name: str) -> Any:
    """The task that a name such as "certificates.file_certificate" stands for; ImportError if there is none."""
    package, task = name.rsplit(".", 1)
    return import_string(f"{package}.tasks.{task}")
