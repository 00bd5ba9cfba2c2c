"""The frame: it makes the project's own commands discoverable and keeps the database's guards in place."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


def _lift_guards(using: str, plan: list[Any], **kwargs: Any) -> None:
    from django.db import connections

    from lms.guards import triggers

    if plan:
        triggers.lift(connections[using])


def _install_guards(using: str, **kwargs: Any) -> None:
    from django.db import connections

    from lms.guards import triggers

    triggers.install(connections[using])


class LmsConfig(AppConfig):
    name = "lms"

    def ready(self) -> None:
        # The signal is sent once for each app with models, when all tables stand; this app has none.
        people = apps.get_app_config("people")
        # SQLite cannot rebuild a table that another table's trigger reads. /readyz misses the guards of a site
        # whose migration failed half-way.
        pre_migrate.connect(_lift_guards, sender=people, dispatch_uid="guards")
        post_migrate.connect(_install_guards, sender=people, dispatch_uid="guards")
