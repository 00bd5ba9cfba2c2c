"""Each fault that a file of questions, a rubric or an assignment can have is found, at its line."""

from datetime import date
from pathlib import Path

import pytest

from assessments.checking import check_content
from courses.content_files.folders import CONTENT, step_files

ON = date(2026, 11, 23)

HEAD = """title = "Quiz: words"
code = "M1.1"
draw = 4
pass_percent = 100
minutes = 5
minutes_allowed = 0
attempts_allowed = 1
intro = "Four questions."
"""

QUESTION = """
[[question]]
key = "KEY"
kind = "single"
demand = "recall"
level = "foundation"
competency = "1.1"
lesson = "what-not-how"
stem = "What has she asked for?"

[[question.option]]
key = "a"
text = "A purchase"
correct = true
reason = "The need is not stated."

[[question.option]]
key = "b"
text = "An outcome"
correct = false
reason = "No result is named."

[[question.option]]
key = "c"
text = "A need of people"
correct = false
reason = "Hours are not a need."

[[question.option]]
key = "d"
text = "A contract"
correct = false
reason = "Nothing is agreed yet."
"""

FACTS = """[[fact]]
id = "ofsted"
claim = "Ofsted looked at 12 council areas."
source = "Ofsted, 2011"
as_at = 2026-07-01
review_by = 2027-07-01
mark = "V"
"""

FRAMEWORK = """title = "Commissioning"
as_at = 2026-07-01
[[domain]]
code = "D1"
title = "Purpose"
sentence = "Ask."
[[domain.competency]]
code = "1.1"
title = "Frame"
foundation = "Frames."
practitioner = "Frames."
lead = "Frames."
"""

RUBRIC = """title = "Brief"
slug = "brief"
code = "A1"

[[criterion]]
key = "clarity"
title = "Clarity"
weight = 100
competency = "1.1"
level = "foundation"
band_1 = "Unclear."
band_2 = "Found with work."
band_3 = "Clear."
band_4 = "Clear to anybody."
"""

ASSIGNMENT = """title = "A brief"
code = "A1"
minutes = 120
words_guide = 1200
summary = "Turn the e-mail into a brief."
attempts_allowed = 3
rubric = "brief"
brief = "Write to Judith."
"""


EXEMPLAR = """text = \"\"\"
Dear Judith, ask first.
\"\"\"

[notes]
clarity = "A busy reader finds the proposal."
"""


def write_exemplars(module: Path, third: str = EXEMPLAR) -> None:
    for band in (1, 2, 4):
        (module / f"03-brief.exemplar-{band}.toml").write_text(EXEMPLAR)
    (module / "03-brief.exemplar-3.toml").write_text(third)


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A content folder of one sound course with eight questions."""
    folder = tmp_path / "foundations" / "01-words"
    folder.mkdir(parents=True)
    for name in ("facts", "frameworks"):
        (tmp_path / name).mkdir()
    (tmp_path / "facts" / "words.toml").write_text(FACTS)
    (tmp_path / "frameworks" / "commissioning.toml").write_text(FRAMEWORK)
    (tmp_path / "foundations" / "course.toml").write_text('title = "Foundations"')
    (folder / "module.toml").write_text('title = "Words"')
    (folder / "01-what-not-how.md").write_text("+++\n+++\n")
    write_quiz(folder)
    (folder / "03-brief.rubric.toml").write_text(RUBRIC)
    (folder / "03-brief.assignment.toml").write_text(ASSIGNMENT)
    write_exemplars(folder)
    return folder


def write_quiz(module: Path, head: str = HEAD, first: str = QUESTION, count: int = 8) -> None:
    questions = [first.replace("KEY", "m-1")]
    questions += [QUESTION.replace("KEY", f"m-{number}") for number in range(2, count + 1)]
    (module / "02-quiz.quiz.toml").write_text(head + "".join(questions))


def found(module: Path) -> list[tuple[str, int, str]]:
    faults = check_content(module.parents[1], on=ON)
    return [(fault.file.name, fault.line, fault.sentence) for fault in faults]


def test_sound_files_have_no_fault(module: Path) -> None:
    assert found(module) == []


def test_the_content_that_ships_has_no_fault() -> None:
    assert check_content(CONTENT, on=ON) == []


LINE = 10  # of the first [[question]]


@pytest.mark.parametrize(
    ("written", "instead", "line", "sentence"),
    [
        ("correct = true", "correct = false", LINE, "Exactly one option must be correct; here 0 are."),
        ("correct = false", "correct = true", LINE, "Exactly one option must be correct; here 4 are."),
        (
            'text = "A purchase"',
            'text = "A purchase, and a long one"',
            LINE,
            "The right option, “A purchase, and a long one”, is the longest. It must not be told by its length.",
        ),
        (
            'reason = "No result is named."',
            'reason = "the need is  not stated."',
            LINE,
            'Two reasons of options are alike: "the need is  not stated.".',
        ),
        (
            'text = "A contract"',
            'text = "All of the above"',
            LINE,
            "“All of the above” is no option of its own: say what it would stand for.",
        ),
        (
            'reason = "No result is named."',
            'reason = " "',
            LINE,
            'In "options", number 2: "reason" must be a text that is not blank.',
        ),
        ('competency = "1.1"', 'competency = "9.9"', 15, "There is no competency 9.9."),
        ('lesson = "what-not-how"', 'lesson = "gone"', 16, "The course has no lesson “gone”."),
        ('demand = "recall"', 'demand = "guess"', 13, "“demand” is one of recall, apply, judge."),
        ('level = "foundation"', 'level = "master"', 14, "“level” is one of foundation, practitioner, lead."),
        ('kind = "single"', 'kind = "essay"', LINE, 'There is no kind of question "essay".'),
        (
            "What has she asked for?",
            "What did the 7 areas do?",
            17,
            "“7” rests on no fact. Link it to one, list it under invented, or write it in words.",
        ),
        (
            "Nothing is agreed yet.",
            "It was [13 areas](fact:ofsted).",
            41,
            "“13” does not stand in the fact “ofsted”.",
        ),
    ],
)
def test_a_fault_of_a_question_is_found_at_its_line(
    module: Path, written: str, instead: str, line: int, sentence: str
) -> None:
    write_quiz(module, HEAD, QUESTION.replace(written, instead))

    assert found(module) == [("02-quiz.quiz.toml", line, sentence)]


def test_fewer_than_four_options_are_too_few(module: Path) -> None:
    last = QUESTION.rindex("[[question.option]]")
    write_quiz(module, HEAD, QUESTION[:last])

    assert found(module) == [("02-quiz.quiz.toml", LINE, "A question has at least 4 options; here are 3.")]


def test_figures_that_rest_on_a_fact_or_are_invented_are_no_fault(module: Path) -> None:
    sound = QUESTION.replace("What has she asked for?", "Of [12 areas](fact:ofsted), who bought 200 hours?")
    write_quiz(module, HEAD, sound.replace('stem = "', 'invented = ["200 hours"]\nstem = "'))

    assert found(module) == []


def test_a_key_stands_once_in_the_whole_folder(module: Path) -> None:
    write_quiz(module, HEAD, QUESTION.replace("KEY", "m-2"))

    assert found(module) == [
        ("02-quiz.quiz.toml", 43, "The question “m-2” stands in 02-quiz.quiz.toml already.")
    ]


def test_a_pool_smaller_than_twice_the_draw_is_a_fault(module: Path) -> None:
    write_quiz(module, HEAD, count=7)

    assert found(module) == [
        ("02-quiz.quiz.toml", 3, "The pool has 7 questions; drawing 4, it should have 8.")
    ]


def test_a_quiz_that_luck_passes_is_a_fault(module: Path) -> None:
    write_quiz(module, HEAD.replace("attempts_allowed = 1", "attempts_allowed = 3"))

    assert found(module) == [
        (
            "02-quiz.quiz.toml",
            4,
            "Somebody who guesses would pass in 1.2 of 100 cases; it should be at most one.",
        )
    ]


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        ("minutes = 5\n", "", "“minutes” is missing."),
        ("pass_percent = 100", "pass_percent = 101", "A pass mark lies between 1 and 100 per cent."),
        ('code = "M1.1"', 'code = "M1.1"\ncolour = "red"', "A quiz has no “colour”."),
    ],
)
def test_a_fault_of_the_rules_is_found(module: Path, written: str, instead: str, sentence: str) -> None:
    write_quiz(module, HEAD.replace(written, instead))

    assert [said for _, _, said in found(module)] == [sentence]


def test_a_file_that_is_no_toml_says_where_it_breaks(module: Path) -> None:
    (module / "02-quiz.quiz.toml").write_text('title = "Quiz\ndraw = 2')

    [(name, line, sentence)] = found(module)

    assert (name, line) == ("02-quiz.quiz.toml", 1)
    assert sentence.startswith("This is not TOML")


@pytest.mark.parametrize(
    ("written", "instead", "line", "sentence"),
    [
        ("weight = 100", "weight = 90", 1, "The weights add up to 90; they should add up to 100."),
        ('band_3 = "Clear."\n', "", 5, "“band_3” is missing."),
        ('competency = "1.1"', 'competency = "9.9"', 9, "There is no competency 9.9."),
        (
            'band_2 = "Found with work."',
            'band_2 = "Names 3 options."',
            12,
            "“3” rests on no fact. Link it to one, list it under invented, or write it in words.",
        ),
    ],
)
def test_a_fault_of_a_rubric_is_found_at_its_line(
    module: Path, written: str, instead: str, line: int, sentence: str
) -> None:
    (module / "03-brief.rubric.toml").write_text(RUBRIC.replace(written, instead))

    assert found(module) == [("03-brief.rubric.toml", line, sentence)]


@pytest.mark.parametrize(
    ("written", "instead", "line", "sentence"),
    [
        ('rubric = "brief"', 'rubric = "gone"', 7, "There is no rubric “gone” beside it."),
        ("words_guide = 1200\n", "", 1, "“words_guide” is missing."),
        (
            'brief = "Write to Judith."',
            'brief = """\nWrite to Judith.\n\nBy 30 September."""',
            11,
            "“30” rests on no fact. Link it to one, list it under invented, or write it in words.",
        ),
    ],
)
def test_a_fault_of_an_assignment_is_found_at_its_line(
    module: Path, written: str, instead: str, line: int, sentence: str
) -> None:
    (module / "03-brief.assignment.toml").write_text(ASSIGNMENT.replace(written, instead))

    assert found(module) == [("03-brief.assignment.toml", line, sentence)]


def test_sound_exemplars_have_no_fault_and_count_as_no_step(module: Path) -> None:
    assert found(module) == []
    assert [path.name for path in step_files(module) if "exemplar" in path.name] == []


def test_a_band_without_an_exemplar_is_a_fault(module: Path) -> None:
    (module / "03-brief.exemplar-4.toml").unlink()

    assert found(module) == [
        ("03-brief.rubric.toml", 1, "Band 4 (distinction) has no exemplar answer beside the rubric.")
    ]


def test_a_rubric_may_say_why_it_has_no_exemplars(module: Path) -> None:
    for band in (1, 2, 3, 4):
        (module / f"03-brief.exemplar-{band}.toml").unlink()
    (module / "03-brief.rubric.toml").write_text('without_exemplars = "Each is its own."\n' + RUBRIC)

    assert found(module) == []


@pytest.mark.parametrize(
    ("written", "instead", "line", "sentence"),
    [
        ("clarity =", "charm =", 6, "The rubric has no criterion “charm”."),
        ("clarity =", "charm =", 5, "The criterion “clarity” has no note."),
        ("ask first", "ask 12 people", 2, "“12” rests on no fact. Link it to one, list it under invented, or write it in words."),
        ("A busy reader", "In 5 minutes one", 6, "“5” rests on no fact. Link it to one, list it under invented, or write it in words."),
        ("ask first", "ask " * 1319, 1, "The answer has 1321 words; a learner may write 1320."),
        ("[notes]", 'author = "me"\n[notes]', 5, "An exemplar has no “author”."),
    ],
)  # fmt: skip
def test_a_fault_of_an_exemplar_is_found_at_its_line(
    module: Path, written: str, instead: str, line: int, sentence: str
) -> None:
    write_exemplars(module, EXEMPLAR.replace(written, instead))

    assert ("03-brief.exemplar-3.toml", line, sentence) in found(module)


def test_figures_that_the_assignment_invents_may_stand_in_an_exemplar(module: Path) -> None:
    (module / "03-brief.assignment.toml").write_text(ASSIGNMENT + 'invented = ["200 hours"]\n')
    write_exemplars(module, EXEMPLAR.replace("ask first", "200 hours is no question"))

    assert found(module) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('layout = "scroll"', "“layout” is one of one a page, all on one page."),
        ('review = "never"', "“review” is one of marks, reasons, afterwards."),
    ],
)
def test_a_layout_or_a_review_that_there_is_not_is_a_fault(module: Path, written: str, said: str) -> None:
    write_quiz(module, HEAD.replace('code = "M1.1"', f'code = "M1.1"\n{written}'))

    assert [sentence for _, _, sentence in found(module)] == [said]
