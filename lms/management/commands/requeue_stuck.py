"""`manage.py requeue_stuck`: give jobs whose worker died back to the queue."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.jobs.rescue import requeue_stuck


class Command(BaseCommand):
    help = "Give jobs whose worker died back to the queue; after three tries mark them failed."

    def handle(self, *args: Any, **options: Any) -> None:
        requeued, failed = requeue_stuck(timezone.now())
        self.stdout.write(f"{requeued} requeued, {failed} failed.")
