"""`manage.py review_due`: what each institute has to read again, and what rests on it."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.models import LessonPage
from lms import freshness
from lms.people.models import Institute


class Command(BaseCommand):
    help = "List facts and lessons whose review date has passed, with lessons, questions and certificates that rest on them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--institute", metavar="SLUG", help="One institute only.")
        parser.add_argument(
            "--until", type=_day, metavar="DAY", help="What is due up to this day, such as 2027-01-31."
        )

    def handle(self, *args: Any, institute: str | None, until: date | None, **options: Any) -> None:
        on = timezone.localdate()
        institutes = Institute.objects.order_by("name")
        if institute:
            institutes = institutes.filter(slug=institute)
        if not institutes:
            raise CommandError(
                f"There is no institute “{institute}”." if institute else "There is no institute."
            )
        for each in institutes:
            self._list(each, until or on, on)

    def _list(self, institute: Institute, until: date, on: date) -> None:
        found = freshness.agenda(institute, until=until, on=on)
        self.stdout.write(f"{institute}: {len(found.due)} to read again by {until:%-d %B %Y}")
        for due in found.due:
            name = due.fact.key if due.fact else "lesson"
            self.stdout.write(f"\n  {due.by.isoformat()}  {name}: {due.words}")
            if due.fact:
                self.stdout.write(f"    source: {due.fact.source}")
            self.stdout.write(f"    lessons: {', '.join(map(_address, due.lessons))}")
            self.stdout.write(f"    questions: {due.questions}")
        for affected in found.affected:
            self.stdout.write(f"\n  {affected.version}: {affected.in_force} certificates in force")


def _address(lesson: LessonPage) -> str:
    """Where a reader finds it: the site's own root is not part of that."""
    return "/" + lesson.url_path.split("/", 2)[2]


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ArgumentTypeError(f"“{typed}” is no day such as 2027-01-31.") from None
