"""The web server as it runs in life, on loopback, killed as a power cut kills: all of its processes at once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from lms.benchmark.server import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]


class WebServer:
    """Granian with the product's settings on the test database; started again on the same port after each kill."""

    def __init__(self, application: str) -> None:
        self.port = free_port()
        self._application = application
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and return when the first request would be answered."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", "1", "--blocking-threads", "2", "--no-log"]
        self._process = subprocess.Popen(  # noqa: S603 - our own words, no shell
            [*command, self._application],
            cwd=ROOT,
            env={**os.environ, **_environment()},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # A group of its own: the worker must die with the process that watches it.
            start_new_session=True,
        )
        wait_for(self.port)

    def kill(self) -> None:
        """`kill -9` for the server and its worker."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


def database_url() -> str:
    """The test database, as PIPER_DATABASE_URL names it to another process."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    return f"postgres://{parts['USER']}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"


def _environment() -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "lms.settings.demo",
        "PIPER_DATABASE_URL": database_url(),
        # The sessions that the test has made must hold there too.
        "PIPER_SECRET_KEY": settings.SECRET_KEY,
    }
