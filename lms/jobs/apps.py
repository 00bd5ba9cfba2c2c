"""Registers the jobs app, and its own clock work: sending mail and rescuing stuck jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "lms.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lms.jobs import clock, outbox, rescue  # models are loaded only now

        clock.register("send owed mail", outbox.send_owed)
        clock.register("requeue stuck jobs", rescue.requeue_stuck)
