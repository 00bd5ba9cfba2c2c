"""Finding one's way in the content folder."""

from pathlib import Path

import pytest

from courses.content_files import folders
from courses.content_files.faults import Unreadable
from tests.factories import content


def test_the_number_orders_and_the_slug_lasts() -> None:
    assert folders.slug_of("02-the-cycle.md") == "the-cycle"
    assert folders.slug_of("05-quiz.quiz.toml") == "quiz"
    assert folders.slug_of("foundations") == "foundations"
    assert folders.place_of("02-the-cycle.md") == 2
    assert folders.place_of("foundations") is None


def test_ten_comes_after_nine(tmp_path: Path) -> None:
    path = content.folder(tmp_path)
    content.lesson(path, name="10-last")
    content.lesson(path, name="9-before")

    module = folders.module_folders(folders.course_folders(path)[0])[0]

    assert [step.name for step in folders.step_files(module)] == [
        "01-what-not-how.md",
        "9-before.md",
        "10-last.md",
    ]


def test_a_rubric_is_no_step(tmp_path: Path) -> None:
    module = content.folder(tmp_path) / "foundations" / "01-what-commissioning-is"
    for name in ("02-brief.assignment.toml", "02-brief.rubric.toml", "03-quiz.quiz.toml"):
        (module / name).write_text("")

    assert [folders.slug_of(path) for path in folders.step_files(module)] == ["what-not-how", "brief", "quiz"]
    assert [path.name for path in folders.step_files(module, ".rubric.toml")] == ["02-brief.rubric.toml"]


@pytest.mark.parametrize(
    ("text", "line"), [('a = "1"\nb = what\n', 2), ("a = 1\n\n[[fact]\n", 3), ('a = """\nnever closed', 2)]
)
def test_broken_toml_is_named_by_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "facts.toml"
    path.write_text(text)

    with pytest.raises(Unreadable) as caught:
        folders.read_toml(path)

    assert (caught.value.fault.file, caught.value.fault.line) == (path, line)
    assert caught.value.fault.sentence.startswith("This is not TOML: ")
