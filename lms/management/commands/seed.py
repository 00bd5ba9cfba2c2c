"""`manage.py seed`: fill an empty database with the demonstration, at a chosen stage of its story."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from certificates.models import Certificate
from certificates.rendering import pango_problem
from lms.demonstration import cast, filling
from lms.demonstration.stages import Stage


class Command(BaseCommand):
    help = "Fill an empty database with the demonstration, and print its accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stage",
            choices=[each.value for each in Stage],
            default=Stage.STUDYING.value,
            help="How far the story has gone when you come in (default: studying). Fills an empty database only.",
        )

    def handle(self, *args: Any, stage: str, **options: Any) -> None:
        if not settings.PIPER_DEMO:
            raise CommandError(
                "These accounts share a password that everybody knows, so they are made on the demonstration's "
                "settings only: DJANGO_SETTINGS_MODULE=lms.settings.demo. Nothing was changed."
            )
        if filling.is_empty():
            filling.fill(Stage(stage), now=timezone.now())
            self.stdout.write(f"The demonstration is filled, at the stage “{stage}”.")
        else:
            self.stdout.write("This database is filled already, so nothing was changed.")
        self._print_accounts()

    def _print_accounts(self) -> None:
        names = {person.email: person.get_full_name() for person in cast.accounts()}
        there = [each for each in cast.CAST if each.purpose and each.email in names]
        if there:
            self.stdout.write(f"\nSign in with the password {cast.PASSWORD} as:\n")
        for each in there:
            self.stdout.write(f"  {each.email:<27} {names[each.email]}, {each.purpose}")
