"""`manage.py run_due`: call it each minute; it sends owed e-mail, rescues stuck jobs and runs what is due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.jobs.clock import PiecesFailed, run_due


class Command(BaseCommand):
    help = "Do the clock work that is due: call this once a minute."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = run_due(timezone.now())
        except PiecesFailed as failed:
            raise CommandError(
                f"These failed and are tried again when they are next due: {failed}."
            ) from failed
        if options["verbosity"] > 1:
            self.stdout.write("Ran: " + (", ".join(done) or "nothing was due") + ".")
