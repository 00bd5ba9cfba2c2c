"""What is wrong with one rubric or one assignment."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessments.content_files.entries import Entries
from assessments.content_files.questions import LEVELS
from courses.content_files.figures import unfounded
from courses.content_files.ground import Ground, missing

RUBRIC: Mapping[str, Any] = {"title": str, "slug": str, "code": str, "criterion": list}
BANDS = ("band_1", "band_2", "band_3", "band_4")
CRITERION: Mapping[str, Any] = {
    "key": str,
    "title": str,
    "weight": int,
    "competency": str,
    "level": str,
    **dict.fromkeys(BANDS, str),
}
ASSIGNMENT: Mapping[str, Any] = {
    "title": str,
    "code": str,
    "minutes": int,
    "words_guide": int,
    "summary": str,
    "brief": str,
    "attempts_allowed": int,
    "rubric": str,
}
OPTIONAL_ASSIGNMENT = frozenset({"guidance", "invented"})
WHOLE = 100

Said = Iterator[tuple[int, str]]


def faults_of_rubric(rubric: Entries, ground: Ground) -> Said:
    """Every fault of the rubric as (line, sentence)."""
    yield from ((1, sentence) for sentence in missing(rubric.values, dict(RUBRIC)))
    criteria = rubric.values.get("criterion", [])
    seen: set[str] = set()
    for line, criterion in zip(rubric.lines("criterion"), criteria, strict=False):
        yield from _criterion(rubric, line, criterion, ground)
        if criterion.get("key") in seen:
            yield line, f"The criterion “{criterion['key']}” stands twice."
        seen.add(criterion.get("key", ""))
    weight = sum(each["weight"] for each in criteria if isinstance(each.get("weight"), int))
    if weight != WHOLE:
        yield 1, f"The weights add up to {weight}; they should add up to {WHOLE}."


def _criterion(rubric: Entries, line: int, criterion: Mapping[str, Any], ground: Ground) -> Said:
    yield from ((line, sentence) for sentence in missing(dict(criterion), dict(CRITERION)))
    if criterion.get("level") not in LEVELS:
        yield rubric.line_of("level =", line), f"“level” is one of {', '.join(LEVELS)}."
    if criterion.get("competency") not in ground.competencies:
        yield rubric.line_of("competency =", line), f"There is no competency {criterion.get('competency')}."
    for band in BANDS:
        start = rubric.line_of(f"{band} =", line)
        found = unfounded(str(criterion.get(band, "")), ground.claims, rubric.values.get("invented", []))
        yield from ((start + fault.line, fault.sentence) for fault in found)


def faults_of_assignment(assignment: Entries, ground: Ground, rubrics: set[str]) -> Said:
    """Every fault of the assignment as (line, sentence); `rubrics` are the slugs beside it."""
    values = assignment.values
    yield from ((1, sentence) for sentence in missing(values, dict(ASSIGNMENT)))
    for name in sorted(set(values) - set(ASSIGNMENT) - OPTIONAL_ASSIGNMENT):
        yield assignment.line_of(name), f"An assignment has no “{name}”."
    if values.get("rubric") not in rubrics:
        yield assignment.line_of("rubric"), f"There is no rubric “{values.get('rubric')}” beside it."
    for name in ("summary", "brief", "guidance"):
        text = str(values.get(name, ""))
        start = assignment.line_of(f"{name} =") + (1 if "\n" in text else 0)
        found = unfounded(text, ground.claims, values.get("invented", []))
        yield from ((start + fault.line, fault.sentence) for fault in found)
