"""Learners who answer over HTTP while the server dies under them, and what they were told was saved."""

import http.client
import json
import queue
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from assessments.models import Attempt
from lms.people.models import User

# The first answers, then a change of each: the second is the one that counts.
ROUNDS = ("b", "a")
TOKEN = "t" * 32
SECONDS_BETWEEN_TRIES = 0.05
LONGEST = 900  # seconds


@dataclass(frozen=True)
class Sheet:
    """An attempt as its learner's browser holds it: where to post, as whom, and the options in their order."""

    attempt: int
    url: str
    cookie: str
    orders: tuple[tuple[str, ...], ...]


@dataclass
class Ledger:
    """What was acknowledged: saves as (attempt, place, revision, key), receipts by attempt; and what went wrong."""

    saves: list[tuple[int, int, int, str]] = field(default_factory=list)
    receipts: dict[int, str] = field(default_factory=dict)
    repeated: int = 0
    faults: list[str] = field(default_factory=list)


def sheet(attempt: Attempt) -> Sheet:
    """The attempt in the hands of its learner, signed in."""
    orders = attempt.questions.values_list("option_order", flat=True)
    return Sheet(
        attempt.pk,
        f"/my/attempts/{attempt.uuid}/",
        f"{settings.SESSION_COOKIE_NAME}={_session_of(attempt.enrolment.learner)}; csrftoken={TOKEN}",
        tuple(tuple(order) for order in orders),
    )


def answer_all(sheets: list[Sheet], port: int, learners: int) -> tuple[Ledger, list[threading.Thread]]:
    """Begin to answer and hand in every sheet, so many learners at once; the ledger fills as they go."""
    ledger, waiting = Ledger(), queue.SimpleQueue()
    for each in sheets:
        waiting.put(each)
    threads = [
        threading.Thread(target=_answer_what_waits, args=(waiting, port, ledger), daemon=True)
        for _ in range(learners)
    ]
    for thread in threads:
        thread.start()
    return ledger, threads


def _answer_what_waits(waiting: "queue.SimpleQueue[Sheet]", port: int, ledger: Ledger) -> None:
    line = _Line(port, ledger)
    while True:
        try:
            taken = waiting.get_nowait()
        except queue.Empty:
            line.close()
            return
        for seen, key in enumerate(ROUNDS):
            for place in range(1, len(taken.orders) + 1):
                _save(line, taken, place, key, seen)
        _submit(line, taken)


def _save(line: "_Line", taken: Sheet, place: int, key: str, seen: int) -> None:
    fields = {"answer": taken.orders[place - 1].index(key) + 1, "base_revision": seen}
    status, body = line.ask("POST", f"{taken.url}{place}/answer/", taken.cookie, fields)
    if status == 200:
        line.ledger.saves.append((taken.attempt, place, json.loads(body)["revision"], key))
    else:
        line.ledger.faults.append(f"A save was answered with {status}.")


def _submit(line: "_Line", taken: Sheet) -> None:
    status, _ = line.ask("POST", f"{taken.url}submit/", taken.cookie, {})
    shown, page = line.ask("GET", taken.url, taken.cookie)
    receipt = re.search(r'data-copy="(\w{64})"', page)
    if (status, shown) == (302, 200) and receipt:
        line.ledger.receipts[taken.attempt] = receipt[1]
    else:
        line.ledger.faults.append(f"A hand-in was answered with {status} and {shown}.")


class _Line:
    """A browser's connection, which asks again as long as there is no answer."""

    def __init__(self, port: int, ledger: Ledger) -> None:
        self._port = port
        self.ledger = ledger
        self._connection = self._connect()

    def ask(
        self, method: str, url: str, cookie: str, fields: dict[str, int] | None = None
    ) -> tuple[int, str]:
        body = urlencode(fields) if fields is not None else None
        headers = {"Host": "localhost", "Cookie": cookie, "X-CSRFToken": TOKEN}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            try:
                self._connection.request(method, url, body=body, headers=headers)
                with self._connection.getresponse() as reply:
                    return reply.status, reply.read().decode()
            except (OSError, http.client.HTTPException):
                self.ledger.repeated += 1
                self._connection.close()
                time.sleep(SECONDS_BETWEEN_TRIES)
                self._connection = self._connect()
        raise TimeoutError(f"{url} was never answered.")

    def close(self) -> None:
        self._connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)


def _session_of(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)
