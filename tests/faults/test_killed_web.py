"""The web server is killed while learners answer: what they were told was saved is there, once.

PIPER_WEB_KILLS   kills of the server (default 3); where it is set, the figures are printed as Markdown
PIPER_WEB_SAVES   acknowledged saves (default 240)
PIPER_WEB_SEED    the instants of the kills
"""

import os
import random
import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from assessments.actions import attempts
from assessments.models import Answer, Attempt
from courses.models import CoursePage, ModulePage
from lms.audit import chain, verification
from tests.factories import assessments as factory
from tests.faults import web_figures
from tests.faults.web_load import ROUNDS, Ledger, Sheet, answer_all, sheet
from tests.faults.web_server import WebServer
from tests.races import scenes
from tests.races.invariants import wrongly_closed

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

KILLS = int(os.environ.get(web_figures.KILLS, "3"))
SAVES = int(os.environ.get("PIPER_WEB_SAVES", "240"))
QUESTIONS = 20
LEARNERS = 4


@pytest.fixture
def opened(foundations: CoursePage, module: ModulePage) -> list[Attempt]:
    """So many open attempts of twenty questions as take that many saves."""
    quiz = factory.quiz(module, questions=QUESTIONS)
    enrolments = scenes.enrolled(foundations, SAVES // (QUESTIONS * len(ROUNDS)))
    at = timezone.now()
    return [attempts.start(each, quiz, by=each.learner, at=at) for each in enrolments]


def test_what_was_acknowledged_is_there_once_however_often_the_server_is_killed(
    opened: list[Attempt],
) -> None:
    ledger = under_kills(opened, "lms.wsgi:application", KILLS)

    found = {
        "kills": KILLS,
        "saves": len(ledger.saves),
        "receipts": len(ledger.receipts),
        "asked again": ledger.repeated,
        "lost": len(lost(ledger)),
        "doubled": doubled(),
        "other faults": len(ledger.faults) + len(wrongly_closed(opened)) + len(list(verification.faults())),
    }
    web_figures.keep("as it is", found)
    assert found == {
        **found,
        "saves": len(opened) * QUESTIONS * len(ROUNDS),
        "receipts": len(opened),
        "lost": 0,
        "doubled": 0,
        "other faults": 0,
    }, ledger.faults


def test_a_server_that_acknowledges_before_it_commits_is_found_out(opened: list[Attempt]) -> None:
    few = opened[:LEARNERS]
    kills = min(KILLS, 5)

    ledger = under_kills(few, "tests.faults.hasty:application", kills)

    missing = lost(ledger)
    web_figures.keep(
        "control: acknowledged before the commit",
        {
            "kills": kills,
            "saves": len(ledger.saves),
            "receipts": len(ledger.receipts),
            "asked again": ledger.repeated,
            "lost": len(missing),
            "doubled": doubled(),
        },
    )
    assert missing


def under_kills(opened: list[Attempt], application: str, kills: int) -> Ledger:
    """Have the attempts answered and handed in, and kill the server each time that so many saves went by."""
    sheets: list[Sheet] = [sheet(attempt) for attempt in opened]
    saves = len(sheets) * QUESTIONS * len(ROUNDS)
    seed = int(os.environ.get("PIPER_WEB_SEED", time.time_ns() % 10_000))
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated needs no secret
    connection.close()
    server = WebServer(application)
    server.start()
    try:
        ledger, learners = answer_all(sheets, server.port, LEARNERS)
        for number in range(1, kills + 1):
            while len(ledger.saves) < saves * number // (kills + 1) and any(
                each.is_alive() for each in learners
            ):
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.03))
            server.kill()
            server.start()
        for learner in learners:
            learner.join()
    finally:
        server.kill()
    return ledger


def lost(ledger: Ledger) -> list[object]:
    """What a learner was told is kept and counts, and is not there as it was told."""
    kept = set(
        Answer.objects.counted().values_list(
            "asked__attempt", "asked__position", "revision", "response_digest"
        )
    )
    receipts = dict(Attempt.objects.values_list("pk", "receipt"))
    saves = [each for each in ledger.saves if (*each[:3], chain.digest(each[3])) not in kept]
    return [*saves, *(pk for pk, receipt in ledger.receipts.items() if receipts[pk] != receipt)]


def doubled() -> int:
    """How many answers were stored more than once: a learner gives each of two to a question."""
    rows = Counter(Answer.objects.values_list("asked", "response_digest"))
    return sum(number - 1 for number in rows.values())
