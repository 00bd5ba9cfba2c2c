"""Reading the content folder as a strict colleague would: every fault with its file and its line.

What a quiz, an assignment or a scheme may say is checked by the apps that own them, with the same rule
for digits (`courses.content_files.figures`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from courses.content_files.faults import Fault, Unreadable
from courses.content_files.figures import unfounded
from courses.content_files.folders import (
    CONTENT,
    course_folders,
    module_folders,
    read_toml,
    slug_of,
    step_files,
)
from courses.content_files.ground import LEVELS, Ground, ground_of, line_with, missing
from courses.content_files.lesson_faults import faults_of_lesson
from courses.content_files.lessons import read_lesson
from courses.content_files.scenario_faults import faults_of_scenario
from courses.content_files.simulator_faults import faults_of_simulator

COURSE_KEYS: dict[str, Any] = {
    "title": str,
    "code": str,
    "level": str,
    "cpd_minutes": int,
    "summary": str,
    "description": str,
    "outcomes": list,
    "audience": str,
    "framework": str,
}
MODULE_KEYS: dict[str, Any] = {"title": str, "code": str, "summary": str, "minutes": int, "outcomes": list}
OPTIONAL = {"log"}
LONGEST = {"title": 255, "code": 12, "summary": 280, "audience": 280, "log": 280}


def check_content(folder: Path = CONTENT, *, on: date) -> list[Fault]:
    """Every fault in facts, frameworks, courses, modules and lessons; `on` is the day that sources are held to."""
    ground, found = ground_of(folder, on)
    for course in course_folders(folder):
        found += _course_faults(course, ground)
        found += _hours_faults(course)
        for module in module_folders(course):
            found += _module_faults(module, ground)
    return sorted(found)


def _course_faults(folder: Path, ground: Ground) -> Iterator[Fault]:
    path = folder / "course.toml"
    try:
        values = read_toml(path)
    except Unreadable as broken:
        yield broken.fault
        return
    yield from _head_faults(path, values, COURSE_KEYS, ground)
    if values.get("level") not in LEVELS:
        yield Fault(path, line_with(path, "level ="), f"A level is one of {', '.join(LEVELS)}.")
    if values.get("framework") not in ground.frameworks:
        yield Fault(
            path, line_with(path, "framework ="), f"There is no framework “{values.get('framework')}”."
        )
    yield from _twice(folder, module_folders(folder), "module")


def _hours_faults(course: Path) -> Iterator[Fault]:
    """A module takes as long as its steps, and a course as its modules: learners claim these minutes as CPD."""
    modules = module_folders(course)
    for module in modules:
        yield from _sum_faults(module / "module.toml", "minutes", "steps", step_files(module))
    parts = [module / "module.toml" for module in modules]
    yield from _sum_faults(course / "course.toml", "cpd_minutes", "modules", parts)


def _sum_faults(path: Path, name: str, what: str, parts: Iterable[Path]) -> Iterator[Fault]:
    said, taken = _minutes(path, name), [_minutes(part) for part in parts]
    # Minutes that are missing, or no number, are a fault of their own.
    if said is None or None in taken:
        return
    together = sum(filter(None, taken))
    if said != together:
        line = line_with(path, f"{name} =")
        yield Fault(path, line, f"Its {what} take {together} minutes, not {said}.")


def _minutes(path: Path, name: str = "minutes") -> int | None:
    try:
        values = read_lesson(path).head if path.suffix == ".md" else read_toml(path)
    except Unreadable:
        return None
    given = values.get(name)
    return given if isinstance(given, int) else None


def _module_faults(folder: Path, ground: Ground) -> Iterator[Fault]:
    path = folder / "module.toml"
    try:
        yield from _head_faults(path, read_toml(path), MODULE_KEYS, ground)
    except Unreadable as broken:
        yield broken.fault
    yield from _twice(folder, step_files(folder), "step")
    for lesson in step_files(folder, ".md"):
        try:
            yield from faults_of_lesson(read_lesson(lesson), ground)
        except Unreadable as broken:
            yield broken.fault
    for suffix, faults_of in (
        (".scenario.toml", faults_of_scenario),
        (".simulator.toml", faults_of_simulator),
    ):
        for step in step_files(folder, suffix):
            try:
                yield from faults_of(step, ground)
            except Unreadable as broken:
                yield broken.fault


def _head_faults(path: Path, values: dict[str, Any], keys: dict[str, Any], ground: Ground) -> Iterator[Fault]:
    yield from (Fault(path, 1, sentence) for sentence in missing(values, keys))
    for name in sorted(set(values) - set(keys) - (OPTIONAL if keys is MODULE_KEYS else set())):
        yield Fault(path, line_with(path, f"{name} ="), f"This file has no “{name}”.")
    for name, most in LONGEST.items():
        if len(str(values.get(name, ""))) > most:
            yield Fault(path, line_with(path, f"{name} ="), f"“{name}” is longer than {most} characters.")
    for name in ("title", "summary", "description", "audience", "outcomes", "log"):
        for fault in unfounded(_text(values.get(name, "")), ground.claims):
            yield Fault(path, line_with(path, f"{name} ="), fault.sentence)


def _text(value: Any) -> str:
    return "\n\n".join(value) if isinstance(value, list) else str(value)


def _twice(folder: Path, paths: Iterable[Path], what: str) -> Iterator[Fault]:
    for slug, times in Counter(slug_of(path) for path in paths).items():
        if times > 1:
            yield Fault(folder, 1, f"There are {times} {what}s called “{slug}” in this folder.")
