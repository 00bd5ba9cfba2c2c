"""What is wrong with one scenario's file: its head, its figures, and a story that a reader could get lost in."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from courses.branching.checking import flaws
from courses.branching.script import Script, script_of
from courses.content_files.faults import Fault
from courses.content_files.figures import unfounded
from courses.content_files.folders import read_toml
from courses.content_files.ground import Ground, line_with, missing

REQUIRED: dict[str, Any] = {
    "title": str,
    "code": str,
    "minutes": int,
    "summary": str,
    "introduction": str,
    "node": list,
    "ending": list,
}
OPTIONAL = {"scored", "counter", "content_note", "support", "invented"}
NODE: dict[str, Any] = {"key": str, "title": str, "situation": str, "choice": list, "debrief": str}
CHOICE: dict[str, Any] = {"key": str, "text": str, "consequence": str}
ENDING: dict[str, Any] = {"key": str, "title": str, "text": str}
COUNTER: dict[str, Any] = {"key": str, "label": str}


def faults_of_scenario(path: Path, ground: Ground) -> Iterator[Fault]:
    """Every fault of the file; raises Unreadable where it is no TOML."""
    yield from faults_of_story(path, ground, REQUIRED)


def faults_of_story(path: Path, ground: Ground, required: Mapping[str, Any]) -> Iterator[Fault]:
    """Every fault of a story whose head must name these things; raises Unreadable."""
    values = read_toml(path)
    shape = [*_shape(path, values, required)]
    yield from shape
    if shape:
        return
    for flaw in flaws(script_in(values)):
        yield Fault(path, line_with(path, f'key = "{flaw.key}"'), flaw.sentence)
    invented = values.get("invented", [])
    for text in _texts(values):
        line = line_with(path, text.strip().split("\n")[0][:60].replace('"', '\\"'))
        yield from (Fault(path, line, fault.sentence) for fault in unfounded(text, ground.claims, invented))


def script_in(values: dict[str, Any]) -> Script:
    """The story in a file of the right shape, in the words of the file."""
    nodes = [{"question": "", **node, "choices": node["choice"]} for node in values["node"]]
    return script_of(
        {**values, "nodes": nodes, "endings": values["ending"], "counters": values.get("counter", [])}
    )


def _shape(path: Path, values: dict[str, Any], required: Mapping[str, Any]) -> Iterator[Fault]:
    yield from (Fault(path, 1, sentence) for sentence in missing(values, dict(required)))
    for name in sorted(set(values) - set(required) - OPTIONAL):
        yield Fault(path, line_with(path, f"{name} ="), f"This file has no “{name}”.")
    for kind, keys in (("node", NODE), ("ending", ENDING), ("counter", COUNTER)):
        for entry in values.get(kind, []):
            yield from _entry(path, entry, keys)
            for choice in entry.get("choice", []):
                yield from _entry(path, choice, CHOICE)


def _entry(path: Path, entry: dict[str, Any], keys: dict[str, Any]) -> Iterator[Fault]:
    key = entry.get("key", "")
    for sentence in missing(entry, keys):
        yield Fault(path, line_with(path, f'key = "{key}"'), f"“{key}”: {sentence}")


def _texts(values: dict[str, Any]) -> Iterator[str]:
    for name in ("title", "summary", "introduction", "content_note", "support"):
        yield values.get(name, "")
    for node in values["node"]:
        yield from (node[name] for name in ("title", "situation", "debrief"))
        yield node.get("question", "")
        for choice in node["choice"]:
            yield from (choice["text"], choice["consequence"])
    for ending in values["ending"]:
        yield from (ending["title"], ending["text"])
    yield from (counter["label"] for counter in values.get("counter", []))
