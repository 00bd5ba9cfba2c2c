"""The database keeps its own guards: the table of them and the schema are the same."""

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps

from lms.audit.models import Event
from lms.audit.trail import record
from lms.guards import triggers
from lms.guards.table import GUARDS, AppendOnly
from lms.people.models import User


@pytest.mark.django_db
def test_every_guard_in_the_table_stands_in_the_schema_and_no_other() -> None:
    expected = {name for guard in GUARDS for name in triggers.names(guard)}

    assert triggers.installed() == expected


@pytest.mark.django_db
def test_every_guarded_table_and_column_exists() -> None:
    tables = set(connection.introspection.table_names())

    with connection.cursor() as cursor:
        for guard in GUARDS:
            assert guard.table in tables
            if isinstance(guard, AppendOnly):
                described = connection.introspection.get_table_description(cursor, guard.table)
                assert set(guard.but) <= {column.name for column in described}


@pytest.mark.django_db
def test_an_event_can_be_neither_changed_nor_deleted(ada: User, at: object) -> None:
    event = record("person.named", ada, by=ada, at=at)

    for wrong in (
        lambda: Event.objects.filter(pk=event.pk).update(verb="person.renamed"),
        lambda: Event.objects.filter(pk=event.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            wrong()


@pytest.mark.django_db
def test_the_words_of_an_event_may_be_emptied_and_nothing_else_changed(ada: User, at: object) -> None:
    event = record("person.named", ada, by=ada, at=at, words="because I married")

    type(event.words).objects.filter(pk=event.words.pk).update(text="")

    event.refresh_from_db()
    assert event.words.text == ""


@pytest.mark.django_db(transaction=True)
@isolate_apps("lms.audit")
def test_guards_come_back_after_a_table_was_rebuilt(django_db_blocker: object) -> None:
    field = models.CharField(max_length=61)
    field.set_attributes_from_name("verb")
    field.model = Event

    with connection.schema_editor() as editor:
        editor.alter_field(Event, Event._meta.get_field("verb"), field)
        editor.alter_field(Event, field, Event._meta.get_field("verb"))
    triggers.install()

    expected = {name for guard in GUARDS for name in triggers.names(guard)}
    assert triggers.installed() == expected
