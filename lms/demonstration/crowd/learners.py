"""What each of many learners did and when, planned backwards from the furthest point that they reached."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from lms.demonstration.crowd.destinies import Reach
from lms.demonstration.crowd.names import invented_name
from lms.demonstration.crowd.timetable import DAY, END, days_before_the_end

# Of ten: six work at the council, two at the board, two at neither.
EMPLOYERS = ("council",) * 6 + ("board",) * 2 + ("",) * 2
RECENTLY = 25  # working days
FAILS_FIRST_IN = 4
TRIES = 3


@dataclass(slots=True)
class Try:
    """An attempt at the quiz of this place in the course; `passes` is None where it is still open."""

    quiz: int
    tick: int
    passes: bool | None


@dataclass(slots=True)
class Learner:
    """One of many: who they are, how far they come, and the ticks of what they do. None: never."""

    number: int
    reach: Reach
    first_name: str
    last_name: str
    employer: str
    is_practitioner: bool
    joined: int = 0
    enrolled: int | None = None
    left: int | None = None
    lessons: list[tuple[int, int]] = field(default_factory=list)
    tries: list[Try] = field(default_factory=list)
    drafted: int | None = None
    finished: int | None = None
    # The row of the person and of the enrolment, once they are made.
    user: int = 0
    uuid: UUID | None = None
    enrolment: int = 0

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def meet(number: int, reach: Reach, chance: Random) -> Learner:
    """A person with a name, perhaps an employer, and a destiny."""
    first, last = invented_name(chance)
    is_practitioner = reach >= Reach.DRAFTING or chance.random() < 1 / 2
    return Learner(number, reach, first, last, chance.choice(EMPLOYERS), is_practitioner)


def plan(learner: Learner, lessons: Sequence[int], chance: Random, handed_in: int | None = None) -> None:
    """Set every tick, from the last deed back.

    `lessons` says how many lessons stand before each quiz of the course; `handed_in` is the tick at which
    those who hand in work do so first.
    """
    last = _last_deed(learner.reach, chance) if handed_in is None else handed_in
    learner.joined = last
    if learner.reach is Reach.REGISTERED:
        return
    tick = last - chance.randrange(2, DAY)
    if learner.reach is Reach.READING:
        tick = _reads(learner, range(chance.randrange(1, lessons[0])), tick, chance)
    for quiz, outcomes in reversed(list(enumerate(_outcomes(learner.reach, len(lessons), chance)))):
        tick = _tries(learner, quiz, outcomes, tick, chance)
        before = sum(lessons[:quiz])
        tick = _reads(learner, range(before, before + lessons[quiz]), tick, chance)
    learner.enrolled = tick
    learner.joined = tick - chance.randrange(DAY, 2 * DAY)
    learner.left = last if learner.reach is Reach.LEFT else None
    learner.drafted = last if learner.reach is Reach.DRAFTING else None


def _last_deed(reach: Reach, chance: Random) -> int:
    days = 3 if reach is Reach.ATTEMPTING else RECENTLY
    return chance.randrange(days_before_the_end(days), END)


def _outcomes(reach: Reach, quizzes: int, chance: Random) -> list[list[bool | None]]:
    """How each try at each quiz went, of the quizzes that were tried."""
    match reach:
        case Reach.ENROLLED | Reach.READING | Reach.LEFT:
            return []
        case Reach.ATTEMPTING:
            return [[None]]
        case Reach.FAILING:
            return [[False]]
        case Reach.EXHAUSTED:
            return [[False] * TRIES]
    return [[False, True] if chance.randrange(FAILS_FIRST_IN) == 0 else [True] for _ in range(quizzes)]


def _tries(learner: Learner, quiz: int, outcomes: Sequence[bool | None], tick: int, chance: Random) -> int:
    """The tries at one quiz, the last of them at this tick; returns a tick before the first."""
    for outcome in reversed(outcomes):
        learner.tries.insert(0, Try(quiz, tick, outcome))
        tick -= chance.randrange(3, DAY)
    return tick


def _reads(learner: Learner, lessons: Sequence[int], tick: int, chance: Random) -> int:
    """These lessons, the last of them at this tick; returns a tick before the first."""
    for lesson in reversed(lessons):
        learner.lessons.append((lesson, tick))
        tick -= chance.randrange(2, DAY)
    return tick
