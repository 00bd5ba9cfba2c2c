"""The documents tell the truth: commands that they show run, links lead somewhere, settings they name exist."""

import re
import shlex
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command, get_commands

from lms.people.models import Institute
from tests.factories import courses as course_factory

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
# Commands that are run elsewhere: setting up by CI, opening bodies by tests/lms/operations/test_opening.py.
ELSEWHERE = {
    "migrate",
    "collectstatic",
    "check",
    "createsuperuser",
    "db_worker",
    "open_institute",
    "open_organisation",
}


def commands_shown() -> list[list[str]]:
    """Every `manage.py …` line of docs/operations.md, in order."""
    whole = OPERATIONS.replace("\\\n", " ")
    lines = re.findall(r"^\.venv/bin/python manage\.py (.+)$", whole, re.MULTILINE)
    return [shlex.split(line) for line in lines]


def test_every_command_that_is_shown_exists() -> None:
    named = {name for path in DOCS for name in re.findall(r"manage\.py ([a-z_]+)", path.read_text())}

    assert named - set(get_commands()) == set()


@pytest.mark.django_db(transaction=True)
def test_the_commands_for_operators_run_as_they_are_shown(
    aldermoor: Institute, at: datetime, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    course_factory.institute_page(aldermoor)
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var").mkdir()

    for name, *arguments in commands_shown():
        if name not in ELSEWHERE:
            call_command(name, *arguments, verbosity=0)

    assert (tmp_path / "var" / "piper-backup.tar.gz").exists()


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in DOCS
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text())
        if not target.startswith(("http", "mailto:", "fact:")) and not (path.parent / target).exists()
    ]

    assert broken == []


def test_every_variable_of_the_environment_is_in_the_operators_table() -> None:
    read = {
        name
        for path in (ROOT / "lms" / "settings").glob("*.py")
        if path.name not in {"test.py", "demo.py"}
        for name in re.findall(r'env\.\w+\(\s*"(PIPER_[A-Z_]+)"', path.read_text())
    }

    assert {name for name in read if f"`{name}`" not in OPERATIONS} == set()


def test_every_decision_names_the_road_not_taken() -> None:
    silent = [
        path.name for path in (ROOT / "docs" / "decisions").glob("*.md") if "Rejected" not in path.read_text()
    ]

    assert silent == []
