"""An exam's bank: questions in files of their own, counted by the cells of a blueprint, met in no other quiz."""

from pathlib import Path

import pytest

from assessments.checking import check_content
from tests.assessments.test_checking import FACTS, FRAMEWORK, ON, QUESTION
from tests.assessments.test_checking import HEAD as QUIZ_HEAD

HEAD = """title = "The exam"
code = "FC1"
draw = 4
pass_percent = 100
minutes = 20
minutes_allowed = 20
attempts_allowed = 2
bank = ["d1", "d5"]
intro = "Four questions."

[[blueprint]]
domain = "D1"
level = "foundation"
demand = "recall"
draw = 1

[[blueprint]]
domain = "D5"
level = "lead"
demand = "judge"
draw = 3

[[must_pass]]
domain = "D5"
right = 3
"""
SECOND_DOMAIN = """
[[domain]]
code = "D5"
title = "Safety"
sentence = "Look."
[[domain.competency]]
code = "5.1"
title = "See"
foundation = "Sees."
practitioner = "Sees."
lead = "Sees."
"""
WORDS = {"d1": "Of purpose", "d5": "Of safety"}


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """The exam's module in a content folder whose other course has the lesson and a quiz of its own."""
    for name in ("facts", "frameworks", "foundations/01-words", "final/01-exam"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "facts" / "words.toml").write_text(FACTS)
    (tmp_path / "frameworks" / "commissioning.toml").write_text(FRAMEWORK + SECOND_DOMAIN)
    for course, module in (("foundations", "01-words"), ("final", "01-exam")):
        (tmp_path / course / "course.toml").write_text(f'title = "{course}"')
        (tmp_path / course / module / "module.toml").write_text(f'title = "{module}"')
    words = tmp_path / "foundations" / "01-words"
    (words / "01-what-not-how.md").write_text("+++\n+++\n")
    learnt = "".join(QUESTION.replace("KEY", f"m-{n}") for n in range(1, 9))
    (words / "02-quiz.quiz.toml").write_text(QUIZ_HEAD + learnt)
    folder = tmp_path / "final" / "01-exam"
    (folder / "01-exam.quiz.toml").write_text(HEAD)
    write_bank(folder, "d1", 2)
    write_bank(folder, "d5", 6)
    return folder


def write_bank(exam: Path, name: str, how_many: int, **instead: str) -> None:
    """A file of questions of this domain; `instead` is what the first of them says otherwise."""
    first = asked(name, 1)
    for written, new in instead.items():
        field = next(line for line in first.splitlines() if line.startswith(f"{written} ="))
        first = first.replace(field, f'{written} = "{new}"', 1)
    rest = [asked(name, number) for number in range(2, how_many + 1)]
    (exam / f"{name}.questions.toml").write_text("".join([first, *rest]))


def asked(name: str, number: int) -> str:
    question = QUESTION.replace("KEY", f"fc{name[1]}-{number}")
    question = question.replace(
        "What has she asked for?", f"{WORDS[name]}, what is decided{' again' * number}?"
    )
    question = question.replace('lesson = "what-not-how"', 'lesson = "foundations/words/what-not-how"')
    if name == "d5":
        question = question.replace('competency = "1.1"', 'competency = "5.1"')
        question = question.replace('"foundation"', '"lead"').replace('"recall"', '"judge"')
    return question


def found(exam: Path) -> list[tuple[str, int, str]]:
    return [(fault.file.name, fault.line, fault.sentence) for fault in check_content(exam.parents[1], on=ON)]


def rewrite(path: Path, written: str, instead: str) -> None:
    assert written in path.read_text()
    path.write_text(path.read_text().replace(written, instead, 1))


def test_a_sound_exam_has_no_fault(exam: Path) -> None:
    assert found(exam) == []


@pytest.mark.parametrize(
    ("name", "instead", "fault"),
    [
        (
            "lesson",
            "foundations/words/gone",
            ("d5.questions.toml", 8, "There is no lesson “foundations/words/gone”."),
        ),
        (
            "lesson",
            "what-not-how",
            ("d5.questions.toml", 8, "The course has no lesson “what-not-how”."),
        ),
        ("lesson", "", ("d5.questions.toml", 2, "“lesson” is missing.")),
        ("key", "m-1", ("d5.questions.toml", 2, "The question “m-1” stands in 02-quiz.quiz.toml already.")),
        (
            "key",
            "fc1-1",
            ("d5.questions.toml", 2, "The question “fc1-1” stands in d1.questions.toml already."),
        ),
        (
            "stem",
            "What has  she asked FOR?",
            (
                "d5.questions.toml",
                2,
                "“m-1” in 02-quiz.quiz.toml asks this already, and a bank asks what nobody has met.",
            ),
        ),
        (
            "stem",
            "Of purpose, what is decided again?",
            (
                "d5.questions.toml",
                2,
                "“fc1-1” in d1.questions.toml asks this already, and a bank asks what nobody has met.",
            ),
        ),
        (
            "level",
            "practitioner",
            ("d5.questions.toml", 2, "No row of the blueprint draws D5, practitioner, judge."),
        ),
    ],
)
def test_a_fault_of_a_banked_question_is_found_at_its_line(
    exam: Path, name: str, instead: str, fault: tuple[str, int, str]
) -> None:
    write_bank(exam, "d5", 7, **{name: instead})

    assert found(exam) == [fault]


def test_a_file_named_after_a_domain_holds_its_questions_alone(exam: Path) -> None:
    write_bank(exam, "d5", 7, competency="1.1", level="foundation", demand="recall")

    assert found(exam) == [("d5.questions.toml", 7, "This file holds the questions of D5; 1.1 is of D1.")]


def test_a_cell_with_fewer_than_twice_what_is_drawn_is_a_fault(exam: Path) -> None:
    write_bank(exam, "d5", 5)

    assert found(exam) == [
        ("01-exam.quiz.toml", 17, "D5, lead, judge has 5 questions; drawing 3, it should have 6.")
    ]


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ("draw = 4", "draw = 5", (3, "The rows of the blueprint draw 4, not 5.")),
        ('domain = "D1"', 'domain = "D9"', (12, "“domain” is one of D1, D5.")),
        ('level = "lead"', 'level = "master"', (19, "“level” is one of foundation, practitioner, lead.")),
        ("right = 3", "right = 4", (25, "D5 draws 3: so many may be asked for, and at least 1.")),
        ("right = 3", "", (23, "“right” is missing.")),
        (
            '[[must_pass]]\ndomain = "D5"',
            '[[must_pass]]\ndomain = "D6"',
            (23, "No row of the blueprint draws questions of D6."),
        ),
    ],
)
def test_a_fault_of_the_blueprint_is_found_at_its_line(
    exam: Path, written: str, instead: str, fault: tuple[int, str]
) -> None:
    rewrite(exam / "01-exam.quiz.toml", written, instead)

    assert found(exam) == [("01-exam.quiz.toml", *fault)]


def test_a_cell_that_stands_twice_is_a_fault(exam: Path) -> None:
    rewrite(exam / "01-exam.quiz.toml", 'domain = "D1"\nlevel = "foundation"\ndemand = "recall"', CELL_OF_D5)

    assert ("01-exam.quiz.toml", 17, "D5, lead, judge stands in the blueprint already.") in found(exam)


CELL_OF_D5 = 'domain = "D5"\nlevel = "lead"\ndemand = "judge"'


@pytest.mark.parametrize(
    ("must_pass", "cases"), [('[[must_pass]]\ndomain = "D5"\nright = 3\n', "3.1"), ("", "9.9")]
)
def test_guessing_counts_what_the_must_pass_domain_asks_for(exam: Path, must_pass: str, cases: str) -> None:
    """By luck three of four are right in 13 of 256 papers, all three of D5 in 1 of 64; there are two attempts."""
    head = HEAD[: HEAD.index("[[must_pass]]")].replace("100", "75") + must_pass
    (exam / "01-exam.quiz.toml").write_text(head)

    assert found(exam) == [
        (
            "01-exam.quiz.toml",
            4,
            f"Somebody who guesses would pass in {cases} of 100 cases; it should be at most one.",
        )
    ]


def test_a_file_that_is_named_and_not_there_is_a_fault_and_so_is_one_that_no_quiz_names(exam: Path) -> None:
    (exam / "d1.questions.toml").rename(exam / "other.questions.toml")

    assert found(exam) == [
        ("01-exam.quiz.toml", 8, "There is no d1.questions.toml beside it."),
        ("01-exam.quiz.toml", 11, "D1, foundation, recall has 0 questions; drawing 1, it should have 2."),
        ("other.questions.toml", 1, "No quiz in this folder names this file in its bank."),
    ]


def test_a_head_with_a_bank_holds_no_questions(exam: Path) -> None:
    with (exam / "01-exam.quiz.toml").open("a") as head:
        head.write(asked("d1", 3))

    assert found(exam)[0] == (
        "01-exam.quiz.toml",
        27,
        "A quiz with a bank holds no questions itself: put them into a file of it.",
    )


def test_a_file_of_questions_holds_nothing_else(exam: Path) -> None:
    path = exam / "d1.questions.toml"
    path.write_text('title = "Purpose"\n' + path.read_text())

    assert found(exam) == [("d1.questions.toml", 1, "A file of questions has no “title”.")]
