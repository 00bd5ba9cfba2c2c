"""Schemes from the content folder."""

from pathlib import Path

import pytest

from certificates.loading import load_schemes
from certificates.models import SchemeVersion
from tests.factories import assessments as assessment_factory
from tests.factories import courses as course_factory

SCHEME = """
slug = "foundations-certificate"
title = "Foundations of commissioning"
level = "foundation"
validity_months = 24
statement = "has shown it."
competencies = ["1.1"]

[[requirement]]
kind = "quiz"
step = "{step}"

[[requirement]]
kind = "assignment"
step = "what-commissioning-is/brief"
minimum_band = 3
"""


@pytest.fixture
def folder(tmp_path: Path, quiz, brief, aldermoor) -> Path:
    course_factory.competency(aldermoor)
    return write(tmp_path, "what-commissioning-is/quiz")


def write(folder: Path, step: str, **changes: str) -> Path:
    course = folder / "foundations"
    course.mkdir(exist_ok=True)
    (course / "course.toml").write_text('title = "Foundations"')
    text = SCHEME.format(step=step)
    for old, new in changes.items():
        text = text.replace(old, new)
    (course / "scheme.toml").write_text(text)
    return folder


def test_a_scheme_is_made_from_its_file(folder, aldermoor, quiz, brief, at):
    report = load_schemes(aldermoor, at=at, folder=folder)

    version = SchemeVersion.objects.get()
    assert report.made == ["foundations-certificate"]
    assert (version.title, version.validity_months, version.design) == (
        "Foundations of commissioning",
        24,
        "classic",
    )
    assert [each.code for each in version.competencies.all()] == ["1.1"]
    assert [(each.step_id, each.minimum_band) for each in version.requirements.all()] == [
        (quiz.pk, None),
        (brief.pk, 3),
    ]


def test_loading_twice_changes_nothing(folder, aldermoor, at):
    load_schemes(aldermoor, at=at, folder=folder)

    report = load_schemes(aldermoor, at=at, folder=folder)

    assert (report.made, report.changed, report.unchanged) == ([], [], 1)
    assert SchemeVersion.objects.count() == 1


def test_a_changed_file_makes_a_new_version(folder, aldermoor, at):
    load_schemes(aldermoor, at=at, folder=folder)
    write(folder, "what-commissioning-is/quiz", foundation="practitioner")
    write(folder, "what-commissioning-is/quiz", **{"validity_months = 24": "validity_months = 12"})

    report = load_schemes(aldermoor, at=at, folder=folder)

    assert report.changed == ["foundations-certificate, now version 2"]
    assert [each.validity_months for each in SchemeVersion.objects.all()] == [24, 12]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("what-commissioning-is/quiz", "elsewhere/quiz", "the course has no step “elsewhere/quiz”"),
        ('["1.1"]', '["9.9"]', "the framework has no competency “9.9”"),
    ],
)
def test_a_scheme_that_names_something_missing_is_left_alone(old, new, sentence, folder, aldermoor, at):
    write(folder, "what-commissioning-is/quiz", **{old: new})

    report = load_schemes(aldermoor, at=at, folder=folder)

    assert [each.why for each in report.left_alone] == [sentence]
    assert not SchemeVersion.objects.exists()


def test_a_course_that_the_site_does_not_have_is_left_alone(folder, fenwick, at):
    report = load_schemes(fenwick, at=at, folder=folder)

    assert [each.why for each in report.left_alone] == ["there is no course “foundations”"]


LEAD = """
slug = "lead-certificate"
title = "Lead of commissioning"
level = "lead"
validity_months = 24
statement = "has shown more."
competencies = ["1.1"]

[[requirement]]
kind = "assignment"
step = "{step}"
minimum_band = 3
criterion = "{criterion}"
"""


@pytest.fixture
def board_paper(aldermoor):
    """Written work of another course, judged by two criteria."""
    module = course_factory.module(course_factory.course(aldermoor, "Leading"), "Your assignment")
    return assessment_factory.assignment(module, slug="board-paper", title="Board paper")


def write_lead(folder: Path, step: str, criterion: str = "criterion-2") -> None:
    path = folder / "foundations" / "lead.scheme.toml"
    path.write_text(LEAD.format(step=step, criterion=criterion))


def test_a_course_may_have_several_schemes_that_ask_for_steps_of_other_courses(
    folder, aldermoor, board_paper, at
):
    write_lead(folder, "leading/your-assignment/board-paper")

    report = load_schemes(aldermoor, at=at, folder=folder)
    again = load_schemes(aldermoor, at=at, folder=folder)

    assert report.made == ["lead-certificate", "foundations-certificate"]
    assert (again.made, again.changed, again.unchanged) == ([], [], 2)
    (asked,) = SchemeVersion.objects.get(scheme__slug="lead-certificate").asked
    assert (asked.step_id, asked.title) == (board_paper.pk, "Board paper (Leading)")
    assert asked.more_words == "band 3 or better in “Criterion 2”"


@pytest.mark.parametrize(
    ("step", "criterion", "why"),
    [
        (
            "leading/your-assignment/gone",
            "criterion-2",
            "the institute has no step “leading/your-assignment/gone”",
        ),
        (
            "leading/your-assignment/board-paper",
            "gates",
            "the rubric of “leading/your-assignment/board-paper” has no criterion “gates”",
        ),
    ],
)
def test_what_another_course_does_not_have_is_left_alone_and_named(
    step, criterion, why, folder, aldermoor, board_paper, at
):
    write_lead(folder, step, criterion)

    report = load_schemes(aldermoor, at=at, folder=folder)

    assert [str(each) for each in report.left_alone] == [f"lead-certificate: {why}. It was left alone."]


def test_another_institutes_step_is_not_there(folder, aldermoor, fenwick, at):
    module = course_factory.module(course_factory.course(fenwick, "Leading"), "Your assignment")
    assessment_factory.assignment(module, slug="board-paper")
    write_lead(folder, "leading/your-assignment/board-paper")

    report = load_schemes(aldermoor, at=at, folder=folder)

    assert [each.why for each in report.left_alone] == [
        "the institute has no step “leading/your-assignment/board-paper”"
    ]
