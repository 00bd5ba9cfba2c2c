"""Registers the desk of problems under the label `problems`."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "lms.problems"
    label = "problems"
    default_auto_field = "django.db.models.BigAutoField"
