"""Registers the assessments app and its clock work."""

from datetime import timedelta

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are ready from here on, not before.
        from assessments.actions import attempts, cases, drafts, quality
        from lms.jobs import clock

        clock.register("assessments.close_overdue_attempts", attempts.close_overdue)
        clock.register("assessments.end_overdue_cases", cases.end_overdue)
        clock.register("assessments.close_due_batches", quality.close_due, every=timedelta(minutes=15))
        clock.register("assessments.sweep_files", drafts.sweep_files, every=timedelta(days=1))
