"""`manage.py check_content`: read the content files as a strict colleague would."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.content_files.folders import CONTENT
from lms.operations import content
from lms.operations import evidence as evidences


class Command(BaseCommand):
    help = (
        "Check the content files; print each fault as file:line: sentence, and exit with 1 if there are any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            type=Path,
            nargs="?",
            default=CONTENT,
            help="The folder to check (default: the content that ships).",
        )
        parser.add_argument(
            "--evidence", action="store_true", help="List what can show each competency at each level, too."
        )

    def handle(self, *args: Any, folder: Path, evidence: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        if evidence:
            for line in evidences.listed(folder):
                self.stdout.write(line)
        found = content.faults(folder, on=timezone.localdate())
        for fault in found:
            self.stdout.write(f"{_from_here(fault.file)}:{fault.line}: {fault.sentence}")
        if found:
            raise CommandError(
                "1 fault was found." if len(found) == 1 else f"{len(found)} faults were found."
            )
        self.stdout.write(f"{_from_here(folder)}: everything holds. No fault was found.")


def _from_here(path: Path) -> Path:
    """The path as a person at this prompt can open it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
