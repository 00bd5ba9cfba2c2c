"""Clock work: what must happen by itself when its time comes, each piece once at a time.

An app registers its pieces in its AppConfig.ready(); `manage.py run_due`, called each minute, runs
those that are due.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from lms.jobs.models import DueRun

Work = Callable[[datetime], object]

logger = logging.getLogger(__name__)


class PiecesFailed(Exception):
    """`str()` names the pieces that failed; the log says how. The others were run."""


@dataclass(frozen=True)
class Piece:
    """A piece of clock work: what to call, and how long to leave between two runs."""

    name: str
    work: Work
    every: timedelta


PIECES: dict[str, Piece] = {}


def register(name: str, work: Work, every: timedelta = timedelta(minutes=1)) -> None:
    """Have `work(at)` called at least `every` apart, under the name that its lock row carries."""
    PIECES[name] = Piece(name, work, every)


def run_due(at: datetime) -> list[str]:
    """Run each piece whose time has come; returns their names. Two clocks at once run each piece once.

    Raises PiecesFailed in the end: a piece that fails keeps no other from running.
    """
    outcomes = {piece.name: _run(piece, at) for piece in PIECES.values() if _claim(piece, at)}
    failed = [name for name, went_well in outcomes.items() if not went_well]
    if failed:
        raise PiecesFailed(", ".join(failed))
    return list(outcomes)


def _claim(piece: Piece, at: datetime) -> bool:
    DueRun.objects.bulk_create([DueRun(name=piece.name)], ignore_conflicts=True)
    # A little early counts as due: a clock that ticks each minute never ticks exactly each minute.
    early = at - piece.every + timedelta(seconds=5)
    with transaction.atomic():
        row = DueRun.objects.select_for_update().get(name=piece.name)
        if row.ran_at and row.ran_at > early:
            return False
        return bool(DueRun.objects.filter(pk=row.pk).update(ran_at=at))


def _run(piece: Piece, at: datetime) -> bool:
    try:
        piece.work(at)
    except Exception:
        logger.exception("Clock work failed: %s.", piece.name)
        return False
    return True
