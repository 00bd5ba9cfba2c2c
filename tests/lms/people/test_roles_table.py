"""docs/roles.md is the table of roles, printed."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from lms.people.roles import PERMISSIONS, SENTENCES, Permission, Role
from lms.people.roles_table import markdown

PRINTED = Path(__file__).resolve().parents[3] / "docs" / "roles.md"


def test_the_document_is_the_table() -> None:
    assert PRINTED.read_text() == markdown()


def test_the_command_prints_it() -> None:
    out = StringIO()

    call_command("print_roles", stdout=out)

    assert out.getvalue() == markdown()


def test_every_role_has_its_functions_and_its_sentence_and_every_function_a_role() -> None:
    assert set(PERMISSIONS) == set(SENTENCES) == set(Role)
    assert frozenset().union(*PERMISSIONS.values()) == set(Permission)
