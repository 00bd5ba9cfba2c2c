"""The table of what the founding documents raise and where the courses teach it, as a page of the documentation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessments.content_files import themes
from assessments.content_files.themes import Document, Taught
from courses.content_files.folders import CONTENT

HEAD = """\
# What the founding documents raise, and where it is taught

Piper was founded on five documents of the years 2011 to 2014. This page says where the courses teach each theme that they
raise. It is written by `manage.py curriculum` from the content files, and a test fails when it is out of date. A theme
counts when a lesson has a passage of at least {fewest} words on it and a question or an activity rests on that passage.

{taught} of {all} themes are taught.
"""


@dataclass(frozen=True)
class Curriculum:
    """The founding documents, and where each theme (of a document, by its number) is taught."""

    documents: tuple[Document, ...]
    places: Mapping[tuple[str, int], Sequence[Taught]]

    def page(self) -> str:
        """The page as Markdown."""
        every = sum(len(document.themes) for document in self.documents)
        head = HEAD.format(fewest=themes.FEWEST_WORDS, taught=len(self.places), all=every)
        tables = ["\n".join(_table(document, self.places)) for document in self.documents]
        return "\n".join([head, *tables])

    def untaught(self) -> list[str]:
        """The themes that no lesson teaches, each by its document and number."""
        return [
            f"{document.id}.{number}"
            for document in self.documents
            for number in range(1, len(document.themes) + 1)
            if (document.id, number) not in self.places
        ]


def read(folder: Path = CONTENT) -> Curriculum:
    """What the content files say, read once."""
    places: dict[tuple[str, int], list[Taught]] = {}
    for each in themes.read_themes(folder)[0]:
        places.setdefault((each.document, each.number), []).append(each)
    return Curriculum(tuple(themes.documents(folder)), places)


def _table(document: Document, places: Mapping[tuple[str, int], Sequence[Taught]]) -> Iterator[str]:
    yield f"## {document.title}\n"
    yield "| | Theme | Taught in | The passage begins | Rests on it |"
    yield "|---|---|---|---|---|"
    for number, theme in enumerate(document.themes, start=1):
        found = places.get((document.id, number), ())
        for taught in found:
            lesson = f"{taught.title}<br>`{taught.lesson}`"
            yield f"| {number} | {theme} | {lesson} | {taught.first_sentence} | {taught.rests} |"
        if not found:
            yield f"| {number} | {theme} | *not yet taught* | | |"
    yield ""
