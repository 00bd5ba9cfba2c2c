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
    module_folders,
    read_toml,
    slug_of,
    step_files,
)
from courses.content_files.ground import line_with


def faults(folder: Path = CONTENT) -> list[Fault]:
    """A fault for each competency that a scheme names and that nothing it asks for can show at the scheme's level."""
    paths = (course / "scheme.toml" for course in course_folders(folder))
    return [fault for path in paths if path.exists() for fault in _faults(path)]


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
    level, steps = scheme.get("level"), _steps(scheme, path.parent)
    if level not in LEVELS or steps is None:
        return
    found = evidencing(path.parent, steps)
    for code in scheme.get("competencies", []):
        if not found.get(code, Evidencing()).can_show(level):
            sentence = f"Nothing that this certificate asks for can show {code} at {level} level."
            yield Fault(path, line_with(path, "competencies ="), sentence)


def _steps(scheme: dict[str, Any], course: Path) -> set[str] | None:
    """The steps that a scheme asks for; nothing where one is not in the course."""
    every = {
        f"{slug_of(module)}/{slug_of(step)}"
        for module in module_folders(course)
        for step in step_files(module)
    }
    requirements = scheme.get("requirement", [])
    if any(each.get("kind") == "course" for each in requirements):
        return every
    asked = {each.get("step", "") for each in requirements}
    return asked if asked <= every else None
