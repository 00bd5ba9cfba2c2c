"""The real web server on a port of its own, for as long as a measurement takes."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

SECONDS_TO_START = 60


@dataclass(frozen=True)
class Served:
    """A running server: its process and its port on loopback."""

    pid: int
    port: int


class NotServing(Exception):
    """The server did not answer in time."""


@contextmanager
def serving(application: str, environment: Mapping[str, str]) -> Iterator[Served]:
    """Serve a WSGI application with granian, one worker and two threads; it ends with the block."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "2", "--no-log", application]
    process = subprocess.Popen(  # noqa: S603 - our own words, no shell
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield Served(process.pid, port)
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    """Return when a server answers on the port. Raises NotServing."""
    latest = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < latest:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/livez", headers={"Host": "localhost"})
                connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise NotServing(f"No server answered on port {port} within {SECONDS_TO_START} seconds.")
