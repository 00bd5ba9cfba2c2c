"""Registers the jobs app, and its own clock work: sending mail, forgetting it, and rescuing stuck jobs."""

from datetime import timedelta

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "lms.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lms.jobs import clock, outbox, rescue  # models are loaded only now

        clock.register("send owed mail", outbox.send_owed)
        clock.register("forget sent mail", outbox.forget_sent, every=timedelta(hours=6))
        clock.register("requeue stuck jobs", rescue.requeue_stuck)
