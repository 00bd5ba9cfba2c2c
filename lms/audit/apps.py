"""Registers the audit app under the label `audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lms.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
