"""Measuring visits: CPU of all processes, wall time, statements and size."""

import statistics
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.benchmark import cpu
from lms.benchmark.lines import Inside, Wire
from lms.benchmark.pages import Visit
from lms.benchmark.server import Served

WARM_UP = 10
# The processes that work for the server, such as PostgreSQL's; asked before and after each round.
Helpers = Callable[[], Collection[int]]


@dataclass(frozen=True)
class Round:
    """One round of visits: CPU milliseconds for each, and the wall time of each."""

    cpu_ms: float
    times: tuple[float, ...]

    @property
    def percentiles(self) -> list[float]:
        """In steps of five."""
        return statistics.quantiles(self.times, n=20) if len(self.times) > 1 else [*self.times] * 19


@dataclass(frozen=True)
class Look:
    """What a visit sends and shows: statements, and bytes of the last page."""

    statements: int
    size: int


def cheapest_rounds(
    visits: Iterable[tuple[Visit, Served]], helpers: Helpers, *, requests: int, rounds: int
) -> list[Round]:
    """The cheapest round of each visit.

    Every visit has its turn in each round, so that an hour in which others use the machine too is no visit's alone.
    """
    turns = list(visits)
    for visit, served in turns:
        _make(visit, served, WARM_UP)
    done = [[_round(visit, served, helpers, requests) for visit, served in turns] for _ in range(rounds)]
    return [min(mine, key=lambda each: each.cpu_ms) for mine in zip(*done, strict=True)]


def look_at(visit: Visit) -> Look:
    """What the visit sends and shows, once it has been made before."""
    visit.make(Inside())
    with CaptureQueriesContext(connection) as sent:
        size = visit.make(Inside())
    return Look(len(sent), size)


def _round(visit: Visit, served: Served, helpers: Helpers, requests: int) -> Round:
    while True:
        working = helpers()
        begun = cpu.milliseconds([served.pid, *working])
        times = _make(visit, served, requests)
        used = cpu.milliseconds([served.pid, *working]) - begun
        # A connection that was opened anew took what its process had used with it.
        if helpers() == working:
            return Round(used / len(times), times)


def _make(visit: Visit, served: Served, requests: int) -> tuple[float, ...]:
    """Milliseconds of each of so many visits, one after the other on one connection."""
    # A new one each time: the server closes what has been idle while the others had their turn.
    times = []
    with closing(Wire(served.port)) as line:
        for _ in range(max(1, round(requests * visit.weight))):
            begun = time.perf_counter()
            visit.make(line)
            times.append((time.perf_counter() - begun) * 1000)
    return tuple(times)
