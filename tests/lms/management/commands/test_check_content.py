"""`check_content` names file and line, and says when all is well."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.content_files.folders import CONTENT
from lms.demonstration.places import FENWICK_CONTENT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content that ships, to be spoilt."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def check(*folder: Path) -> str:
    said = StringIO()
    call_command("check_content", *map(str, folder), stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("shipped", [(), (FENWICK_CONTENT,)], ids=["product", "fenwick"])
def test_the_content_that_ships_is_without_fault(shipped: tuple[Path, ...]) -> None:
    assert check(*shipped).endswith(": everything holds. No fault was found.\n")


def test_each_fault_is_told_with_its_file_and_its_line(folder: Path) -> None:
    lesson = next(folder.glob("foundations/*/01-what-not-how.md"))
    lesson.write_text(lesson.read_text().replace('competencies = ["1.1"]', 'competencies = ["9.9"]'))
    quiz = next(folder.glob("foundations/*/*.quiz.toml"))
    quiz.write_text(quiz.read_text().replace("correct = true", "correct = false", 1))
    scheme = folder / "foundations" / "scheme.toml"
    scheme.write_text(scheme.read_text().replace("what-commissioning-is/quiz", "nowhere/quiz"))
    said = StringIO()

    with pytest.raises(CommandError, match=r"^3 faults were found\.$"):
        call_command("check_content", str(folder), stdout=said)

    faults = said.getvalue().splitlines()
    assert [fault.split(":")[0] for fault in faults] == [str(lesson), str(quiz), str(scheme)]
    assert faults[0] == f"{lesson}:6: There is no competency 9.9."
    assert faults[2] == f"{scheme}:12: The course has no quiz “nowhere/quiz”."


def test_a_single_fault_is_one_fault(folder: Path) -> None:
    (folder / "foundations" / "course.toml").write_text("title = ")

    with pytest.raises(CommandError, match=r"^1 fault was found\.$"):
        call_command("check_content", str(folder), stdout=StringIO())


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        check(tmp_path / "nothing")
