"""`manage.py open_organisation NAME …`: a new employer with its first manager."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lms.operations.opening import CannotOpen, open_organisation
from lms.people.models import Organisation


class Command(BaseCommand):
    help = "Open an organisation. Its first manager, who has an account already, enrols the others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--slug", required=True, help="Its part of the address.")
        parser.add_argument(
            "--contact", required=True, help="The e-mail address of the people who answer for it."
        )
        parser.add_argument("--manager", required=True, help="The e-mail address of an account.")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation(
            name=options["name"], slug=options["slug"], contact_email=options["contact"]
        )
        try:
            open_organisation(organisation, manager=options["manager"], at=timezone.now())
        except CannotOpen as fault:
            raise CommandError(f"Nothing was opened. {fault}") from fault
        self.stdout.write(f"{organisation} is open at /for/{organisation.slug}/.")
