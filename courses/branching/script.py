"""A branching scenario as it is written: situations, choices, what follows, and how it may end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

SCORE = "score"


@dataclass(frozen=True)
class Counter:
    """A figure that choices move, such as days waited. `is_hidden` keeps it back until the end."""

    key: str
    label: str
    start: Decimal = Decimal(0)
    before: str = ""
    after: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Choice:
    """One thing that a reader may do at a node; `to` names the next node or an ending.

    `adds` and `times` move counters: first everything is multiplied, then added. An empty `to` ends the story
    where the counters say.
    """

    key: str
    text: str
    consequence: str
    to: str = ""
    score: int = 0
    is_harm: bool = False
    adds: Mapping[str, Decimal] = field(default_factory=dict)
    times: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Node:
    """A moment of decision. `debrief` is read afterwards: what real cases say about it.

    In a case that is judged, `competency` and `level` say what a good decision here shows.
    """

    key: str
    title: str
    situation: str
    question: str
    choices: tuple[Choice, ...]
    debrief: str = ""
    competency: str = ""
    level: str = ""

    @property
    def best_score(self) -> int:
        """The most that a choice here scores."""
        return max((choice.score for choice in self.choices), default=0)

    def choice(self, key: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True)
class Ending:
    """How a story comes out; `least` holds what counters must have reached for it. Somebody came to harm where `is_harm`."""

    key: str
    title: str
    text: str
    mood: str = "info"
    least: Mapping[str, Decimal] = field(default_factory=dict)
    is_harm: bool = False


@dataclass(frozen=True)
class Script:
    """A whole scenario. The first node begins it; endings are tried in their order, the first that fits holds."""

    nodes: tuple[Node, ...]
    endings: tuple[Ending, ...]
    counters: tuple[Counter, ...] = ()
    is_scored: bool = False

    def node(self, key: str) -> Node | None:
        return next((node for node in self.nodes if node.key == key), None)

    def ending(self, key: str) -> Ending | None:
        return next((ending for ending in self.endings if ending.key == key), None)

    def place(self, key: str) -> "Node | Ending | None":
        """Where a choice leads: the next node, or an ending."""
        return self.node(key) or self.ending(key)

    @property
    def best_score(self) -> int:
        """The most that any way through can score."""
        return self._most(lambda choice: choice.score)

    @property
    def longest_way(self) -> int:
        """The most decisions that any way through asks for."""
        return self._most(lambda _: 1)

    def _most(self, worth: Callable[[Choice], int]) -> int:
        """What the way that is worth most is worth, if no way goes in circles; `checking.flaws` sees to that."""
        best: dict[str, int] = {}

        def from_node(key: str) -> int:
            node = self.node(key)
            if node is None:
                return 0
            if key not in best:
                best[key] = max(worth(choice) + from_node(choice.to) for choice in node.choices)
            return best[key]

        return from_node(self.nodes[0].key) if self.nodes else 0


def script_of(values: Mapping[str, Any]) -> Script:
    """The script in a mapping of plain values, as JSON or TOML holds it; the names are those of the content files."""
    return Script(
        nodes=tuple(_node(node) for node in values["nodes"]),
        endings=tuple(_ending(ending) for ending in values["endings"]),
        counters=tuple(_counter(counter) for counter in values.get("counters", ())),
        is_scored=bool(values.get("scored")),
    )


def _counter(values: Mapping[str, Any]) -> Counter:
    return Counter(
        key=values["key"],
        label=values["label"],
        start=_decimal(values.get("start") or 0),
        before=values.get("before", ""),
        after=values.get("after", ""),
        is_hidden=bool(values.get("hidden")),
    )


def _node(values: Mapping[str, Any]) -> Node:
    return Node(
        key=values["key"],
        title=values["title"],
        situation=values["situation"],
        question=values["question"],
        choices=tuple(_choice(choice) for choice in values["choices"]),
        debrief=values.get("debrief", ""),
        competency=values.get("competency", ""),
        level=values.get("level", ""),
    )


def _choice(values: Mapping[str, Any]) -> Choice:
    return Choice(
        key=values["key"],
        text=values["text"],
        consequence=values["consequence"],
        to=values.get("to", ""),
        score=int(values.get("score") or 0),
        is_harm=bool(values.get("harm")),
        adds=_decimals(values.get("adds")),
        times=_decimals(values.get("times")),
    )


def _ending(values: Mapping[str, Any]) -> Ending:
    return Ending(
        key=values["key"],
        title=values["title"],
        text=values["text"],
        mood=values.get("mood") or "info",
        least=_decimals(values.get("least")),
        is_harm=bool(values.get("harm")),
    )


def _decimals(values: Mapping[str, Any] | None) -> dict[str, Decimal]:
    return {key: _decimal(value) for key, value in (values or {}).items()}


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value))
