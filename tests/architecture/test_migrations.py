"""Migrations: complete, and each app's depends only on what lies below it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

FLOORS = ["audit", "jobs", "people", "courses", "assessments", "certificates"]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_migration_depends_upward() -> None:
    upward = [
        f"{app}.{name} → {needed}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app in FLOORS
        for needed, _ in migration.dependencies
        if needed in FLOORS and FLOORS.index(needed) > FLOORS.index(app)
    ]

    assert upward == []


@pytest.mark.sqlite
def test_a_site_whose_guards_stand_can_be_migrated(tmp_path: Path) -> None:
    """SQLite refuses to rebuild a table that a trigger of another table reads."""
    for asked in (["assessments", "0001_initial"], ["certificates", "0001_initial"], []):
        migrated = subprocess.run(  # noqa: S603 - our own words, no shell
            [sys.executable, "manage.py", "migrate", "--verbosity=0", *asked],
            cwd=settings.ROOT,
            env={**os.environ, "PIPER_DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3"},
            capture_output=True,
            text=True,
            check=False,
        )

        assert (migrated.returncode, migrated.stderr) == (0, "")
