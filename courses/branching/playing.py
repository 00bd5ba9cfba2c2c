"""Where a reader stands in a scenario: a fold over the choices made, so that nothing is kept twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from courses.branching.script import SCORE, Choice, Counter, Ending, Node, Script


class NoSuchChoice(LookupError):
    """The choice is not one of those that stand at this point of the story."""


@dataclass(frozen=True)
class Moment:
    """A decision that was taken, and how the counters stood after it."""

    node: Node
    choice: Choice
    counters: Mapping[str, Decimal]


@dataclass(frozen=True)
class Standing:
    """The story so far: what was decided, and the node that waits or the ending that was reached."""

    script: Script
    moments: tuple[Moment, ...]
    node: Node | None
    ending: Ending | None
    counters: Mapping[str, Decimal]

    @property
    def score(self) -> int:
        return int(self.counters[SCORE])

    @property
    def did_harm(self) -> bool:
        return any(moment.choice.is_harm for moment in self.moments)

    @property
    def last(self) -> Moment | None:
        return self.moments[-1] if self.moments else None

    def shown(self) -> list[tuple[Counter, Decimal]]:
        """The counters that a reader sees now: the hidden ones once the story has ended."""
        return [
            (counter, self.counters[counter.key])
            for counter in self.script.counters
            if self.ending or not counter.is_hidden
        ]


def stand(script: Script, chosen: Iterable[str]) -> Standing:
    """Follow the choices, by their keys in order, from the first node; raises NoSuchChoice."""
    counters = begun(script)
    node: Node | None = script.nodes[0]
    ending: Ending | None = None
    moments: list[Moment] = []
    for key in chosen:
        choice = node.choice(key) if node else None
        if node is None or choice is None:
            raise NoSuchChoice(key)
        counters = moved(counters, choice)
        moments.append(Moment(node, choice, counters))
        node = script.node(choice.to)
        if node is None:
            ending = ending_after(script, choice, counters)
    return Standing(script, tuple(moments), node, ending, counters)


def begun(script: Script) -> dict[str, Decimal]:
    """How the counters stand before anything has been decided."""
    return {SCORE: Decimal(0)} | {counter.key: counter.start for counter in script.counters}


def ending_after(script: Script, choice: Choice, counters: Mapping[str, Decimal]) -> Ending:
    """Where a choice ends the story: at the ending that it names, else where the counters say."""
    return script.ending(choice.to) or ending_for(script, counters)


def ending_for(script: Script, counters: Mapping[str, Decimal]) -> Ending:
    """The first ending whose counters have been reached; the last one asks for nothing."""
    return next(
        (
            ending
            for ending in script.endings
            if all(counters[key] >= least for key, least in ending.least.items())
        ),
        script.endings[-1],
    )


def moved(counters: Mapping[str, Decimal], choice: Choice) -> dict[str, Decimal]:
    """How the counters stand after a choice."""
    adds = {**choice.adds, SCORE: choice.adds.get(SCORE, Decimal(0)) + choice.score}
    return {
        key: value * choice.times.get(key, Decimal(1)) + adds.get(key, Decimal(0))
        for key, value in counters.items()
    }
