"""What lessons stand on: the source table and the framework, read once and checked on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from courses.content_files.faults import Fault, Unreadable
from courses.content_files.folders import read_toml, slug_of

FACT_KEYS = {"id": str, "claim": str, "source": str, "as_at": date, "review_by": date, "mark": str}
MARKS = {"V", "V2", "X", "G"}
LEVELS = ("foundation", "practitioner", "lead")


@dataclass
class Ground:
    """The facts by their ids, the domain of each competency by its code, the frameworks' slugs, and the day they are held to."""

    on: date
    claims: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    competencies: dict[str, str] = field(default_factory=dict)
    frameworks: set[str] = field(default_factory=set)


def ground_of(folder: Path, on: date) -> tuple[Ground, list[Fault]]:
    """The ground in this content folder, and what is wrong with it."""
    ground = Ground(on)
    found: list[Fault] = []
    for path in sorted((folder / "facts").glob("*.toml")):
        found += _read(path, ground, _fact_faults)
    for path in sorted((folder / "frameworks").glob("*.toml")):
        ground.frameworks.add(slug_of(path))
        found += _read(path, ground, _framework_faults)
    return ground, found


def line_with(path: Path, words: str) -> int:
    """The first line of the file in which the words stand, else the first."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), 1)


def missing(values: dict[str, Any], keys: dict[str, Any]) -> Iterator[str]:
    """A sentence for each name that is not there, or holds the wrong kind of thing."""
    for name, kind in keys.items():
        value = values.get(name)
        if value is None or value == "":
            yield f"“{name}” is missing."
        elif not isinstance(value, kind):
            yield f"“{name}” is not of the right kind."


def _read(path: Path, ground: Ground, faults_in: Any) -> list[Fault]:
    try:
        return list(faults_in(path, read_toml(path), ground))
    except Unreadable as broken:
        return [broken.fault]


def _fact_faults(path: Path, values: dict[str, Any], ground: Ground) -> Iterator[Fault]:
    for fact in values.get("fact", []):
        key = fact.get("id", "")
        line = line_with(path, f'id = "{key}"')
        yield from (Fault(path, line, f"Fact “{key}”: {sentence}") for sentence in missing(fact, FACT_KEYS))
        if key in ground.claims:
            yield Fault(path, line, f"The fact “{key}” stands twice in the source table.")
        if fact.get("mark") not in MARKS:
            yield Fault(path, line, f"Fact “{key}”: a mark is one of V, V2, X and G.")
        review_by = fact.get("review_by")
        if isinstance(review_by, date) and review_by < ground.on:
            yield Fault(path, line, f"Fact “{key}” should have been read again by {review_by:%-d %B %Y}.")
        ground.claims[key] = str(fact.get("claim", ""))
        ground.marks[key] = str(fact.get("mark", ""))


def _framework_faults(path: Path, values: dict[str, Any], ground: Ground) -> Iterator[Fault]:
    yield from (
        Fault(path, 1, each) for each in missing(values, {"title": str, "as_at": date, "domain": list})
    )
    for domain in values.get("domain", []):
        line = line_with(path, f'code = "{domain.get("code")}"')
        keys = {"code": str, "title": str, "sentence": str, "competency": list}
        yield from (Fault(path, line, each) for each in missing(domain, keys))
        for competency in domain.get("competency", []):
            code = competency.get("code", "")
            line = line_with(path, f'code = "{code}"')
            keys = {"code": str, "title": str, **dict.fromkeys(LEVELS, str)}
            yield from (Fault(path, line, f"Competency {code}: {each}") for each in missing(competency, keys))
            if code in ground.competencies:
                yield Fault(path, line, f"The competency {code} stands twice.")
            ground.competencies[code] = str(domain.get("code", ""))
