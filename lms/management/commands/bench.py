"""`manage.py bench`: what the product's pages cost, measured on a seeded database of its own."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from lms.benchmark.certifying import cpu_of_certificates
from lms.benchmark.measuring import Look, Round, cheapest_rounds, look_at
from lms.benchmark.pages import Page, Visit, pages
from lms.benchmark.quizzes import whole_quiz
from lms.benchmark.server import serving

# It is so cheap that the kernel's clock of ten milliseconds needs many of them.
YARDSTICK = Page("bare Django view, 20 KB", "/", weight=25)
HEADINGS = ("page", "CPU ms", "× bare", "at most", "p50 ms", "p95 ms", "per second", "statements", "KB")


class Command(BaseCommand):
    help = (
        "Measure CPU time per request (web and database processes together) on a database of its own. With "
        "PIPER_DATABASE_URL naming an empty PostgreSQL database that one is filled and measured instead of SQLite."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--learners", type=int, default=100)
        parser.add_argument("--requests", type=int, default=40, help="For each page and round.")
        parser.add_argument("--rounds", type=int, default=5, help="The cheapest counts.")
        parser.add_argument(
            "--here", action="store_true", help="Measure this database, which is seeded already."
        )

    def handle(self, *args: Any, here: bool, **options: Any) -> None:
        if here:
            self._measure(options["requests"], options["rounds"])
            return
        with TemporaryDirectory() as folder:
            environment = {
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "lms.settings.demo",
                "PIPER_MEDIA_ROOT": str(Path(folder) / "media"),
            }
            environment.setdefault("PIPER_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
            learners = str(options["learners"])
            for command in (
                ["migrate", "--verbosity", "0"],
                ["seed", "--stage", "certified", "--learners", learners],
                ["bench", "--here", f"--requests={options['requests']}", f"--rounds={options['rounds']}"],
            ):
                subprocess.run(  # noqa: S603 - our own words, no shell
                    [sys.executable, "manage.py", *command], env=environment, cwd=settings.ROOT, check=True
                )

    def _measure(self, requests: int, rounds: int) -> None:
        with (
            serving("lms.benchmark.bare:application", {}) as bare,
            serving("lms.wsgi:application", {}) as site,
        ):
            visits = [*pages(), whole_quiz()]
            turns = [(YARDSTICK, bare), *((visit, site) for visit in visits)]
            yardstick, *found = cheapest_rounds(turns, _helpers, requests=requests, rounds=rounds)
        self._print(HEADINGS)
        self._print(["---"] * len(HEADINGS))
        self._print([YARDSTICK.name, f"{yardstick.cpu_ms:.2f}", "1", *[""] * 6])
        for visit, best in zip(visits, found, strict=True):
            self._print(_figures(visit, best, look_at(visit), yardstick.cpu_ms))
        if issued := cpu_of_certificates(_helpers):
            self.stdout.write(
                f"\nA certificate, granted and sealed: {min(issued):.0f} CPU ms, best of {len(issued)}."
            )

    def _print(self, cells: Iterable[str]) -> None:
        self.stdout.write("| " + " | ".join(cells) + " |")


def _helpers() -> list[int]:
    """PostgreSQL's processes that serve this database."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend' ORDER BY pid"
        )
        return [pid for (pid,) in cursor.fetchall()]


def _figures(visit: Visit, best: Round, look: Look, bare: float) -> list[str]:
    percentiles = best.percentiles
    return [
        visit.name,
        f"{best.cpu_ms:.1f}",
        f"{best.cpu_ms / bare:.0f}",
        f"{visit.budget or ''}",
        f"{percentiles[9]:.1f}",
        f"{percentiles[18]:.1f}",
        f"{1000 / mean(best.times):.0f}",
        f"{look.statements}",
        f"{look.size / 1000:.1f}",
    ]
