"""Registers the certificates app: its ears, its clock work, and a warning where nothing can be printed."""

from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.core import checks


class CertificatesConfig(AppConfig):
    name = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are loaded only now; importing the receivers connects them.
        from certificates import receivers  # noqa: F401
        from certificates.actions import candidacies, files
        from lms.jobs import clock

        clock.register("file certificates", files.enqueue_missing, every=timedelta(minutes=5))
        clock.register("consider finishers", candidacies.consider_finishers, every=timedelta(minutes=10))
        checks.register(_printing_works)


def _printing_works(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    from certificates import rendering  # WeasyPrint is asked after only when checks run

    problem = rendering.pango_problem()
    if problem is None:
        return []
    return [
        checks.Warning(
            problem,
            hint="Everything else works; certificates are issued as soon as they can be printed.",
            id="certificates.W001",
        )
    ]
