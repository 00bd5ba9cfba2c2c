"""What is wrong with a script, before a reader finds out: dead ends, lost nodes, circles, missing debriefs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from courses.branching.script import SCORE, Script

MOODS = ("ok", "info", "warn", "bad")


@dataclass(frozen=True)
class Flaw:
    """A fault in a sentence, and the key of the node or ending that has it; empty for the whole script."""

    key: str
    sentence: str


def flaws(script: Script) -> list[Flaw]:
    """Every fault, in the order of the script."""
    if not script.nodes:
        return [Flaw("", "The scenario has no situation yet.")]
    if not script.endings:
        return [Flaw("", "The scenario has no ending yet.")]
    return [
        *_keys(script),
        *_nodes(script),
        *_ways(script),
        *_circles(script),
        *_counters(script),
        *_endings(script),
    ]


def _keys(script: Script) -> Iterator[Flaw]:
    keys = [node.key for node in script.nodes] + [ending.key for ending in script.endings]
    for key, times in Counter(keys).items():
        if times > 1:
            yield Flaw(key, f"“{key}” names {times} situations or endings; each needs a key of its own.")
    for node in script.nodes:
        for key, times in Counter(choice.key for choice in node.choices).items():
            if times > 1:
                yield Flaw(node.key, f"“{node.title}” has {times} choices with the key “{key}”.")


def _nodes(script: Script) -> Iterator[Flaw]:
    for node in script.nodes:
        if len(node.choices) < 2:
            yield Flaw(node.key, f"“{node.title}” offers no choice: it needs two at least.")
        if not node.debrief:
            yield Flaw(node.key, f"“{node.title}” has no debrief.")
        for choice in node.choices:
            if not choice.consequence:
                yield Flaw(node.key, f"The choice “{choice.text}” says nothing of what follows.")
            if choice.to and script.node(choice.to) is None and script.ending(choice.to) is None:
                yield Flaw(node.key, f"The choice “{choice.text}” leads to “{choice.to}”, which is nowhere.")


def _ways(script: Script) -> Iterator[Flaw]:
    reached = _reached(script, script.nodes[0].key)
    for node in script.nodes:
        if node.key not in reached:
            yield Flaw(node.key, f"No way leads to “{node.title}”.")


def _circles(script: Script) -> Iterator[Flaw]:
    for node in script.nodes:
        if any(node.key in _reached(script, choice.to) for choice in node.choices):
            yield Flaw(node.key, f"A way from “{node.title}” leads back to it; a story goes on.")


def _counters(script: Script) -> Iterator[Flaw]:
    known = {SCORE} | {counter.key for counter in script.counters}
    for node in script.nodes:
        for choice in node.choices:
            for key in sorted({*choice.adds, *choice.times} - known):
                yield Flaw(node.key, f"The choice “{choice.text}” moves “{key}”, which is no counter.")
    for ending in script.endings:
        for key in sorted(set(ending.least) - known):
            yield Flaw(ending.key, f"The ending “{ending.title}” asks for “{key}”, which is no counter.")


def _endings(script: Script) -> Iterator[Flaw]:
    if script.endings[-1].least:
        yield Flaw(
            script.endings[-1].key,
            f"The last ending, “{script.endings[-1].title}”, must ask for nothing: it holds where no other does.",
        )
    for ending in script.endings[:-1]:
        named = any(choice.to == ending.key for node in script.nodes for choice in node.choices)
        if not ending.least and not named:
            yield Flaw(
                ending.key, f"“{ending.title}” asks for nothing, so no ending after it can be reached."
            )
    for ending in script.endings:
        if ending.mood not in MOODS:
            yield Flaw(ending.key, f"The mood of “{ending.title}” is one of {', '.join(MOODS)}.")


def _reached(script: Script, start: str) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        node = script.node(waiting.pop())
        if node and node.key not in reached:
            reached.add(node.key)
            waiting += [choice.to for choice in node.choices]
    return reached
