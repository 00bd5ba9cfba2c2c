"""Writes the guards into the database, on SQLite and on PostgreSQL: lifted before migrations, made anew after."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection as default_connection

from lms.guards.table import GUARDS, AppendOnly, Fixed, TrueCopy

PREFIX = "guard_"
Guard = AppendOnly | TrueCopy | Fixed


def names(guard: Guard) -> list[str]:
    """The names of the triggers that keep one guard."""
    if isinstance(guard, AppendOnly):
        return [f"{PREFIX}{guard.table}_{verb}" for verb in ("update", "delete")]
    kind = "copy" if isinstance(guard, TrueCopy) else "fixed"
    return [f"{PREFIX}{guard.table}_{guard.column}_{kind}"]


def install(connection: Any = default_connection) -> None:
    """Make every guard whose table exists; the others come with their own migrations."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        _drop_all(connection, cursor)
        for guard in GUARDS:
            if guard.table in tables:
                for statement in _statements(guard, connection, cursor):
                    cursor.execute(statement)


def all_stand(connection: Any = default_connection) -> bool:
    """Whether the schema has every guard of the table."""
    return installed(connection) >= {name for guard in GUARDS for name in names(guard)}


def installed(connection: Any = default_connection) -> set[str]:
    """The names of the guards that the schema really has."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'guard\\_%%'", [])
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'"
            )
        return {name for (name,) in cursor.fetchall()}


def lift(connection: Any = default_connection) -> None:
    """Take every guard away. Whoever calls this puts them back with `install`."""
    with connection.cursor() as cursor:
        _drop_all(connection, cursor)


@contextmanager
def lifted(connection: Any = default_connection) -> Iterator[None]:
    """Take the guards away for the length of a block. Only the tests' flush has a reason to."""
    lift(connection)
    try:
        yield
    finally:
        install(connection)


def _drop_all(connection: Any, cursor: Any) -> None:
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid"
            " WHERE tgname LIKE 'guard\\_%%'",
            [],
        )
        for name, table in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
    else:
        for name in installed(connection):
            cursor.execute(f'DROP TRIGGER "{name}"')


def _statements(guard: Guard, connection: Any, cursor: Any) -> Iterator[str]:
    write = _postgres if connection.vendor == "postgresql" else _sqlite
    if isinstance(guard, TrueCopy):
        condition = (
            f'(SELECT "{guard.source_column}" FROM "{guard.source}" WHERE id = NEW."{guard.key}")'
            f' IS DISTINCT FROM NEW."{guard.column}"'
        )
        message = f"{guard.table}.{guard.column} must be that of its {guard.source}"
        yield from write(names(guard)[0], guard.table, "INSERT", "", condition, message)
        return
    if isinstance(guard, Fixed):
        condition = f'OLD."{guard.column}" IS DISTINCT FROM NEW."{guard.column}"'
        message = f"{guard.table}.{guard.column} never changes"
        yield from write(names(guard)[0], guard.table, "UPDATE", f' OF "{guard.column}"', condition, message)
        return
    update, delete = names(guard)
    message = f"{guard.table} is only ever added to"
    yield from write(update, guard.table, "UPDATE", _frozen(guard, connection, cursor), "", message)
    yield from write(delete, guard.table, "DELETE", "", "", message)


def _frozen(guard: AppendOnly, connection: Any, cursor: Any) -> str:
    """The "OF a, b" clause naming the columns that may not change; empty when none may."""
    if not guard.but:
        return ""
    description = connection.introspection.get_table_description(cursor, guard.table)
    columns = [column.name for column in description if column.name not in guard.but]
    return " OF " + ", ".join(f'"{column}"' for column in columns)


def _sqlite(name: str, table: str, verb: str, of: str, condition: str, message: str) -> Iterator[str]:
    # "IS DISTINCT FROM" came to SQLite in 3.39; its own "IS NOT" says the same everywhere.
    when = f" WHEN {condition.replace('IS DISTINCT FROM', 'IS NOT')}" if condition else ""
    yield (
        f'CREATE TRIGGER "{name}" BEFORE {verb}{of} ON "{table}"{when}'
        f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgres(name: str, table: str, verb: str, of: str, condition: str, message: str) -> Iterator[str]:
    back = "OLD" if verb == "DELETE" else "NEW"
    refuse = f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{message}';"
    body = f"IF {condition} THEN {refuse} END IF;" if condition else refuse
    yield (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS'
        f" $$ BEGIN {body} RETURN {back}; END $$"
    )
    yield (f'CREATE TRIGGER "{name}" BEFORE {verb}{of} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()')
