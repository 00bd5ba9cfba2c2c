"""Reading a lesson's file."""

from pathlib import Path

import pytest

from courses.content_files.faults import Fault, Unreadable
from courses.content_files.lessons import read_lesson
from tests.factories import content


def test_prose_and_blocks_come_in_turn_with_their_lines(tmp_path: Path) -> None:
    path = content.lesson(content.folder(tmp_path))

    lesson = read_lesson(path)

    assert lesson.head["title"] == "What, not how"
    assert [part.name for part in lesson.parts] == ["text", "key_terms", "decision", "callout"]
    lines = path.read_text().splitlines()
    assert lines[lesson.parts[1].line - 1] == "[[term]]"
    assert lines[lesson.parts[3].line - 1] == 'title = "On Monday"'
    assert lesson.parts[3].values["title"] == "On Monday"


def test_the_line_of_some_words_is_found_from_a_line_on(tmp_path: Path) -> None:
    lesson = read_lesson(content.lesson(content.folder(tmp_path)))

    assert lesson.line_of("title") == 2
    assert lesson.line_of("title", 10) > 10
    assert lesson.line_of("nowhere to be found", 4) == 4


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("# A title", 1, "A lesson begins with its head between two lines of +++."),
        ('+++\ntitle = "A"\n', 1, "The head is not closed by a second line of +++."),
        ("+++\ntitle =\n+++\n", 2, "This is not TOML: Invalid value."),
        (
            "+++\n+++\n\nProse.\n\n```callout\ntitle = 1\ntext\n```\n",
            8,
            "This is not TOML: Expected '=' after a key",
        ),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(
    tmp_path: Path, text: str, line: int, sentence: str
) -> None:
    path = tmp_path / "01-lesson.md"
    path.write_text(text)

    with pytest.raises(Unreadable) as caught:
        read_lesson(path)

    assert caught.value.fault.line == line
    assert caught.value.fault.sentence.startswith(sentence)


def test_a_fault_reads_as_a_compiler_would_say_it() -> None:
    assert str(Fault(Path("facts/words.toml"), 3, "It is so.")) == "facts/words.toml:3: It is so."
