"""A line manager's map: levels and dates of those who name them, and nothing else."""

import csv
from datetime import date
from typing import Any

import pytest

from assessments.actions import attempts
from courses.actions.framework import publish_framework
from courses.models import CoursePage, Enrolment, Framework
from lms.people.actions import employments
from lms.people.models import Employment, Organisation, User
from tests.assessments.attempting import submit
from tests.factories import assessments, people, work
from tests.factories import courses as course_factory
from tests.lms.views.test_profile import competency, described

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]
MAP = "/for/marlshire-council/team/"


@pytest.fixture
def framework(aldermoor, at) -> Framework:
    version, _ = publish_framework(aldermoor, "commissioning", described("1.1", "1.2", "2.1"), at=at)
    return version.framework


@pytest.fixture
def through_work(framework, ada, manuel, foundations: CoursePage, marlshire: Organisation) -> Enrolment:
    return course_factory.enrol(ada, foundations, organisation=marlshire, enrolled_by=manuel)


@pytest.fixture
def shown(through_work: Enrolment, aldermoor, module, asif, mina, lena, at) -> Enrolment:
    """Ada has passed a quiz on 1.1, and her work shows 2.1 at Practitioner."""
    submit(
        attempts.start(through_work, assessments.quiz(module), by=through_work.learner, at=at),
        4,
        through_work.learner,
        at,
    )
    rubric = assessments.rubric(aldermoor, competency=competency("2.1"), level="practitioner")
    task = assessments.assignment(module, rubric=rubric)
    work.released(work.hand_in(through_work, task, at), asif, mina, lena, at)
    return through_work


def text(page) -> str:
    return " ".join(page.content.decode().split())


def levels(page) -> dict[str, list[str]]:
    return {member.name: [cell.level for cell in member.cells] for member in page.context["map"].members}


def test_it_says_at_which_level_each_person_shows_each_competency_and_until_when(shown, manuel, sign_in):
    page = sign_in(manuel).get(MAP)

    assert levels(page) == {"Ada Bright": ["foundation", "", "practitioner"]}
    (member,) = page.context["map"].members
    assert [(each.on, each.until) for each in member.shown] == [(date(2026, 11, 23), date(2028, 11, 23))] * 2
    assert [count for _skill, count in page.context["map"].totals] == [1, 0, 1]
    assert "Practitioner, until 23 November 2028" in text(page)


def test_no_score_band_title_of_work_or_feedback_stands_in_it(shown, manuel, sign_in):
    browser = sign_in(manuel)

    for page in (browser.get(MAP), browser.get(f"{MAP}levels.csv")):
        said = text(page)
        for secret in (
            "4 of 4",
            "band",
            "Commissioning brief",
            "Quiz: what commissioning is",
            work.FEEDBACK,
            "attempt",
        ):
            assert secret.lower() not in said.lower()


def test_the_download_has_a_line_for_each_person_and_competency(shown, ada, manuel, sign_in):
    ada.first_name = "=Ada"
    ada.save()

    answer = sign_in(manuel).get(f"{MAP}levels.csv")

    assert list(csv.reader(answer.content.decode("utf-8-sig").splitlines())) == [
        ["Name", "Domain", "Code", "Competency", "Level", "Shown on", "Counts until"],
        ["'=Ada Bright", "Domain 1", "1.1", "Skill 1.1", "Foundation", "2026-11-23", "2028-11-23"],
        ["'=Ada Bright", "Domain 1", "1.2", "Skill 1.2", "", "", ""],
        ["'=Ada Bright", "Domain 2", "2.1", "Skill 2.1", "Practitioner", "2026-11-23", "2028-11-23"],
    ]


def test_what_somebody_learns_by_themselves_is_none_of_it(
    framework, ada, manuel, foundations, marlshire, module, at, sign_in
):
    own = course_factory.enrol(ada, foundations)
    submit(attempts.start(own, assessments.quiz(module), by=ada, at=at), 4, ada, at)
    browser = sign_in(manuel)
    assert "Your team takes no course yet" in text(browser.get(MAP))

    second = course_factory.course(foundations.institute, "Outcomes")
    course_factory.enrol(ada, second, organisation=marlshire, enrolled_by=manuel)

    assert levels(browser.get(MAP)) == {"Ada Bright": ["", "", ""]}


def test_colleagues_who_name_somebody_else_are_not_on_it(shown, ben, manuel, foundations, marlshire, sign_in):
    people.employ(ben, marlshire)
    course_factory.enrol(ben, foundations, organisation=marlshire)
    other = people.person("Nia", "Other")

    assert list(levels(sign_in(manuel).get(MAP))) == ["Ada Bright"]
    people.appoint(other, "manager", marlshire)
    page = sign_in(other).get(MAP)
    assert "Nobody is in your team yet" in text(page)
    assert "Ada Bright" not in text(page)


def test_who_has_not_accepted_or_has_left_is_not_on_it(
    shown, ada, ben, manuel, foundations, marlshire, at, sign_in
):
    people.employ(ben, marlshire, line_manager=manuel, accepted_at=None)
    course_factory.enrol(ben, foundations, organisation=marlshire)
    browser = sign_in(manuel)
    assert list(levels(browser.get(MAP))) == ["Ada Bright"]

    employments.end(Employment.objects.get(person=ada), by=manuel, at=at)

    assert "Nobody is in your team yet" in text(browser.get(MAP))


def test_nobody_but_a_manager_there_opens_it(shown, ada, otto, sign_in):
    assert sign_in(ada).get(MAP).status_code == 404
    assert sign_in(otto).get(MAP).status_code == 404


def test_another_framework_is_not_found(shown, manuel, fenwick, at, sign_in):
    theirs, _ = publish_framework(fenwick, "commissioning", described("7.1"), at=at)

    assert sign_in(manuel).get(MAP, {"of": str(theirs.framework.uuid)}).status_code == 404


def test_as_many_queries_for_thirty_people_as_for_one(
    shown,
    manuel: User,
    marlshire,
    foundations,
    module,
    asif,
    mina,
    lena,
    at,
    sign_in,
    django_assert_num_queries: Any,
):
    browser = sign_in(manuel)
    browser.get(MAP)
    with django_assert_num_queries(18):
        browser.get(MAP)
    quiz = module.get_children().get(slug="quiz").specific
    for number in range(29):
        person = people.person(f"P{number:02}")
        people.employ(person, marlshire, line_manager=manuel)
        enrolment = course_factory.enrol(person, foundations, organisation=marlshire)
        submit(attempts.start(enrolment, quiz, by=person, at=at), 4, person, at)

    with django_assert_num_queries(18):
        page = browser.get(MAP)

    assert len(page.context["map"].members) == 30
