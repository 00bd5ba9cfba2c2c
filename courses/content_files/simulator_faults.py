"""What is wrong with one simulator's file: its head, its tasks and its figures."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courses.content_files.faults import Fault
from courses.content_files.figures import unfounded
from courses.content_files.folders import read_toml
from courses.content_files.ground import Ground, line_with, missing
from courses.simulation.presets import PRESETS

REQUIRED: dict[str, Any] = {
    "title": str,
    "code": str,
    "minutes": int,
    "summary": str,
    "introduction": str,
    "task": list,
}
TASK: dict[str, Any] = {"key": str, "title": str, "start": str, "ask": str, "debrief": str}
STARTS = tuple(preset.key for preset in PRESETS)


def faults_of_simulator(path: Path, ground: Ground) -> Iterator[Fault]:
    """Every fault of the file; raises Unreadable where it is no TOML."""
    values = read_toml(path)
    yield from (Fault(path, 1, sentence) for sentence in missing(values, REQUIRED))
    for name in sorted(set(values) - set(REQUIRED) - {"invented"}):
        yield Fault(path, line_with(path, f"{name} ="), f"A simulator's file has no “{name}”.")
    invented = values.get("invented", [])
    for name in ("title", "summary", "introduction"):
        yield from _figures(path, str(values.get(name, "")), f"{name} =", ground, invented)
    for task in values.get("task", []):
        yield from _task_faults(path, task, ground, invented)
    for key, times in Counter(task.get("key") for task in values.get("task", [])).items():
        if times > 1:
            yield Fault(path, line_with(path, f'key = "{key}"'), f"{times} tasks have the key “{key}”.")


def _task_faults(path: Path, task: dict[str, Any], ground: Ground, invented: list[str]) -> Iterator[Fault]:
    here = f'key = "{task.get("key", "")}"'
    yield from (
        Fault(path, line_with(path, here), f"Task “{task.get('key', '')}”: {sentence}")
        for sentence in missing(task, TASK)
    )
    if task.get("start") not in STARTS:
        yield Fault(path, line_with(path, here), f"A task starts with one of {', '.join(STARTS)}.")
    for name in ("title", "ask", "debrief"):
        yield from _figures(path, str(task.get(name, "")), here, ground, invented)


def _figures(path: Path, text: str, near: str, ground: Ground, invented: list[str]) -> Iterator[Fault]:
    for fault in unfounded(text, ground.claims, invented):
        yield Fault(path, line_with(path, near), fault.sentence)
