"""A consistent copy of a database that is in use, and the way to open such a copy again.

Never a copy of the SQLite file: under load such copies lacked acknowledged rows although their
integrity check was content (reliability.md 6). PostgreSQL gives its own snapshot to pg_dump, so the
manifest counts exactly what was dumped.
"""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import connection, connections, transaction

RESTORED = "restored"


class BackupFailed(Exception):
    """The database's own tool said no; `str()` is what it said."""


@contextmanager
def snapshot(into: Path) -> Iterator[str]:
    """Copy the database to the file `into`, and give the alias under which to read exactly what was copied."""
    if _is_postgres():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                # Our connection waits while pg_dump reads, however long that takes.
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
                cursor.execute("SELECT pg_export_snapshot()")
                (name,) = cursor.fetchone()
            _run(["pg_dump", "-Fc", f"--snapshot={name}", f"--file={into}", _database_name()])
            yield "default"
        return
    with closing(sqlite3.connect(into)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    with _alias(str(into)) as alias:
        yield alias


@contextmanager
def opened(copy: Path) -> Iterator[str]:
    """Open a copy as a database of its own, under an alias, and leave nothing behind."""
    if not _is_postgres():
        with _alias(str(copy)) as alias:
            yield alias
        return
    name = f"piper_restore_{uuid4().hex[:12]}"
    _run(["createdb", name])
    try:
        _run(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={name}", str(copy)])
        with _alias(name) as alias:
            yield alias
    finally:
        _run(["dropdb", "--if-exists", name])


@contextmanager
def _alias(name: str) -> Iterator[str]:
    copy = connection.copy(alias=RESTORED)
    copy.settings_dict.update(NAME=name, CONN_MAX_AGE=0)
    connections[RESTORED] = copy
    try:
        yield RESTORED
    finally:
        copy.close()
        del connections[RESTORED]


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"


def _database_name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(command: list[str]) -> None:
    """Run one of PostgreSQL's own tools as the user that Django connects as; the password never stands in a command line."""
    settings = connection.settings_dict
    wanted = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {name: str(settings[key]) for name, key in wanted.items() if settings[key]}
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupFailed(done.stderr.strip())
