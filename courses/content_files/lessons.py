"""A lesson's file: a TOML head between lines of `+++`, then Markdown in which fenced TOML makes the blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from courses.content_files.faults import Fault, Unreadable
from courses.content_files.folders import parse_toml

MARK = "+++"
_FENCES = MarkdownIt("commonmark").disable(["inline", "code"])


@dataclass(frozen=True)
class Part:
    """A stretch of prose (`name` is "text"), or a block with its values; `line` is where its text begins."""

    name: str
    line: int
    source: str
    values: dict[str, Any]


@dataclass(frozen=True)
class LessonFile:
    """A lesson as its author wrote it."""

    path: Path
    source: str
    head: dict[str, Any]
    parts: tuple[Part, ...]

    def line_of(self, words: str, first: int = 1) -> int:
        """The first line from `first` on in which the words stand; `first` itself where none has them."""
        lines = self.source.splitlines()[first - 1 :]
        return next((first + n for n, line in enumerate(lines) if words in line), first)


def read_lesson(path: Path) -> LessonFile:
    """The lesson in this file; raises Unreadable at the first thing that cannot be read."""
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    if not lines or lines[0].strip() != MARK:
        raise Unreadable(Fault(path, 1, "A lesson begins with its head between two lines of +++."))
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == MARK), None)
    if end is None:
        raise Unreadable(Fault(path, 1, "The head is not closed by a second line of +++."))
    head = parse_toml("\n".join(lines[1:end]), path, first_line=2)
    return LessonFile(path, source, head, tuple(_parts(lines, end + 1, path)))


def _parts(lines: list[str], start: int, path: Path) -> Iterator[Part]:
    """Prose and blocks in turn; `start` is the index of the first line after the head."""
    body = lines[start:]
    here = 0
    for token in _FENCES.parse("\n".join(body)):
        if token.type != "fence" or token.level or not token.map:
            continue
        yield from _prose(body, here, token.map[0], start)
        line = start + token.map[0] + 2
        values = parse_toml(token.content, path, first_line=line)
        yield Part(token.info.strip(), line, token.content, values)
        here = token.map[1]
    yield from _prose(body, here, len(body), start)


def _prose(body: list[str], here: int, there: int, start: int) -> Iterator[Part]:
    source = "\n".join(body[here:there])
    if source.strip():
        yield Part("text", start + here + 1, source, {})
