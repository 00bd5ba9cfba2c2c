"""How far each of many learners has come: every state that the product knows, in the proportions of a busy year."""

from collections import Counter
from collections.abc import Iterator
from enum import IntEnum, auto
from itertools import cycle, islice


class Reach(IntEnum):
    """The furthest point of a learner's way, the nearest first."""

    REGISTERED = auto()
    ENROLLED = auto()
    READING = auto()
    LEFT = auto()
    ATTEMPTING = auto()
    FAILING = auto()
    EXHAUSTED = auto()
    PASSED = auto()
    DRAFTING = auto()
    WAITING = auto()
    CLAIMED = auto()
    MARKED = auto()
    CHECKED = auto()
    NOT_YET = auto()
    UNSAFE = auto()
    READY = auto()
    NAMED = auto()
    DEFERRED = auto()
    REFUSED = auto()
    BEING_MADE = auto()
    CERTIFIED = auto()
    SUSPENDED = auto()
    REVOKED = auto()

    @property
    def is_released(self) -> bool:
        """The first piece of work has a result."""
        return self >= Reach.NOT_YET

    @property
    def is_candidate(self) -> bool:
        """Everything that the certificate asks for is there."""
        return self >= Reach.READY

    @property
    def has_name(self) -> bool:
        """The candidate has confirmed how the name is printed."""
        return self >= Reach.NAMED


# Of every forty learners. The rarest come early, so that a small crowd has them too.
OF_FORTY = {
    Reach.CERTIFIED: 2,
    Reach.NAMED: 2,
    Reach.CHECKED: 2,
    Reach.WAITING: 2,
    Reach.NOT_YET: 1,
    Reach.READY: 1,
    Reach.MARKED: 1,
    Reach.SUSPENDED: 1,
    Reach.REVOKED: 1,
    Reach.DEFERRED: 1,
    Reach.REFUSED: 1,
    Reach.BEING_MADE: 1,
    Reach.UNSAFE: 1,
    Reach.CLAIMED: 1,
    Reach.ATTEMPTING: 1,
    Reach.EXHAUSTED: 1,
    Reach.LEFT: 1,
    Reach.FAILING: 2,
    Reach.REGISTERED: 2,
    Reach.ENROLLED: 3,
    Reach.DRAFTING: 3,
    Reach.PASSED: 4,
    Reach.READING: 5,
}
# What there is never much of at once, and where whoever is too many stands instead. The first four are
# certificates: fifty of them, because each is really printed.
AT_MOST = {
    Reach.BEING_MADE: (5, Reach.NAMED),
    Reach.CERTIFIED: (30, Reach.NAMED),
    Reach.SUSPENDED: (8, Reach.NAMED),
    Reach.REVOKED: (7, Reach.NAMED),
    Reach.DEFERRED: (10, Reach.NAMED),
    Reach.REFUSED: (10, Reach.NAMED),
    Reach.CLAIMED: (4, Reach.PASSED),
    Reach.MARKED: (7, Reach.READY),
    Reach.CHECKED: (25, Reach.NOT_YET),
}


def destinies(count: int) -> Iterator[Reach]:
    """The destiny of each of so many learners, in turn."""
    met: Counter[Reach] = Counter()
    for reach in islice(cycle(_forty()), count):
        most, instead = AT_MOST.get(reach, (count, reach))
        yield reach if met[reach] < most else instead
        met[reach] += 1


def _forty() -> list[Reach]:
    """The forty with the kinds mixed: one of each, then what is left of each, until nothing is left."""
    left = Counter(OF_FORTY)
    mixed = []
    while left:
        mixed += list(left)
        left -= Counter(list(left))
    return mixed
