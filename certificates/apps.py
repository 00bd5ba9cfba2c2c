"""Registers the certificates app: its ears, its clock work, and a word where nothing can be printed or sealed."""

from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


class CertificatesConfig(AppConfig):
    name = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are loaded only now; importing the receivers connects them.
        from certificates import receivers  # noqa: F401
        from certificates.actions import candidacies, files, status
        from lms.jobs import clock

        clock.register("file certificates", files.enqueue_missing, every=timedelta(minutes=5))
        clock.register("consider finishers", candidacies.consider_finishers, every=timedelta(minutes=10))
        clock.register("renew status lists", status.renew_lists, every=timedelta(minutes=5))
        checks.register(_printing_works)
        checks.register(_keys_can_be_kept)


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


def _keys_can_be_kept(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    from certificates.signing import wrapping  # cryptography is loaded only when checks run

    problem = wrapping.problem_with(settings.PIPER_KEY_SECRETS)
    hint = "Make one by: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
    return [checks.Error(problem, hint=hint, id="certificates.E001")] if problem else []
