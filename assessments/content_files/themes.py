"""Where the courses teach what the five founding documents raise: themes, passages, and what rests on them.

A theme counts as taught if a lesson has a passage of at least 80 words on it and a question or an activity
rests on that passage.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessments.content_files.banks import questions_of
from courses.content_files.faults import Fault, Unreadable
from courses.content_files.folders import (
    CONTENT,
    course_folders,
    module_folders,
    read_toml,
    slug_of,
    step_files,
)
from courses.content_files.lessons import read_lesson

FEWEST_WORDS = 80
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
EMPHASIS = re.compile(r"(?<!\w)[*_]+|[*_]+(?!\w)")
HEADING = re.compile(r"^#+ ", re.MULTILINE)
SENTENCE = re.compile(r"(?<=[.?!])[”’]?\s")


@dataclass(frozen=True)
class Document:
    """A founding document with the themes that it raises, in order."""

    id: str
    title: str
    themes: tuple[str, ...]


@dataclass(frozen=True)
class Taught:
    """A theme (of a document, counted from 1), where it is taught, and by what it is exercised.

    `lesson` is an address under the institute, such as course/module/lesson; `title` is what that lesson is called.
    """

    document: str
    number: int
    lesson: str
    title: str
    passage: str
    rests: str

    @property
    def first_sentence(self) -> str:
        """How the passage begins."""
        return SENTENCE.split(self.passage, maxsplit=1)[0]


@dataclass(frozen=True)
class Page:
    """A lesson's prose without its markup, by stretches; and the names of what the reader does in it."""

    title: str
    stretches: tuple[str, ...]
    activities: frozenset[str]


def documents(folder: Path = CONTENT) -> list[Document]:
    """The founding documents. Raises Unreadable."""
    path = folder / "themes" / "founding.toml"
    entries = read_toml(path)["document"] if path.exists() else []
    return [Document(each["id"], each["title"], tuple(each["themes"])) for each in entries]


def read_themes(folder: Path = CONTENT) -> tuple[list[Taught], list[Fault]]:
    """What the folder says is taught where, as far as that is true; and a fault for each entry that is not."""
    taught: list[Taught] = []
    faults: list[Fault] = []
    themes = {each.id: each.themes for each in documents(folder)}
    pages, doing = _pages(folder), _doing(folder)
    for path in sorted((folder / "themes").glob("*.toml")):
        if path.name == "founding.toml":
            continue
        try:
            entries = read_toml(path).get("theme", [])
        except Unreadable as broken:
            faults.append(broken.fault)
            continue
        for line, entry in zip(_lines(path), entries, strict=False):
            found = _taught(entry, themes, pages, doing)
            if isinstance(found, Taught):
                taught.append(found)
            else:
                faults.append(Fault(path, line, found))
    return taught, faults


def _taught(
    entry: dict[str, Any], themes: dict[str, tuple[str, ...]], pages: dict[str, Page], doing: set[str]
) -> Taught | str:
    document, number = str(entry.get("seed")), entry.get("number", 0)
    if not isinstance(number, int) or not 1 <= number <= len(themes.get(document, ())):
        return f"Document “{document}” has no theme {number}."
    address, begins, rests = (str(entry.get(name, "")) for name in ("lesson", "begins", "rests"))
    if address not in pages:
        return f"There is no lesson “{address}”."
    page = pages[address]
    passage = _passage(page, _plain(begins))
    if not passage:
        return f"The lesson has no passage that begins “{begins}”."
    if (words := len(passage.split())) < FEWEST_WORDS:
        return f"The passage has {words} words; a theme takes {FEWEST_WORDS} at least."
    if rests not in doing and rests not in page.activities:
        return f"There is no question or activity “{rests}”."
    return Taught(document, number, address, page.title, passage, rests)


def _passage(page: Page, begins: str) -> str:
    """From these words to the end of their stretch: the next heading or block."""
    return next(
        (stretch[stretch.index(begins) :] for stretch in page.stretches if begins and begins in stretch), ""
    )


def _pages(folder: Path) -> dict[str, Page]:
    found = {}
    for course in course_folders(folder):
        for module in module_folders(course):
            for path in step_files(module, ".md"):
                try:
                    lesson = read_lesson(path)
                except Unreadable:
                    continue  # a fault of its own, which `courses.checking` reports
                prose = [part.source for part in lesson.parts if part.name == "text"]
                stretches = [_plain(each) for source in prose for each in HEADING.split(source)]
                names = {str(part.values["title"]) for part in lesson.parts if "title" in part.values}
                address = "/".join(slug_of(each) for each in (course, module, path))
                title = str(lesson.head.get("title", ""))
                found[address] = Page(title, tuple(stretches), frozenset(names))
    return found


def _doing(folder: Path) -> set[str]:
    """The keys of all questions, and the titles of all scenarios and simulators."""
    found = set()
    for course in course_folders(folder):
        for module in module_folders(course):
            for path in step_files(module, (".quiz.toml", ".scenario.toml", ".simulator.toml")):
                try:
                    values = read_toml(path)
                    found |= {str(question.get("key")) for question in questions_of(path, values)}
                except Unreadable:
                    continue  # as above
                if not path.name.endswith(".quiz.toml"):
                    found.add(str(values.get("title")))
    return found


def _lines(path: Path) -> Iterator[int]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return (number for number, line in enumerate(lines, start=1) if line.strip() == "[[theme]]")


def _plain(markdown: str) -> str:
    """The words alone, on one line."""
    return " ".join(EMPHASIS.sub("", LINK.sub(r"\1", markdown)).split())
