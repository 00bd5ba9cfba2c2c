"""`manage.py run_due`: call it each minute; it sends owed e-mail, rescues stuck jobs and runs what is due."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.jobs.clock import run_due


class Command(BaseCommand):
    help = "Do the clock work that is due: call this once a minute."

    def handle(self, *args: Any, **options: Any) -> None:
        done = run_due(timezone.now())
        if options["verbosity"] > 1:
            self.stdout.write("Ran: " + (", ".join(done) or "nothing was due") + ".")
