"""Whether a certificate promises more than its assessments can show, and a list of what shows what."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assessments.content_files.evidencing import Evidencing, evidencing, together
from assessments.profile import LEVELS
from courses.content_files.faults import Fault, Unreadable
from courses.content_files.folders import (
    CONTENT,
    course_folders,
    home_of,
    module_folders,
    read_toml,
    scheme_files,
    slug_of,
    step_files,
)
from courses.content_files.ground import line_with


def faults(folder: Path = CONTENT) -> list[Fault]:
    """A fault for each competency that a scheme names and that nothing it asks for can show at the scheme's level."""
    paths = (path for course in course_folders(folder) for path in scheme_files(course))
    return [fault for path in paths for fault in _faults(path)]


def listed(folder: Path = CONTENT) -> Iterator[str]:
    """A line for each competency of the frameworks: by what each of its levels can be shown."""
    whole = together([evidencing(course) for course in course_folders(folder)])
    for path in sorted((folder / "frameworks").glob("*.toml")):
        for domain in read_toml(path)["domain"]:
            for competency in domain["competency"]:
                found = whole.get(competency["code"], Evidencing())
                levels = "; ".join(f"{level}: {found.sentence(level)}" for level in LEVELS)
                yield f"{competency['code']} {competency['title']}. {levels}."


def _faults(path: Path) -> Iterator[Fault]:
    """A scheme that cannot be read, or asks for a step that is not there, is told of that first, elsewhere."""
    try:
        scheme = read_toml(path)
    except Unreadable:
        return
    level, asked = scheme.get("level"), _asked(scheme, path.parent)
    if level not in LEVELS or asked is None:
        return
    found = together([evidencing(course, steps) for course, steps in asked.items()])
    for code in scheme.get("competencies", []):
        if not found.get(code, Evidencing()).can_show(level):
            sentence = f"Nothing that this certificate asks for can show {code} at {level} level."
            yield Fault(path, line_with(path, "competencies ="), sentence)


def _asked(scheme: dict[str, Any], course: Path) -> dict[Path, set[str]] | None:
    """The steps that a scheme asks for, by the folder of their course; nothing where one is not there."""
    asked: dict[Path, set[str]] = {}
    for each in scheme.get("requirement", []):
        if each.get("kind") == "course":
            asked.setdefault(course, set()).update(_steps(course))
            continue
        home, step = home_of(course, each.get("step", ""))
        asked.setdefault(home, set()).add(step)
    return asked if all(steps <= _steps(home) for home, steps in asked.items()) else None


def _steps(course: Path) -> set[str]:
    return {
        f"{slug_of(module)}/{slug_of(step)}"
        for module in module_folders(course)
        for step in step_files(module)
    }
