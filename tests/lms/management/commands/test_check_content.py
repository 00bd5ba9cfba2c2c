"""`check_content` names file and line, and says when all is well."""

import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.content_files.folders import CONTENT
from lms.demonstration.places import FENWICK_CONTENT
from lms.operations import content, evidence
from tests.factories import content as content_factory


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


def test_a_certificate_that_names_what_nothing_can_show_is_a_fault(folder: Path) -> None:
    scheme = folder / "foundations" / "scheme.toml"
    scheme.write_text(scheme.read_text().replace('competencies = ["1.1",', 'competencies = ["5.4", "1.1",'))
    said = StringIO()

    with pytest.raises(CommandError, match=r"^1 fault was found\.$"):
        call_command("check_content", str(folder), stdout=said)

    assert said.getvalue() == (
        f"{scheme}:5: Nothing that this certificate asks for can show 5.4 at foundation level.\n"
    )


def test_quizzes_alone_promise_no_practitioner(folder: Path) -> None:
    """2.2 is asked about in the quizzes of the practitioner's course; only its payment proposal shows it there."""
    work = folder / "outcomes-quality-safety" / "09-your-assignment"
    rubric = work / "01-payment-proposal.rubric.toml"
    rubric.write_text(rubric.read_text().replace('competency = "2.2"', 'competency = "2.3"'))
    said = StringIO()

    with pytest.raises(CommandError, match=r"^1 fault was found\.$"):
        call_command("check_content", str(folder), stdout=said)

    assert "Nothing that this certificate asks for can show 2.2 at practitioner level." in said.getvalue()


def test_what_shows_each_competency_is_listed_when_asked(tmp_path: Path) -> None:
    """Five questions of which two are drawn, and a criterion at Practitioner."""
    module = content_factory.folder(tmp_path) / "foundations" / "01-what-commissioning-is"
    question = '[[question]]\ncompetency = "1.1"\n'
    (module / "02-quiz.quiz.toml").write_text("attempts_allowed = 3\ndraw = 2\n" + question * 5)
    (module / "03-practice.quiz.toml").write_text("attempts_allowed = 0\ndraw = 2\n" + question * 5)
    (module / "04-brief.assignment.toml").write_text('rubric = "brief"')
    (module / "04-brief.rubric.toml").write_text(
        'slug = "brief"\n[[criterion]]\ncompetency = "1.1"\nlevel = "practitioner"'
    )

    (line,) = evidence.listed(tmp_path)

    assert line == (
        "1.1 Frame the question. foundation: 5 questions (about 2.0 drawn, enough for 0 of 100); "
        "practitioner: what-commissioning-is/brief; lead: nothing."
    )


GATES = """
[[requirement]]
kind = "assignment"
step = "leading-integrated-commissioning/your-assignment/board-paper"
minimum_band = 3
criterion = "risk-gates-money"
"""


def test_a_scheme_may_promise_what_the_work_of_another_course_shows(folder: Path) -> None:
    scheme = folder / "foundations" / "scheme.toml"
    first = scheme.read_text().replace('competencies = ["1.1",', 'competencies = ["6.3", "1.1",')
    scheme.write_text(first + GATES)

    assert check(folder).endswith("No fault was found.\n")


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        (
            "your-assignment/board-paper",
            "nowhere/board-paper",
            "There is no assignment “leading-integrated-commissioning/nowhere/board-paper”.",
        ),
        (
            "risk-gates-money",
            "luck",
            "The rubric of “leading-integrated-commissioning/your-assignment/board-paper” has no criterion “luck”.",
        ),
        ("minimum_band = 3\n", "", "A “criterion” is asked for with its “minimum_band”."),
        (
            "minimum_band = 3",
            "minimum_band = 5",
            "A “minimum_band” is 2, 3 or 4, and only an assignment has bands.",
        ),
    ],
)
def test_a_fault_of_a_requirement_is_found_at_its_line(
    folder: Path, written: str, instead: str, sentence: str
) -> None:
    scheme = folder / "foundations" / "scheme.toml"
    line = len(scheme.read_text().splitlines()) + 4
    scheme.write_text(scheme.read_text() + GATES.replace(written, instead))

    assert [str(fault) for fault in content.faults(folder, on=date(2026, 11, 23))] == [
        f"{scheme}:{line}: {sentence}"
    ]


def test_a_schemes_name_stands_once_in_the_whole_folder(folder: Path) -> None:
    first = folder / "foundations" / "scheme.toml"
    shutil.copy(first, folder / "foundations" / "second.scheme.toml")

    (fault,) = content.faults(folder, on=date(2026, 11, 23))
    assert (fault.file.name, fault.line) == ("second.scheme.toml", 1)
    assert fault.sentence == "The scheme “foundations-certificate” stands in foundations/scheme.toml already."
