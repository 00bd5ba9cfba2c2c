"""`manage.py backup FILE`: one archive of everything, while the site runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lms.operations.backups import back_up
from lms.operations.snapshots import BackupFailed


class Command(BaseCommand):
    help = "Write one archive of the database and all stored files, while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="Where to write the archive, such as /backups/piper.tar.gz."
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if file.exists():
            raise CommandError(f"{file} exists already. Nothing was written over.")
        if not file.parent.is_dir():
            raise CommandError(f"There is no folder {file.parent}.")
        try:
            manifest = back_up(file, at=timezone.now())
        except BackupFailed as fault:
            raise CommandError(f"No backup was made. The database said: {fault}") from fault
        rows = sum(manifest.rows.values())
        self.stdout.write(
            f"{file}: {rows} rows and {len(manifest.files)} files. Check it with restore_check."
        )
