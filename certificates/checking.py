"""Reading what each course's certificate asks for (`scheme.toml`) as a strict colleague would."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from certificates.designs import DESIGNS
from courses.content_files.faults import Fault, Unreadable
from courses.content_files.folders import (
    CONTENT,
    course_folders,
    module_folders,
    read_toml,
    slug_of,
    step_files,
)
from courses.content_files.ground import LEVELS, Ground, ground_of, line_with, missing

KEYS: dict[str, Any] = {
    "slug": str,
    "title": str,
    "level": str,
    "validity_months": int,
    "statement": str,
    "competencies": list,
    "requirement": list,
}
ENDINGS = {"quiz": ".quiz.toml", "assignment": ".assignment.toml"}
WHOLE_COURSE = "course"


def check_content(folder: Path = CONTENT, *, on: date) -> list[Fault]:
    """Every fault in the schemes of the content folder."""
    ground, _ = ground_of(folder, on)
    paths = (course / "scheme.toml" for course in course_folders(folder))
    return sorted(fault for path in paths if path.exists() for fault in _faults(path, ground))


def _faults(path: Path, ground: Ground) -> Iterator[Fault]:
    try:
        values = read_toml(path)
    except Unreadable as broken:
        yield broken.fault
        return
    yield from (Fault(path, 1, sentence) for sentence in missing(values, KEYS))
    for name in sorted(set(values) - set(KEYS) - {"design"}):
        yield Fault(path, line_with(path, f"{name} ="), f"A scheme has no “{name}”.")
    if values.get("level") not in LEVELS:
        yield Fault(path, line_with(path, "level ="), f"A level is one of {', '.join(LEVELS)}.")
    if values.get("design", "classic") not in DESIGNS:
        yield Fault(
            path, line_with(path, "design ="), f"There is no certificate design “{values['design']}”."
        )
    for code in values.get("competencies", []):
        if code not in ground.competencies:
            yield Fault(path, line_with(path, "competencies ="), f"There is no competency {code}.")
    for requirement in values.get("requirement", []):
        yield from _requirement_faults(path, requirement)


def _requirement_faults(path: Path, requirement: dict[str, Any]) -> Iterator[Fault]:
    kind, step = requirement.get("kind"), requirement.get("step", "")
    if kind == WHOLE_COURSE:
        return
    line = line_with(path, f'step = "{step}"')
    if kind not in ENDINGS:
        kinds = ", ".join([*ENDINGS, WHOLE_COURSE])
        yield Fault(path, line, f"A requirement is one of these kinds: {kinds}.")
    elif step not in _steps(path.parent, ENDINGS[kind]):
        yield Fault(path, line, f"The course has no {kind} “{step}”.")


def _steps(course: Path, ending: str) -> set[str]:
    """The steps of a course with this ending, as schemes name them."""
    return {
        f"{slug_of(module)}/{slug_of(step)}"
        for module in module_folders(course)
        for step in step_files(module, ending)
    }
