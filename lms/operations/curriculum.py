"""The table of what the founding documents raise and where the courses teach it, as a page of the documentation."""

from collections import defaultdict
from collections.abc import Iterator
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


def page(folder: Path = CONTENT) -> str:
    """The page as Markdown."""
    documents = themes.documents(folder)
    places = defaultdict(list)
    for each in themes.read_themes(folder)[0]:
        places[each.document, each.number].append(each)
    every = sum(len(document.themes) for document in documents)
    head = HEAD.format(fewest=themes.FEWEST_WORDS, taught=len(places), all=every)
    titles = themes.lessons(folder)
    tables = ["\n".join(_table(document, places, titles)) for document in documents]
    return "\n".join([head, *tables])


def untaught(folder: Path = CONTENT) -> list[str]:
    """The themes that no lesson teaches, each by its document and number."""
    found = {(each.document, each.number) for each in themes.read_themes(folder)[0]}
    return [
        f"{document.id}.{number}"
        for document in themes.documents(folder)
        for number in range(1, len(document.themes) + 1)
        if (document.id, number) not in found
    ]


def _table(
    document: Document, places: dict[tuple[str, int], list[Taught]], titles: dict[str, str]
) -> Iterator[str]:
    yield f"## {document.title}\n"
    yield "| | Theme | Taught in | The passage begins | Rests on it |"
    yield "|---|---|---|---|---|"
    for number, theme in enumerate(document.themes, start=1):
        for taught in places[document.id, number]:
            lesson = f"{titles[taught.lesson]}<br>`{taught.lesson}`"
            yield f"| {number} | {theme} | {lesson} | {taught.first_sentence} | {taught.rests} |"
        if not places[document.id, number]:
            yield f"| {number} | {theme} | *not yet taught* | | |"
    yield ""
