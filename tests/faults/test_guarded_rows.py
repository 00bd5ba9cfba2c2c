"""The database itself refuses to change, delete or forge evidence, whatever code asks it to.

Every guard of `lms.guards.table` is tried with bare SQL on rows that the actions have made.
"""
# ruff: noqa: S608 - the names in these statements come from the schema

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from lms.guards import triggers
from lms.guards.table import GUARDS, AppendOnly, Fixed, TrueCopy
from tests.faults import whole_line

pytestmark = pytest.mark.django_db

APPEND_ONLY = [guard for guard in GUARDS if isinstance(guard, AppendOnly)]
TRUE_COPIES = [guard for guard in GUARDS if isinstance(guard, TrueCopy)]
FIXED = [guard for guard in GUARDS if isinstance(guard, Fixed)]
CHECKS = [
    ("assessments_submission", "assessor_id", "learner_id", "nobody_claims_their_own_work"),
    ("assessments_marking", "assessor_id", "learner_id", "nobody_marks_their_own_work"),
    ("assessments_qualitydecision", "decided_by_id", "assessor_id", "nobody_checks_their_own_marking"),
    ("assessments_qualitydecision", "decided_by_id", "learner_id", "nobody_checks_their_own_work"),
    ("assessments_adjustment", "agreed_by_id", "learner_id", "nobody_agrees_their_own_adjustment"),
    ("certificates_certificationdecision", "decided_by_id", "learner_id", "nobody_certifies_themselves"),
    ("certificates_hearing", "heard_by_id", "decided_by_id", "nobody_hears_an_appeal_against_themselves"),
    ("certificates_hearing", "heard_by_id", "learner_id", "nobody_hears_an_appeal_against_themselves"),
]


@pytest.fixture(scope="module", autouse=True)
def _rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One course of events for all tests of this module, in one transaction that never commits."""
    with django_db_blocker.unblock(), transaction.atomic():
        whole_line.run()
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in the block is taken back, so that no test sees what another has tried."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def execute(sql: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def answer_to(sql: str) -> str:
    """What the database says to a statement: nothing where it does as it is told, to at least one row."""
    with undone():
        try:
            return "" if execute(sql) else "There is no row to try it on."
        except DatabaseError as refusal:
            return str(refusal).splitlines()[0]


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [each.name for each in connection.introspection.get_table_description(cursor, table)]


def insert_copy(table: str, **changed: object) -> int:
    """Insert the newest row of the table once more, with other values in these columns."""
    values: dict[str, object] = {"id": 1_000_000_000, **changed}
    if "uuid" in columns(table):
        values["uuid"] = uuid4().hex if connection.vendor == "sqlite" else uuid4()
    names = ", ".join(f'"{name}"' for name in columns(table))
    sources = ", ".join("%s" if name in values else f'"{name}"' for name in columns(table))
    sql = f'INSERT INTO "{table}" ({names}) SELECT {sources} FROM "{table}" ORDER BY id DESC LIMIT 1'
    return execute(sql, *(values[name] for name in columns(table) if name in values))


def newest(table: str, column: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}" ORDER BY id DESC LIMIT 1')
        return cursor.fetchone()[0]


def someone_else() -> object:
    """A person who appears in no row of evidence."""
    return newest("people_user", "id")


def give_to_someone_else(guard: Fixed) -> int:
    sql = f'UPDATE "{guard.table}" SET "{guard.column}" = %s WHERE id = %s'
    return execute(sql, someone_else(), newest(guard.table, "id"))


@pytest.mark.parametrize("guard", APPEND_ONLY, ids=lambda guard: guard.table)
def test_a_row_of_evidence_is_never_deleted(guard: AppendOnly) -> None:
    with undone(), pytest.raises(DatabaseError, match="is only ever added to"):
        execute(f'DELETE FROM "{guard.table}"')


@pytest.mark.parametrize("guard", APPEND_ONLY, ids=lambda guard: guard.table)
def test_no_column_of_evidence_changes_but_those_named(guard: AppendOnly) -> None:
    refused = f"{guard.table} is only ever added to"
    answers = {
        name: answer_to(f'UPDATE "{guard.table}" SET "{name}" = "{name}"') for name in columns(guard.table)
    }

    assert answers == {name: "" if name in guard.but else refused for name in answers}


@pytest.mark.parametrize("guard", FIXED, ids=lambda guard: f"{guard.table}.{guard.column}")
def test_what_copies_rest_on_never_changes(guard: Fixed) -> None:
    with undone(), pytest.raises(DatabaseError, match=f"{guard.table}.{guard.column} never changes"):
        give_to_someone_else(guard)
    with undone():
        assert execute(f'UPDATE "{guard.table}" SET "{guard.column}" = "{guard.column}"') > 0


@pytest.mark.parametrize("guard", TRUE_COPIES, ids=lambda guard: f"{guard.table}.{guard.column}")
def test_a_false_copy_of_a_person_is_refused(guard: TrueCopy) -> None:
    with undone(), pytest.raises(DatabaseError, match=f"{guard.column} must be that of its {guard.source}"):
        insert_copy(guard.table, **{guard.column: someone_else()})


@pytest.mark.parametrize(("table", "column", "other", "constraint"), CHECKS, ids=lambda value: value)
def test_nobody_stands_on_both_sides_of_a_judgement(
    table: str, column: str, other: str, constraint: str
) -> None:
    with undone(), pytest.raises(DatabaseError, match=constraint):
        insert_copy(table, **{column: newest(table, other)})


def test_without_the_guards_the_same_statements_go_through() -> None:
    """The control: what is refused above is refused by the guards, and by nothing else."""
    with undone(), triggers.lifted():
        for guard in APPEND_ONLY:
            for name in columns(guard.table):
                assert execute(f'UPDATE "{guard.table}" SET "{name}" = "{name}"') > 0
        for fixed in FIXED:
            assert give_to_someone_else(fixed) == 1
        for table in ("audit_eventwords", "assessments_mark", "certificates_eventreason"):
            assert execute(f'DELETE FROM "{table}"') > 0
