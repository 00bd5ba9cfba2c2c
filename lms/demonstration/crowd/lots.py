"""The work of many learners and how it is judged: batches one after the other, and samples really drawn.

A learner hands in the first assignment, and whoever becomes a candidate the second one ten days later.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from uuid import UUID

from assessments import judging, sampling
from lms.demonstration.crowd.destinies import Reach
from lms.demonstration.crowd.learners import Learner
from lms.demonstration.crowd.timetable import DAY, END, days_before_the_end

SHARE_PERCENT = 20
FULL = 10  # markings, with which the clock closes a batch
FULL_FROM = 60  # works; fewer than these make smaller batches, closed by the lead
SMALL = 4

# When the first assignment's batches are opened that have been released, and how much later the second's are.
FIRST_OPENED, LAST_OPENED = 40 * DAY, 99 * DAY
SECOND_AFTER = 10 * DAY
LONGEST_OPEN = 3 * DAY
CHECKED_OPENED, CHECKED_EVERY = days_before_the_end(17), 2 * DAY
MARKED_OPENED = days_before_the_end(3)
WAITING_FROM = days_before_the_end(2)

OVERTURNED_DOWN_IN = 3
OVERTURNED_UP_IN = 12


@dataclass(slots=True)
class Decision:
    """A quality assurer's: `bands` by the criterion's place; empty where the marking was agreed."""

    tick: int
    by_lead: bool
    bands: dict[int, int]


@dataclass(slots=True)
class Piece:
    """A piece of work. `bands` are the assessor's, in the order of the rubric's criteria."""

    learner: Learner
    assignment: int
    handed_in: int
    bands: list[int] = field(default_factory=list)
    unsafe: int = 0
    marked: int = 0
    uuid: UUID | None = None
    assessor: int = 0
    drawn_for: sampling.DrawnFor | None = None
    decision: Decision | None = None

    @property
    def standing_bands(self) -> list[int]:
        decided = self.decision.bands if self.decision else {}
        return [decided.get(place, band) for place, band in enumerate(self.bands)]

    @property
    def is_competent(self) -> bool:
        return not self.unsafe and min(self.standing_bands) >= judging.PASS_BAND


@dataclass(slots=True)
class Lot:
    """A batch as it is planned: the ticks of its life, None where it has not come to that."""

    assignment: int
    learners: list[Learner]
    opened: int
    closed: int | None
    released: int | None
    pieces: list[Piece] = field(default_factory=list)
    seed: str = ""

    @property
    def is_full(self) -> bool:
        return len(self.learners) >= FULL


def plan_lots(learners: Sequence[Learner]) -> list[Lot]:
    """Who is judged together and when, in the order in which the batches were opened."""
    released = [each for each in learners if each.reach.is_released]
    checked = [each for each in learners if each.reach is Reach.CHECKED]
    marked = [each for each in learners if each.reach is Reach.MARKED]
    lots = _released_lots(released)
    for number, group in enumerate(_groups(checked, FULL)):
        opened = CHECKED_OPENED + number * CHECKED_EVERY
        lots.append(Lot(0, group, opened, opened + DAY, None))
    lots += [Lot(0, group, MARKED_OPENED, None, None) for group in _groups(marked, FULL)]
    return sorted(lots, key=lambda lot: (lot.opened, lot.assignment))


def hand_in(lots: Iterable[Lot], waiting: Iterable[Learner], chance: Random) -> list[Piece]:
    """The works of each batch, handed in and marked oldest first; returns those that nobody has marked yet."""
    newest = {0: 0, 1: 0}
    for lot in lots:
        until = lot.closed if lot.closed is not None else lot.opened + 2 * DAY
        for place, learner in enumerate(lot.learners):
            marked = lot.opened + (until - lot.opened) * place // len(lot.learners)
            handed_in = max(newest[lot.assignment], marked - chance.randrange(2 * DAY, 5 * DAY))
            newest[lot.assignment] = handed_in
            lot.pieces.append(Piece(learner, lot.assignment, handed_in, marked=marked))
    return [Piece(each, 0, chance.randrange(WAITING_FROM, END)) for each in waiting]


def judge(lots: Sequence[Lot], assessors: Sequence[UUID], criteria: Sequence[int], chance: Random) -> None:
    """Give every work its assessor and bands, draw each sample as the batch closes, and decide what was drawn.

    `criteria` says how many criteria each assignment's rubric has.
    """
    for number, lot in enumerate(lots):
        for place, piece in enumerate(lot.pieces):
            piece.uuid = UUID(int=chance.getrandbits(128), version=4)
            # Two assessors share a batch, and not always the same two.
            piece.assessor = (number + place % 2) % len(assessors)
            piece.bands = _bands(piece, criteria[lot.assignment], chance)
            piece.unsafe = int(piece.learner.reach is Reach.UNSAFE)
    earlier: Counter[int] = Counter()
    for lot in sorted((lot for lot in lots if lot.closed is not None), key=lambda lot: lot.closed or 0):
        lot.seed = chance.randbytes(32).hex()
        _draw(lot, assessors, earlier)
        earlier.update(piece.assessor for piece in lot.pieces)
        _decide(lot, chance)


def _released_lots(learners: Sequence[Learner]) -> list[Lot]:
    groups = _groups(learners, FULL if len(learners) >= FULL_FROM else SMALL)
    lots = []
    for number, group in enumerate(groups):
        opened = FIRST_OPENED + (LAST_OPENED - FIRST_OPENED) * number // len(groups)
        following = FIRST_OPENED + (LAST_OPENED - FIRST_OPENED) * (number + 1) // len(groups)
        closed = min(opened + LONGEST_OPEN, following)
        candidates = [each for each in group if each.reach.is_candidate]
        lots.append(Lot(0, group, opened, closed, closed + 2 * DAY))
        if candidates:
            later = closed + SECOND_AFTER
            lots.append(Lot(1, candidates, opened + SECOND_AFTER, later, later + 2 * DAY))
    return lots


def _groups(learners: Sequence[Learner], size: int) -> list[list[Learner]]:
    return [list(learners[start : start + size]) for start in range(0, len(learners), size)]


def _bands(piece: Piece, criteria: int, chance: Random) -> list[int]:
    bands = chance.choices((2, 3, 4), (4, 5, 3), k=criteria)
    if piece.learner.reach is Reach.NOT_YET:
        bands[chance.randrange(criteria)] = 1
    return bands


def _draw(lot: Lot, assessors: Sequence[UUID], earlier: Counter[int]) -> None:
    drawn = sampling.draw_sample(
        bytes.fromhex(lot.seed),
        [
            sampling.Candidate(str(piece.uuid), str(assessors[piece.assessor]), earlier[piece.assessor])
            for piece in lot.pieces
        ],
        Fraction(SHARE_PERCENT, 100),
    )
    reasons = {each.marking: each.reason for each in drawn}
    for piece in lot.pieces:
        piece.drawn_for = reasons.get(str(piece.uuid))


def _decide(lot: Lot, chance: Random) -> None:
    """Decide the sample of a batch, or every second of it where the batch is being checked still."""
    sampled = [piece for piece in lot.pieces if piece.drawn_for]
    for place, piece in enumerate(sampled if lot.released is not None else sampled[::2]):
        tick = (lot.closed or 0) + chance.randrange(3, DAY)
        piece.decision = Decision(tick, place % 3 == 2, _overturned(piece, chance))


def _overturned(piece: Piece, chance: Random) -> dict[int, int]:
    """The bands that the assurer sets instead; the assessor's own are put so that the outcome stays as destined."""
    if piece.learner.reach is Reach.NOT_YET and chance.randrange(OVERTURNED_DOWN_IN) == 0:
        failed = piece.bands.index(1)
        piece.bands[failed] = 2
        return {failed: 1}
    if piece.is_competent and chance.randrange(OVERTURNED_UP_IN) == 0:
        doubtful = chance.randrange(len(piece.bands))
        piece.bands[doubtful] = 1
        return {doubtful: 2}
    return {}
