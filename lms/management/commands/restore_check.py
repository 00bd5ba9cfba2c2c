"""`manage.py restore_check FILE`: restore a backup beside the running site and say whether it holds."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.operations.backups import faults_of


class Command(BaseCommand):
    help = "Restore a backup beside the running site and check rows, files, certificates and the audit trail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        faults = faults_of(file)
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{file} must not be relied on: {len(faults)} faults.")
        self.stdout.write(f"{file} can be restored: rows, files, certificates, numbers and audit trail hold.")
