"""`manage.py seed`: fill an empty database with the demonstration, at a chosen stage of its story."""

import sys
from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lms.demonstration import cast, filling
from lms.demonstration.crowd import joining
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
        parser.add_argument(
            "--learners",
            type=_number,
            default=0,
            metavar="N",
            help=(
                "Add N learners in every state, who cannot sign in; once, and also to a demonstration that was "
                "filled before. At most fifty of them are certified, because each certificate is really printed, "
                "and at most five of those are left for the worker to print; all others stand at earlier states."
            ),
        )

    def handle(self, *args: Any, stage: str, learners: int, **options: Any) -> None:
        if not settings.PIPER_DEMO:
            raise CommandError(
                "These accounts share a password that everybody knows, so they are made on the demonstration's "
                "settings only: DJANGO_SETTINGS_MODULE=lms.settings.demo. Nothing was changed."
            )
        now = timezone.now()
        if filling.is_empty():
            filling.fill(Stage(stage), now=now)
            self.stdout.write(f"The demonstration is filled, at the stage “{stage}”.")
        elif not learners:
            self.stdout.write("This database is filled already, so nothing was changed.")
        if learners:
            self._add(learners, now)
        self._print_accounts()

    def _add(self, learners: int, now: datetime) -> None:
        try:
            joining.join(learners, now=now, progress_to=sys.stderr)
        except joining.NoRoom as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{learners:,} learners have joined.")

    def _print_accounts(self) -> None:
        names = {person.email: person.get_full_name() for person in cast.accounts()}
        there = [each for each in cast.CAST if each.purpose and each.email in names]
        if there:
            self.stdout.write(f"\nSign in with the password {cast.PASSWORD} as:\n")
        for each in there:
            self.stdout.write(f"  {each.email:<27} {names[each.email]}, {each.purpose}")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"a number of learners, not '{text}'")
    return int(text)
