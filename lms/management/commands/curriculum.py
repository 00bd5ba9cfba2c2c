"""`manage.py curriculum`: write docs/curriculum.md, where each theme of the founding documents is taught."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lms.operations import curriculum


class Command(BaseCommand):
    help = "Write docs/curriculum.md from the content files, and name the themes that no lesson teaches."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.ROOT / "docs" / "curriculum.md"
        found = curriculum.read()
        path.write_text(found.page(), encoding="utf-8")
        self.stdout.write("docs/curriculum.md is written.")
        if missing := found.untaught():
            self.stdout.write(f"Not yet taught: {', '.join(missing)}")
