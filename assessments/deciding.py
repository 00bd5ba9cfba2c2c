"""What a way through a case comes to: points, the mark needed, whether harm was done, and what it shows.

A case is a branching story that is judged. It is passed by whoever reached an ending with enough points in which
nobody came to harm; points are whole, so the mark needed is rounded up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from courses.branching.playing import Standing
from courses.branching.script import Script
from courses.branching.spreading import spread

ENGINE_VERSION = 1


@dataclass(frozen=True)
class Outcome:
    """What somebody's decisions came to; `ending` is empty where the time was over before the story was."""

    points: int
    points_available: int
    points_needed: int
    ending: str
    did_harm: bool

    @property
    def is_pass(self) -> bool:
        return bool(self.ending) and not self.did_harm and self.points >= self.points_needed


@dataclass(frozen=True)
class Decided:
    """A decision as good as any that stood there, and the competency that it shows at a level."""

    title: str
    competency: str
    level: str


def points_needed(script: Script, pass_percent: int) -> int:
    """The fewest points that reach the share asked for."""
    return -(-pass_percent * script.best_score // 100)


def came_to(standing: Standing, pass_percent: int) -> Outcome:
    """What the story so far comes to."""
    ending = standing.ending
    return Outcome(
        points=standing.score,
        points_available=standing.script.best_score,
        points_needed=points_needed(standing.script, pass_percent),
        ending=ending.key if ending else "",
        did_harm=standing.did_harm or bool(ending and ending.is_harm),
    )


def decided_well(standing: Standing) -> Iterator[Decided]:
    """The decisions that scored the most that their moment offered, where the case says what they show."""
    for moment in standing.moments:
        node = moment.node
        if node.competency and moment.choice.score == node.best_score > 0:
            yield Decided(node.title, node.competency, node.level)


def chance_of_luck(script: Script, pass_percent: int, attempts: int) -> Fraction:
    """The exact chance that somebody who decides by tossing a coin passes at least once."""
    needed = points_needed(script, pass_percent)
    once = sum(
        (
            end.chance
            for end in spread(script)
            if end.points >= needed and not (end.did_harm or end.ending.is_harm)
        ),
        Fraction(0),
    )
    return 1 - (1 - once) ** attempts
