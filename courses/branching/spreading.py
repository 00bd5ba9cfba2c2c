"""Where a story ends for somebody who decides by the toss of a coin: every way through it, exactly."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from courses.branching.playing import begun, ending_after, moved
from courses.branching.script import SCORE, Ending, Script


@dataclass(frozen=True)
class End:
    """One way in which a story comes out: where, with how many points, whether harm was done, and its chance."""

    ending: Ending
    points: int
    did_harm: bool
    chance: Fraction


@dataclass(frozen=True)
class _Here:
    """A point at which ways run together: those who stand here have the same before them."""

    node: str
    counters: tuple[tuple[str, Decimal], ...]
    did_harm: bool


def spread(script: Script) -> list[End]:
    """Every end that can be reached, with its chance where each choice is a toss; the chances add up to one.

    The script must be without flaws: no circles, and every choice leads somewhere.
    """
    nodes = {node.key: node for node in script.nodes}
    endings = {ending.key: ending for ending in script.endings}
    found: dict[tuple[str, int, bool], Fraction] = defaultdict(Fraction)
    waiting = {_here(script.nodes[0].key, begun(script), did_harm=False): Fraction(1)}
    while waiting:
        onward: dict[_Here, Fraction] = defaultdict(Fraction)
        for here, chance in waiting.items():
            choices = nodes[here.node].choices
            for choice in choices:
                counters = moved(dict(here.counters), choice)
                did_harm = here.did_harm or choice.is_harm
                if choice.to in nodes:
                    onward[_here(choice.to, counters, did_harm=did_harm)] += chance / len(choices)
                else:
                    ending = ending_after(script, choice, counters)
                    found[ending.key, int(counters[SCORE]), did_harm] += chance / len(choices)
        waiting = onward
    return [End(endings[key], points, harm, chance) for (key, points, harm), chance in found.items()]


def _here(node: str, counters: Mapping[str, Decimal], *, did_harm: bool) -> _Here:
    return _Here(node, tuple(counters.items()), did_harm)
