"""Registers the people app under the label `people`, and its clock work."""

from datetime import timedelta

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lms.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lms.jobs import clock  # models are loaded only now
        from lms.people import cms_groups
        from lms.people.actions import memberships

        clock.register(
            "end roles past their last day", memberships.end_those_past_their_last_day, timedelta(hours=1)
        )
        clock.register("keep the groups of the CMS", cms_groups.keep_all, timedelta(hours=1))
