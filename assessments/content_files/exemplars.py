"""Exemplar answers beside a rubric: `NN-name.exemplar-3.toml` is an answer in band 3, with a note on each criterion."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assessments.content_files.entries import Entries
from assessments.models import BANDS
from courses.content_files.figures import unfounded
from courses.content_files.ground import Ground, missing
from courses.content_files.markdown import runs

EXEMPLAR: Mapping[str, Any] = {"text": str, "notes": dict}
OPTIONAL = frozenset({"invented"})
# A learner may go a tenth over the words asked for, and so may an exemplar.
OVER = 1.1
WORD = re.compile(r"\w")

Said = Iterator[tuple[int, str]]


def exemplar_files(rubric: Path) -> list[tuple[int, Path]]:
    """Each band that has an answer beside this rubric file, with the answer's file."""
    name = rubric.name.removesuffix(".rubric.toml")
    found = ((band, rubric.with_name(f"{name}.exemplar-{band}.toml")) for band in BANDS)
    return [(band, path) for band, path in found if path.exists()]


def missing_bands(rubric: Entries) -> Said:
    """A fault for each band without an answer, at the rubric's first line; a rubric may say why it has none."""
    written = {band for band, _ in exemplar_files(rubric.path)}
    if rubric.values.get("without_exemplars") and not written:
        return
    for band in sorted(BANDS.keys() - written):
        yield 1, f"Band {band} ({BANDS[band].lower()}) has no exemplar answer beside the rubric."


def faults_of_exemplar(exemplar: Entries, rubric: Entries, assignment: Entries, ground: Ground) -> Said:
    """Every fault of the answer as (line, sentence); figures that the assignment invents are its own as well."""
    values = exemplar.values
    wrong = list(missing(values, dict(EXEMPLAR)))
    yield from ((1, sentence) for sentence in wrong)
    for name in sorted(set(values) - set(EXEMPLAR) - OPTIONAL):
        yield exemplar.line_of(name), f"An exemplar has no “{name}”."
    if wrong:
        return
    yield from _too_long(exemplar, assignment)
    yield from _note_faults(exemplar, rubric)
    invented = [*assignment.values.get("invented", []), *values.get("invented", [])]
    for name, said in {"text": values["text"], **values["notes"]}.items():
        start = exemplar.line_of(f"{name} =") + (1 if "\n" in said else 0)
        for fault in unfounded(said, ground.claims, invented):
            yield start + fault.line, fault.sentence


def _too_long(exemplar: Entries, assignment: Entries) -> Said:
    guide = assignment.values.get("words_guide")
    if not isinstance(guide, int):
        return
    words, allowed = _words(exemplar.values["text"]), int(guide * OVER)
    if words > allowed:
        yield exemplar.line_of("text ="), f"The answer has {words} words; a learner may write {allowed}."


def _note_faults(exemplar: Entries, rubric: Entries) -> Said:
    """Each criterion of the rubric has a note, and no other has."""
    notes = exemplar.values.get("notes", {})
    criteria = [each.get("key", "") for each in rubric.values.get("criterion", [])]
    for key in sorted(set(notes) - set(criteria)):
        yield exemplar.line_of(f"{key} ="), f"The rubric has no criterion “{key}”."
    for key in criteria:
        if not str(notes.get(key, "")).strip():
            yield exemplar.line_of("[notes]"), f"The criterion “{key}” has no note."


def _words(text: str) -> int:
    """As a learner's own words are counted: what holds a letter or a digit, without marks and link addresses."""
    prose = " ".join(run.text for run in runs(text))
    return sum(1 for word in prose.split() if WORD.search(word))
