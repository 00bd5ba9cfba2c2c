"""`manage.py load_content`: bring an institute's courses, assessments and schemes to what the content files say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from courses.content_files.faults import Unreadable
from lms.operations import content
from lms.people.models import Institute


class Command(BaseCommand):
    help = "Load courses, assessments and schemes from the content files. Loading again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--institute",
            default="aldermoor",
            help="The institute's slug, as in its address (default: aldermoor).",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Replace also what people have edited in the CMS or at the desk since.",
        )

    def handle(self, *args: Any, institute: str, overwrite: bool, **options: Any) -> None:
        try:
            # A file that breaks half-way must not leave half a course behind.
            with transaction.atomic():
                report = content.load(_institute(institute), at=timezone.now(), overwrite=overwrite)
        except Unreadable as broken:
            raise CommandError(f"{broken} Nothing was loaded.") from broken
        for sentence in report.sentences():
            self.stdout.write(sentence)


def _institute(slug: str) -> Institute:
    found = Institute.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Institute.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no institute “{slug}”. There are: {known}.")
    if not hasattr(found, "page"):
        raise CommandError(
            f"{found} has no page yet. Make it in the CMS, under the home page; then load again."
        )
    return found
