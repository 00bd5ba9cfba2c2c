"""What is wrong with one lesson: its head, its blocks, its figures, its length and its manners."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from courses.content_files.faults import Fault
from courses.content_files.figures import unfounded, unfounded_beside
from courses.content_files.ground import Ground, missing
from courses.content_files.lessons import LessonFile, Part
from courses.content_files.markdown import facts_in, word_count
from courses.content_files.shapes import SHAPES, faults, words
from courses.practice.sheets import ACTIVITIES, activity_name

REQUIRED: dict[str, Any] = {
    "title": str,
    "minutes": int,
    "summary": str,
    "code": str,
    "competencies": list,
    "as_at": date,
    "review_by": date,
}
OPTIONAL = {"invented", "content_note", "support"}
LONGEST = {"title": 255, "summary": 280, "code": 12}
LEAST_WORDS, MOST_WORDS = 600, 1_100
# A disputed figure is taught with both sides, an unconfirmed one says so: one of these shows that it was done.
DISPUTE = re.compile(r"disput|disagree|\bdiffer(s|ed)?\b|\bargue[sd]?\b|\bcontested\b", re.IGNORECASE)
DOUBT = re.compile(r"\bunconfirmed\b|\bnot (yet |been )?(able to )?confirm", re.IGNORECASE)
LINK_TARGET = re.compile(r"\(fact:[^)]*\)")


def faults_of_lesson(lesson: LessonFile, ground: Ground) -> Iterator[Fault]:
    """Every fault of the lesson, each once."""
    found = [*_head(lesson, ground), *_blocks(lesson), *_figures(lesson, ground), *_manners(lesson, ground)]
    yield from dict.fromkeys(Fault(lesson.path, line, sentence) for line, sentence in found)


def _head(lesson: LessonFile, ground: Ground) -> Iterator[tuple[int, str]]:
    head = lesson.head
    yield from ((2, sentence) for sentence in missing(head, REQUIRED))
    for name in sorted(set(head) - set(REQUIRED) - OPTIONAL):
        yield lesson.line_of(name), f"A lesson's head has no “{name}”."
    for name, most in LONGEST.items():
        if len(str(head.get(name, ""))) > most:
            yield lesson.line_of(f"{name} ="), f"“{name}” is longer than {most} characters."
    for code in head.get("competencies", []):
        if code not in ground.competencies:
            yield lesson.line_of("competencies"), f"There is no competency {code}."
    review_by = head.get("review_by")
    if isinstance(review_by, date) and review_by < ground.on:
        line = lesson.line_of("review_by")
        yield line, f"The lesson should have been read again by {review_by:%-d %B %Y}."


def _blocks(lesson: LessonFile) -> Iterator[tuple[int, str]]:
    for part in lesson.parts:
        if part.name != "text":
            yield from ((part.line - 1, sentence) for sentence in faults(part.name, part.values))


def _figures(lesson: LessonFile, ground: Ground) -> Iterator[tuple[int, str]]:
    invented = lesson.head.get("invented", [])
    for name in ("title", "summary", "content_note", "support"):
        said = unfounded_beside(str(lesson.head.get(name, "")), "", ground.claims, invented)
        yield from ((lesson.line_of(f"{name} ="), sentence) for sentence in said)
    for part in lesson.parts:
        if part.name == "text":
            found = unfounded(part.source, ground.claims, invented)
            yield from ((part.line + fault.line, fault.sentence) for fault in found)
        elif part.name in SHAPES:
            yield from _figures_of_block(lesson, part, ground, invented)
    for phrase in invented:
        if lesson.source.count(phrase) < 2:
            yield lesson.line_of("invented"), f"“{phrase}” is listed as invented and never used."


def _figures_of_block(
    lesson: LessonFile, part: Part, ground: Ground, invented: list[str]
) -> Iterator[tuple[int, str]]:
    for each in words(part.name, part.values):
        line = lesson.line_of(each.text.strip().split("\n")[0][:60].replace('"', '\\"'), part.line)
        if each.field.kind in {"rich", "riches"}:
            yield from ((line, fault.sentence) for fault in unfounded(each.text, ground.claims, invented))
        else:
            yield from (
                (line, said) for said in unfounded_beside(each.text, each.fact, ground.claims, invented)
            )


def _manners(lesson: LessonFile, ground: Ground) -> Iterator[tuple[int, str]]:
    length = sum(word_count(part.source) for part in lesson.parts if part.name == "text")
    if not LEAST_WORDS <= length <= MOST_WORDS:
        yield 1, f"The lesson has {length:,} words outside its blocks; it should have 600 to 1,100."
    if not any(part.name == "key_terms" for part in lesson.parts):
        yield 1, "The lesson has no key_terms."
    yield from _activities(lesson)
    last = lesson.parts[-1] if lesson.parts else None
    if last is None or last.name != "callout" or last.values.get("title") != "On Monday":
        yield len(lesson.source.splitlines()), "The lesson does not end with a callout “On Monday”."
    for number, line in enumerate(lesson.source.splitlines(), 1):
        if line.startswith("# ") and any(part.line <= number for part in lesson.parts if part.name == "text"):
            yield number, "Headings in a lesson begin with ##."
    yield from _doubts(lesson, ground)


def _activities(lesson: LessonFile) -> Iterator[tuple[int, str]]:
    """Each activity has a title of its own in its lesson: the reader's answer is kept under it."""
    found = [part for part in lesson.parts if part.name in ACTIVITIES]
    if not found:
        yield 1, "The lesson has no activity, such as a decision: give the reader something to do."
    names: set[str] = set()
    for part in found:
        name = activity_name(part.name, str(part.values.get("title", "")))
        if name in names:
            yield part.line - 1, f"Two activities of this lesson are called “{part.values.get('title')}”."
        names.add(name)


def _doubts(lesson: LessonFile, ground: Ground) -> Iterator[tuple[int, str]]:
    said = LINK_TARGET.sub("", lesson.source)
    for key in facts_of(lesson):
        if ground.marks.get(key) == "X" and not DISPUTE.search(said):
            yield lesson.line_of(key), f"The fact “{key}” is disputed, and the lesson does not say so."
        if ground.marks.get(key) == "G" and not DOUBT.search(said):
            yield lesson.line_of(key), f"The fact “{key}” is not confirmed, and the lesson does not say so."


def facts_of(lesson: LessonFile) -> list[str]:
    """The keys of every fact that the lesson links to or names, each once."""
    keys: list[str] = []
    for part in lesson.parts:
        if part.name == "text":
            keys += facts_in(part.source)
        elif part.name in SHAPES:
            for each in words(part.name, part.values):
                keys += facts_in(each.text) if each.field.kind in {"rich", "riches"} else []
                keys += [each.fact] * bool(each.fact)
    return list(dict.fromkeys(keys))
