"""Whether a command has changed anything at all."""

import hashlib
from collections.abc import Callable

import pytest
from django.db import connection

# Sessions and the shared cache hold nothing that a command is answerable for.
PASSING = {"django_session", "shared_cache"}


@pytest.fixture
def table_digests() -> Callable[[], dict[str, str]]:
    """A function that gives the digest of every table's rows as they are when it is called."""

    def digests() -> dict[str, str]:
        tables = set(connection.introspection.table_names()) - PASSING
        return {table: _digest(table) for table in sorted(tables)}

    return digests


def _digest(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the name comes from the schema
        rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
