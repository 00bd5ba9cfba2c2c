"""The loader: what the files say stands at the desk; loading again changes nothing; people's own words stay."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assessments import rules
from assessments.actions import questions
from assessments.actions.versions import Wording
from assessments.drawing import Row
from assessments.loading import load_assessments
from assessments.models import (
    AssignmentPage,
    Criterion,
    Exemplar,
    Pool,
    Question,
    QuestionVersion,
    QuizPage,
    Rubric,
    RubricVersion,
)
from courses.loading import load_courses
from courses.models import CoursePage, ModulePage
from lms.people.models import Institute, User
from tests.assessments.test_checking import ASSIGNMENT, HEAD, QUESTION, RUBRIC
from tests.factories import assessments as factory
from tests.factories import courses as course_factory

KEPT = [Pool, Question, QuestionVersion, QuizPage, AssignmentPage, Rubric, RubricVersion, Criterion]


@pytest.fixture
def module(aldermoor: Institute) -> ModulePage:
    course_factory.competency(aldermoor)
    course = course_factory.course(aldermoor, slug="foundations")
    return course_factory.module(course, slug="words")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "foundations" / "01-words"
    folder.mkdir(parents=True)
    (tmp_path / "foundations" / "course.toml").write_text("")
    (folder / "module.toml").write_text("")
    write_quiz(folder, 2)
    (folder / "03-brief.rubric.toml").write_text(RUBRIC)
    (folder / "03-brief.assignment.toml").write_text(ASSIGNMENT)
    return folder


def write_quiz(files: Path, count: int, stem: str = "What has she asked for?") -> None:
    asked = [
        QUESTION.replace("KEY", f"m-{n}").replace("What has she asked for?", stem)
        for n in range(1, count + 1)
    ]
    (files / "02-quiz.quiz.toml").write_text(HEAD + "".join(asked))


def load(institute: Institute, files: Path, at: datetime, **options: Any) -> Any:
    return load_assessments(institute, at=at, folder=files.parents[1], **options)


def rows() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in KEPT]


def states() -> dict[str, str]:
    return dict(Question.objects.values_list("key", "state"))


def test_the_files_become_a_quiz_its_questions_a_rubric_and_an_assignment(
    aldermoor: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    load(aldermoor, files, at)

    quiz = QuizPage.objects.child_of(module).get()
    version = QuestionVersion.objects.in_force().first()
    assignment = AssignmentPage.objects.child_of(module).get()
    assert (quiz.title, quiz.live, quiz.draw, quiz.attempts_allowed) == ("Quiz: words", True, 4, 1)
    assert states() == {"m-1": "live", "m-2": "live"}
    assert (version.kind, version.competency.code, version.made_by) == ("single", "1.1", None)
    assert [option["key"] for option in version.body["options"]] == ["a", "b", "c", "d"]
    assert (assignment.rubric.slug, assignment.brief) == ("brief", "<p>Write to Judith.</p>")
    assert list(Criterion.objects.values_list("key", "weight", "band_1")) == [("clarity", 100, "Unclear.")]


def test_loading_again_changes_no_row(
    aldermoor: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    load(aldermoor, files, at)
    before = rows()

    report = load(aldermoor, files, at)

    assert rows() == before
    assert (report.made, report.changed, report.left_alone, report.unpublished) == ([], [], [], [])


def test_the_content_that_ships_is_loaded_twice_without_a_difference(
    aldermoor: Institute, at: datetime
) -> None:
    course_factory.institute_page(aldermoor)
    load_courses(aldermoor, at=at)
    load_assessments(aldermoor, at=at)
    before = rows()

    load_assessments(aldermoor, at=at)

    assert rows() == before
    assert {page.slug for page in CoursePage.objects.all()} == {
        "final-certification",
        "foundations",
        "leading-integrated-commissioning",
        "outcomes-quality-safety",
    }
    assert QuestionVersion.objects.filter(lesson=None).count() == 0
    exam = QuizPage.objects.get(slug="exam")
    assert (exam.draw, len(exam.rows), exam.domains_to_pass[0]["needed"]) == (60, 38, 10)
    assert rules.is_ready(exam)


def test_a_changed_question_becomes_a_new_version(
    aldermoor: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    load(aldermoor, files, at)
    write_quiz(files, 2, stem="What is it that she wants?")

    load(aldermoor, files, at)

    assert list(QuestionVersion.objects.in_force().values_list("question__key", "number")) == [
        ("m-1", 2),
        ("m-2", 2),
    ]
    assert QuestionVersion.objects.count() == 4


def test_a_question_gone_from_the_file_is_retired(
    aldermoor: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    load(aldermoor, files, at)
    write_quiz(files, 1)

    report = load(aldermoor, files, at)

    assert states() == {"m-1": "live", "m-2": "retired"}
    assert report.unpublished == ["question m-2"]


def test_a_question_that_came_back_waits_for_a_person_or_an_overwrite(
    aldermoor: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    for count in (2, 1, 2):
        write_quiz(files, count)
        report = load(aldermoor, files, at)

    waiting = states()
    load(aldermoor, files, at, overwrite=True)

    assert [str(each) for each in report.left_alone] == [
        "question m-2: retired; publish it at the desk to ask it again. It was left alone."
    ]
    assert (waiting["m-2"], states()["m-2"]) == ("retired", "live")


def test_a_question_changed_at_the_desk_is_left_alone_unless_overwritten(
    aldermoor: Institute, module: ModulePage, files: Path, adil: User, at: datetime
) -> None:
    load(aldermoor, files, at)
    question = Question.objects.get(key="m-1")
    desk = Wording(
        kind="single",
        demand="apply",
        level="foundation",
        competency=course_factory.competency(aldermoor),
        lesson=None,
        stem="Written by Adil",
        body=factory.single_choice(),
    )
    questions.publish(question, desk, by=adil, at=at)

    report = load(aldermoor, files, at)
    kept = question.versions.latest("number").stem
    load(aldermoor, files, at, overwrite=True)

    assert str(report.left_alone[0]).startswith(
        "question m-1: changed at the desk on 23 November 2026 by Adil Hassan"
    )
    assert kept == "Written by Adil"
    assert question.versions.latest("number").stem == "What has she asked for?"


def test_a_question_written_at_the_desk_stays_in_its_pool(
    aldermoor: Institute, module: ModulePage, files: Path, adil: User, at: datetime
) -> None:
    load(aldermoor, files, at)
    factory.question(Pool.objects.get(), "desk-1", made_by=adil)

    load(aldermoor, files, at)

    assert states()["desk-1"] == "live"


def test_a_changed_rubric_becomes_a_new_version_and_the_old_one_stays(
    aldermoor: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    load(aldermoor, files, at)
    (files / "03-brief.rubric.toml").write_text(RUBRIC.replace("Unclear.", "Nobody could follow it."))

    load(aldermoor, files, at)

    assert list(Criterion.objects.order_by("version__number").values_list("version__number", "band_1")) == [
        (1, "Unclear."),
        (2, "Nobody could follow it."),
    ]


def test_a_changed_exemplar_is_one_more_row_and_the_newest_is_in_force(
    aldermoor: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    exemplar = 'text = "Ask *first*."\n[notes]\nclarity = "Found at once."\n'
    (files / "03-brief.exemplar-3.toml").write_text(exemplar)
    load(aldermoor, files, at)
    load(aldermoor, files, at)
    (files / "03-brief.exemplar-3.toml").write_text(exemplar.replace("first", "twice"))

    load(aldermoor, files, at)

    assert [(each.band, each.number, each.text) for each in Exemplar.objects.all()] == [
        (3, 1, "<p>Ask <i>first</i>.</p>"),
        (3, 2, "<p>Ask <i>twice</i>.</p>"),
    ]
    assert [each.number for each in Exemplar.objects.in_force()] == [2]
    assert Exemplar.objects.in_force().get().notes == {"clarity": "<p>Found at once.</p>"}


def test_a_quiz_gone_from_the_files_is_unpublished_and_not_deleted(
    aldermoor: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    load(aldermoor, files, at)
    (files / "02-quiz.quiz.toml").unlink()

    load(aldermoor, files, at)

    assert [(page.slug, page.live) for page in QuizPage.objects.all()] == [("quiz", False)]


def test_two_institutes_load_the_same_files_apart(
    aldermoor: Institute, fenwick: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    course_factory.competency(fenwick)
    course_factory.module(course_factory.course(fenwick, slug="foundations"), slug="words")

    load(aldermoor, files, at)
    load(fenwick, files, at)

    assert list(Question.objects.order_by("pk").values_list("institute__slug", "key")) == [
        ("aldermoor", "m-1"),
        ("aldermoor", "m-2"),
        ("fenwick", "m-1"),
        ("fenwick", "m-2"),
    ]


BANKED = HEAD.replace("draw = 4", 'draw = 4\nbank = ["d1", "d2"]')


def write_exam(files: Path, *banks: str) -> None:
    """A quiz whose questions stand beside it, each naming its lesson by the whole way."""
    (files / "02-quiz.quiz.toml").write_text(BANKED)
    for name in banks:
        asked = QUESTION.replace("KEY", f"fc-{name}")
        asked = asked.replace('lesson = "what-not-how"', 'lesson = "elsewhere/words/what-not-how"')
        (files / f"{name}.questions.toml").write_text(asked)


def test_a_quiz_asks_what_stands_in_the_files_of_its_bank(
    aldermoor: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    elsewhere = course_factory.course(aldermoor, slug="elsewhere")
    lesson = course_factory.lesson(course_factory.module(elsewhere, slug="words"))
    write_exam(files, "d1", "d2")

    load(aldermoor, files, at)

    assert states() == {"fc-d1": "live", "fc-d2": "live"}
    assert {version.lesson_id for version in QuestionVersion.objects.all()} == {lesson.pk}
    assert QuizPage.objects.child_of(module).get().live


def test_a_quiz_is_not_there_until_the_whole_of_its_bank_is(
    aldermoor: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    write_exam(files, "d1")

    report = load(aldermoor, files, at)

    assert (states(), QuizPage.objects.exists()) == ({}, False)
    assert [str(each) for each in report.left_alone] == [
        "Quiz: words: not there yet: d2.questions.toml. It was left alone."
    ]


BLUEPRINT = """
[[blueprint]]
domain = "D1"
level = "foundation"
demand = "recall"
draw = 4

[[must_pass]]
domain = "D1"
right = 3
"""


def test_a_blueprint_in_the_file_is_the_pages(
    aldermoor: Institute, module: ModulePage, files: Path, at: datetime
) -> None:
    write_quiz(files, 8)
    quiz = files / "02-quiz.quiz.toml"
    quiz.write_text(HEAD + BLUEPRINT + quiz.read_text().removeprefix(HEAD))

    load(aldermoor, files, at)
    again = load(aldermoor, files, at)

    page = QuizPage.objects.child_of(module).get()
    assert page.rows == (Row(("D1", "foundation", "recall"), 4),)
    assert page.domains_to_pass == [{"domain": "D1", "title": "Purpose and people", "of": 4, "needed": 3}]
    assert again.changed == []
