"""Where the founding themes are taught: what counts, and each fault at its line."""

from pathlib import Path

import pytest

from assessments.content_files.themes import Taught, read_themes
from tests.factories import content

FOUNDING = """
[[document]]
id = "000"
title = "A report of 2013"
themes = ["Asking people", "The lowest charge"]
"""
THEME = """# Where it is taught.

[[theme]]
seed = "000"
number = 1
lesson = "foundations/what-commissioning-is/what-not-how"
begins = "It is \\"what\\", *not*"
rests = "The Friday tender"
"""
QUIZ = '[[question]]\nkey = "m11-q"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = content.folder(tmp_path)
    (folder / "themes").mkdir()
    (folder / "themes" / "founding.toml").write_text(FOUNDING)
    (folder / "foundations" / "01-what-commissioning-is" / "05-quiz.quiz.toml").write_text(QUIZ)
    return folder


def read(folder: Path, theme: str = THEME) -> tuple[list[Taught], list[tuple[str, int, str]]]:
    path = folder / "themes" / "words.toml"
    path.write_text(theme)
    taught, faults = read_themes(folder)
    return taught, [(fault.file.name, fault.line, fault.sentence) for fault in faults]


def test_a_theme_with_a_passage_and_an_activity_is_taught(folder: Path) -> None:
    (taught,), faults = read(folder)

    assert faults == []
    assert (taught.document, taught.number, taught.rests) == ("000", 1, "The Friday tender")
    assert (taught.lesson, taught.title) == (
        "foundations/what-commissioning-is/what-not-how",
        "What, not how",
    )
    assert taught.first_sentence == 'It is "what", not how.'


def test_a_question_anywhere_in_the_courses_may_rest_on_it(folder: Path) -> None:
    taught, faults = read(folder, THEME.replace("The Friday tender", "m11-q"))

    assert (len(taught), faults) == (1, [])


def test_a_passage_ends_where_a_heading_or_a_block_begins(folder: Path) -> None:
    content.lesson(folder, content.mended(content.PADDING, "\n## Another thing\n" + content.PADDING))

    taught, faults = read(folder)

    assert taught == []
    assert faults == [("words.toml", 3, "The passage has 5 words; a theme takes 80 at least.")]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("number = 1", "number = 3", "Document “000” has no theme 3."),
        ('seed = "000"', 'seed = "007"', "Document “007” has no theme 1."),
        (
            "what-not-how",
            "how-not-what",
            "There is no lesson “foundations/what-commissioning-is/how-not-what”.",
        ),
        ("It is", "It was", 'The lesson has no passage that begins “It was "what", *not*”.'),
        ("The Friday tender", "m11-none", "There is no question or activity “m11-none”."),
    ],
)
def test_what_is_not_so_is_a_fault_at_its_line(folder: Path, old: str, new: str, sentence: str) -> None:
    assert read(folder, THEME.replace(old, new)) == ([], [("words.toml", 3, sentence)])


def test_a_broken_file_is_a_fault_and_the_rest_is_read(folder: Path) -> None:
    taught, faults = read(folder, "[[theme")

    assert taught == []
    assert [(name, sentence[:17]) for name, _line, sentence in faults] == [
        ("words.toml", "This is not TOML:")
    ]
