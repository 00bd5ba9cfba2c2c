"""Real processes that do one thing at the same instant, round after round, and how each of them ended."""

import multiprocessing
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from django.db import connections

from lms.people.refusals import Refusal

WORKERS = 8
PATIENCE = 120  # seconds: longer than SQLite waits for its lock, and than PostgreSQL lets a statement run

fork = multiprocessing.get_context("fork")
Turn = Callable[[int, int], object]


@dataclass(frozen=True)
class Ending:
    """How one worker's turn in one round ended: with a value, a refusal in words, or an error."""

    worker: int
    round: int
    value: Any = None
    refusal: str = ""
    error: str = ""


def together(turn: Turn, rounds: int, workers: int = WORKERS) -> list[Ending]:
    """Call `turn(worker, round)` in so many processes at once; each round begins when all of them stand ready.

    The processes inherit what the caller has patched. Values must survive pickling.
    """
    # A connection must not be used on both sides of a fork: everybody opens their own.
    connections.close_all()
    barrier = fork.Barrier(workers)
    started = [_start(turn, worker, rounds, barrier) for worker in range(workers)]
    try:
        return [ending for _, ear in started for ending in _heard(ear)]
    finally:
        for process, _ in started:
            process.join(timeout=5)
            process.kill()


def errors(endings: Iterable[Ending]) -> list[str]:
    """What went wrong in a way that nobody had foreseen: no value, and no refusal either."""
    return [ending.error for ending in endings if ending.error]


def values_by_round(endings: Iterable[Ending]) -> dict[int, list[Any]]:
    """What the turns of each round returned, leaving out refusals and errors."""
    found: dict[int, list[Any]] = defaultdict(list)
    for ending in endings:
        if not ending.error and not ending.refusal:
            found[ending.round].append(ending.value)
    return found


def _start(turn: Turn, worker: int, rounds: int, barrier: Any) -> tuple[Any, Connection]:
    ear, mouth = fork.Pipe(duplex=False)
    process = fork.Process(target=_run, args=(turn, worker, rounds, barrier, mouth), daemon=True)
    with warnings.catch_warnings():
        # Python 3.12 warns of a fork beside threads; these children touch nothing that a thread may hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    mouth.close()
    return process, ear


def _run(turn: Turn, worker: int, rounds: int, barrier: Any, mouth: Connection) -> None:
    endings = []
    for number in range(rounds):
        barrier.wait(PATIENCE)
        endings.append(_ending(turn, worker, number))
    connections.close_all()
    mouth.send(endings)


def _ending(turn: Turn, worker: int, number: int) -> Ending:
    try:
        return Ending(worker, number, value=turn(worker, number))
    except Refusal as refusal:
        return Ending(worker, number, refusal=str(refusal) or type(refusal).__name__)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test wants to count
        words = str(error).strip().splitlines() or [""]
        return Ending(worker, number, error=f"{type(error).__name__}: {words[0]}")


def _heard(ear: Connection) -> list[Ending]:
    try:
        return ear.recv()
    except EOFError as silence:
        raise AssertionError("A worker ended without a word.") from silence
