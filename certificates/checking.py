"""Reading what the certificates of each course ask for as a strict colleague would."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from certificates.designs import DESIGNS
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
ENDINGS = {"quiz": ".quiz.toml", "case": ".case.toml", "assignment": ".assignment.toml"}
WHOLE_COURSE = "course"
BANDS = {2, 3, 4}


def check_content(folder: Path = CONTENT, *, on: date) -> list[Fault]:
    """Every fault in the schemes of the content folder."""
    ground, _ = ground_of(folder, on)
    paths = [path for course in course_folders(folder) for path in scheme_files(course)]
    return sorted([*_named_twice(paths), *(fault for path in paths for fault in _faults(path, ground))])


def _named_twice(paths: Iterable[Path]) -> Iterator[Fault]:
    """A slug is the scheme's identity at the institute."""
    seen: dict[str, Path] = {}
    for path in paths:
        try:
            slug = str(read_toml(path).get("slug"))
        except Unreadable:
            continue  # a fault of its own
        if slug in seen:
            first = f"{seen[slug].parent.name}/{seen[slug].name}"
            yield Fault(path, line_with(path, "slug ="), f"The scheme “{slug}” stands in {first} already.")
        seen.setdefault(slug, path)


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
        return
    course, within = home_of(path.parent, step)
    found = _steps(course, ENDINGS[kind]).get(within)
    if found is None:
        where = "The course has" if course == path.parent else "There is"
        yield Fault(path, line, f"{where} no {kind} “{step}”.")
        return
    yield from (Fault(path, line, sentence) for sentence in _band_faults(requirement, found))


def _band_faults(requirement: dict[str, Any], step: Path) -> Iterator[str]:
    band, criterion = requirement.get("minimum_band"), requirement.get("criterion")
    if band is not None and (band not in BANDS or requirement["kind"] != "assignment"):
        yield "A “minimum_band” is 2, 3 or 4, and only an assignment has bands."
    percent = requirement.get("minimum_percent")
    if percent is not None and (requirement["kind"] != "case" or percent not in range(1, 101)):
        yield "A “minimum_percent” lies between 1 and 100, and only a case has points."
    if criterion is None:
        return
    if band is None:
        yield "A “criterion” is asked for with its “minimum_band”."
    if criterion not in _criteria(step):
        yield f"The rubric of “{requirement['step']}” has no criterion “{criterion}”."


def _criteria(assignment: Path) -> set[str]:
    """What the assignment's rubric judges; nothing where a file of it cannot be read, which is told elsewhere."""
    try:
        slug = read_toml(assignment).get("rubric")
        rubrics = [read_toml(path) for path in step_files(assignment.parent, ".rubric.toml")]
    except Unreadable:
        return set()
    mine = [rubric for rubric in rubrics if rubric.get("slug") == slug]
    return {str(each.get("key")) for rubric in mine for each in rubric.get("criterion", [])}


def _steps(course: Path, ending: str) -> dict[str, Path]:
    """The steps of a course with this ending, as schemes name them."""
    return {
        f"{slug_of(module)}/{slug_of(step)}": step
        for module in module_folders(course)
        for step in step_files(module, ending)
    }
