"""`manage.py open_institute NAME …`: a new institute with its page and its first administrator."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lms.operations.opening import CannotOpen, open_institute
from lms.people.models import Institute


class Command(BaseCommand):
    help = "Open an institute. Its first administrator, who has an account already, appoints everybody else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument(
            "--slug", required=True, help="Its part of the address; frozen with the first certificate."
        )
        parser.add_argument(
            "--prefix", required=True, help="The letters that its certificate numbers begin with."
        )
        parser.add_argument("--contact", required=True, help="The e-mail address that learners write to.")
        parser.add_argument("--signatory", required=True, help="The name printed on certificates.")
        parser.add_argument("--signatory-role", required=True)
        parser.add_argument("--administrator", required=True, help="The e-mail address of an account.")

    def handle(self, *args: Any, **options: Any) -> None:
        institute = Institute(
            name=options["name"],
            slug=options["slug"],
            certificate_prefix=options["prefix"],
            contact_email=options["contact"],
            signatory_name=options["signatory"],
            signatory_role=options["signatory_role"],
        )
        try:
            open_institute(
                institute,
                hostname=urlsplit(settings.PIPER_BASE_URL).hostname or "localhost",
                administrator=options["administrator"],
                at=timezone.now(),
            )
        except CannotOpen as fault:
            raise CommandError(f"Nothing was opened. {fault}") from fault
        self.stdout.write(f"{institute} is open at /{institute.slug}/, its desk at /at/{institute.slug}/.")
