"""Registers the design system, so that its static files and template tags are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "lms.ui"
    label = "ui"
    verbose_name = "Design system"
