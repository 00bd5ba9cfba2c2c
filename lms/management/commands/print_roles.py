"""`manage.py print_roles`: the table of roles as Markdown, for docs/roles.md."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.people.roles_table import markdown


class Command(BaseCommand):
    help = "Print the table of roles as Markdown: manage.py print_roles > docs/roles.md"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(markdown(), ending="")
