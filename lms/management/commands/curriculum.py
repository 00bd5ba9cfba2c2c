"""`manage.py curriculum`: write docs/curriculum.md, where each theme of the founding documents is taught."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lms.operations import curriculum


class Command(BaseCommand):
    help = "Write docs/curriculum.md from the content files, and name the themes that no lesson teaches."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.ROOT / "docs" / "curriculum.md"
        path.write_text(curriculum.page(), encoding="utf-8")
        missing = curriculum.untaught()
        self.stdout.write("docs/curriculum.md is written.")
        if missing:
            self.stdout.write(f"Not yet taught: {', '.join(missing)}")
