"""Measuring a page: CPU of all processes, wall time, statements and size."""

import http.client
import statistics
import time
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.benchmark import cpu
from lms.benchmark.pages import Measured
from lms.benchmark.server import Served

WARM_UP = 10


@dataclass(frozen=True)
class Cost:
    """What one page costs: milliseconds for each request, statements, and bytes of HTML."""

    cpu_ms: float
    p50_ms: float
    p95_ms: float
    per_second: float
    statements: int
    size: int


def measure(page: Measured, served: Served, others: Collection[int], *, requests: int, rounds: int) -> Cost:
    """The page's cost in its cheapest of several rounds; `others` are processes that work for it, such as PostgreSQL's."""
    statements, size = _look_at(page)
    used, times = cpu_of_requests(page, served, others, requests=requests, rounds=rounds)
    percentiles = statistics.quantiles(times, n=20)
    return Cost(used, percentiles[9], percentiles[18], 1000 / statistics.mean(times), statements, size)


def cpu_of_requests(
    page: Measured, served: Served, others: Collection[int], *, requests: int, rounds: int
) -> tuple[float, list[float]]:
    """CPU milliseconds for each request in the cheapest round, and that round's wall times."""
    _time(page, served, WARM_UP)
    return min(_round(page, served, others, requests) for _ in range(rounds))


def _round(
    page: Measured, served: Served, others: Collection[int], requests: int
) -> tuple[float, list[float]]:
    begun = cpu.milliseconds([served.pid, *others])
    times = _time(page, served, requests)
    return (cpu.milliseconds([served.pid, *others]) - begun) / requests, times


def _time(page: Measured, served: Served, requests: int) -> list[float]:
    """Milliseconds of each of so many requests, one after the other on one connection."""
    line = http.client.HTTPConnection("127.0.0.1", served.port)
    times = []
    for _ in range(requests):
        begun = time.perf_counter()
        line.request("GET", page.url, headers={"Host": "localhost", "Cookie": page.cookie})
        answer = line.getresponse()
        answer.read()
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status != http.client.OK:
            raise WrongAnswer(f"{page.name} answered {answer.status}: {page.url}")
    return times


def _look_at(page: Measured) -> tuple[int, int]:
    """How many statements the page sends, warm, and how long its HTML is."""
    client = Client(SERVER_NAME="localhost")
    name, _, value = page.cookie.partition("=")
    if name:
        client.cookies[settings.SESSION_COOKIE_NAME] = value
    client.get(page.url)
    with CaptureQueriesContext(connection) as sent:
        answer = client.get(page.url)
    return len(sent), len(answer.content)


class WrongAnswer(Exception):
    """A page did not answer 200, so its cost would say nothing."""
