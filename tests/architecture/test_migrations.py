"""Migrations: complete, and each app's depends only on what lies below it."""

import pytest
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
