"""`manage.py bench`: what the product's pages cost, measured on a seeded database of its own."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from lms.benchmark import cpu, issuing
from lms.benchmark.measuring import Cost, cpu_of_requests, measure
from lms.benchmark.pages import Measured, pages
from lms.benchmark.server import Served, serving

YARDSTICK = Measured("bare Django view, 20 KB", "/", "", 1)
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
        database = cpu.named("postgres") if connection.vendor == "postgresql" else []
        with serving("lms.benchmark.bare:application", {}) as served:
            bare = _cost_of_the_bare_view(served, requests, rounds)
        self.stdout.write(_row(HEADINGS))
        self.stdout.write(_row(["---"] * len(HEADINGS)))
        self.stdout.write(_row([YARDSTICK.name, f"{bare:.2f}", "1", "", "", "", "", "", ""]))
        with serving("lms.wsgi:application", {}) as served:
            for page in pages():
                cost = measure(page, served, database, requests=requests, rounds=rounds)
                self.stdout.write(_row(_figures(page, cost, bare)))
        self.stdout.write("")
        self.stdout.write(_row(("made by a worker", "CPU ms", "at most", "KB")))
        self.stdout.write(_row(("---",) * 4))
        file = issuing.cost_of_a_file(at=timezone.now(), files=requests)
        self.stdout.write(
            _row(("certificate file", f"{file.cpu_ms:.0f}", f"{issuing.BUDGET}", f"{file.size / 1000:.1f}"))
        )


def _cost_of_the_bare_view(served: Served, requests: int, rounds: int) -> float:
    # It is so cheap that the kernel's clock of ten milliseconds needs many of them.
    return cpu_of_requests(YARDSTICK, served, [], requests=requests * 25, rounds=rounds)[0]


def _figures(page: Measured, cost: Cost, bare: float) -> list[str]:
    return [
        page.name,
        f"{cost.cpu_ms:.1f}",
        f"{cost.cpu_ms / bare:.0f}",
        f"{page.budget}",
        f"{cost.p50_ms:.1f}",
        f"{cost.p95_ms:.1f}",
        f"{cost.per_second:.0f}",
        f"{cost.statements}",
        f"{cost.size / 1000:.1f}",
    ]


def _row(cells: Any) -> str:
    return "| " + " | ".join(cells) + " |"
