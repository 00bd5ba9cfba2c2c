"""How likely a draw asks enough of a competency: counted exactly, without drawing anything."""

from fractions import Fraction
from itertools import combinations
from pathlib import Path

from assessments.content_files.evidencing import Evidencing, evidencing, together

QUIZ = 'title = "Quiz"\ndraw = {draw}\nattempts_allowed = 3\n'
QUESTION = '[[question]]\ncompetency = "{code}"\n'


def course(folder: Path, *codes: str, draw: int) -> Path:
    """A course with one quiz that has a question on each of these competencies."""
    module = folder / "01-first"
    module.mkdir(parents=True)
    (module / "module.toml").write_text('title = "First"\n')
    (module / "01-quiz.quiz.toml").write_text(
        QUIZ.format(draw=draw) + "".join(QUESTION.format(code=code) for code in codes)
    )
    return folder


def test_the_chance_is_that_of_every_draw_there_is(tmp_path: Path) -> None:
    codes = ["1.1"] * 6 + ["1.2"] * 4

    found = evidencing(course(tmp_path / "a", *codes, draw=5))["1.1"]

    every = list(combinations(codes, 5))
    enough = sum(drawn.count("1.1") >= 4 for drawn in every)
    assert found.chance == Fraction(enough, len(every))
    assert found.sentence("foundation") == "6 questions (about 3.0 drawn, enough for 26 of 100)"


def test_several_quizzes_add_up(tmp_path: Path) -> None:
    one = evidencing(course(tmp_path / "a", "1.1", "1.1", draw=2))
    other = evidencing(course(tmp_path / "b", "1.1", "1.1", "1.2", "1.2", draw=2))

    assert one["1.1"].chance == 0
    assert together([one, other])["1.1"].chance == Fraction(1, 6)


def test_nothing_asked_is_never_enough() -> None:
    assert Evidencing().chance == 0
