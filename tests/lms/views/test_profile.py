"""A learner's profile: a map and a table that say the same, what is missing, and what to read next."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.actions import attempts
from certificates.models import SchemeVersion
from courses.actions import steps
from courses.actions.framework import publish_framework
from courses.models import Competency, CoursePage, Enrolment, Framework, LessonPage, Level, ModulePage
from lms.people.models import Institute, User
from tests.assessments.attempting import submit
from tests.factories import assessments, work
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory
from tests.lms.views.conftest import Certify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]
SignIn = Callable[[User], Client]


def described(*codes: str) -> dict[str, Any]:
    """A framework as a file describes it, with a domain for each first number."""
    return {
        "title": "Commissioning",
        "as_at": "2026-07-01",
        "domain": [
            {
                "code": f"D{number}",
                "title": f"Domain {number}",
                "sentence": "Ask what they need.",
                "competency": [
                    {
                        "code": code,
                        "title": f"Skill {code}",
                        **{each: f"{each} {code}" for each in Level.values},
                    }
                    for code in codes
                    if code.startswith(number)
                ],
            }
            for number in sorted({code[0] for code in codes})
        ],
    }


@pytest.fixture
def framework(aldermoor: Institute, at: datetime) -> Framework:
    """Two domains, three competencies."""
    version, _ = publish_framework(aldermoor, "commissioning", described("1.1", "1.2", "2.1"), at=at)
    return version.framework


def competency(code: str) -> Competency:
    return Competency.objects.get(code=code)


def pass_quiz(enrolment: Enrolment, module: ModulePage, at: datetime, **fields: object) -> None:
    """Four questions on 1.1, all of them right."""
    quiz = assessments.quiz(module, **fields)
    submit(attempts.start(enrolment, quiz, by=enrolment.learner, at=at), 4, enrolment.learner, at)


def states(page: Any) -> dict[str, str]:
    """The state of each competency, as the map's tiles have it."""
    return {
        each.competency.code: each.state
        for _domain, standings in page.context["domains"]
        for each in standings
    }


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_a_newcomer_is_led_to_the_catalogue(ada: User, framework: Framework, sign_in: SignIn) -> None:
    page = sign_in(ada).get("/my/profile/")

    assert "Your profile begins with a course" in words(page)
    assert 'href="/courses/"' in page.content.decode()


def test_who_has_shown_nothing_sees_the_whole_map_and_how_it_fills(
    enrolment: Enrolment, framework: Framework, sign_in: SignIn
) -> None:
    page = sign_in(enrolment.learner).get("/my/profile/")

    assert states(page) == {"1.1": "", "1.2": "", "2.1": ""}
    assert "Nothing is shown yet, and that is where everyone begins" in words(page)


def test_a_quiz_and_marked_work_fill_it(
    enrolment: Enrolment,
    aldermoor: Institute,
    module: ModulePage,
    framework: Framework,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    sign_in: SignIn,
) -> None:
    pass_quiz(enrolment, module, at)
    rubric = assessments.rubric(aldermoor, competency=competency("2.1"), level="practitioner")
    task = assessments.assignment(module, rubric=rubric)
    work.released(work.hand_in(enrolment, task, at), asif, mina, lena, at)

    page = sign_in(enrolment.learner).get("/my/profile/")

    assert states(page) == {"1.1": "foundation", "1.2": "", "2.1": "practitioner"}
    said = words(page)
    assert "2 of 3 competencies shown" in said
    assert "Quiz: what commissioning is Foundation, 4 of 4 questions right 23 November 2026" in said
    assert "Commissioning brief Practitioner, band 3 of 4 23 November 2026" in said
    assert "until 23 November 2028" in said
    assert "Lead. lead 2.1" in said


def test_a_few_right_answers_say_how_many_more_show_foundation(
    enrolment: Enrolment, module: ModulePage, framework: Framework, at: datetime, sign_in: SignIn
) -> None:
    quiz = assessments.quiz(module, questions=2)
    submit(attempts.start(enrolment, quiz, by=enrolment.learner, at=at), 2, enrolment.learner, at)

    said = words(sign_in(enrolment.learner).get("/my/profile/"))

    assert "2 questions answered, 2 right: 2 more right answers show Foundation." in said


def test_each_piece_of_evidence_leads_to_what_it_is(
    enrolment: Enrolment, module: ModulePage, framework: Framework, at: datetime, sign_in: SignIn
) -> None:
    pass_quiz(enrolment, module, at)
    browser = sign_in(enrolment.learner)

    (line,) = browser.get("/my/profile/").context["domains"][0][1][0].lines

    assert line.url == f"/my/attempts/{enrolment.attempts.get().uuid}/"
    assert browser.get(line.url, follow=True).status_code == 200


def test_what_is_past_its_shelf_life_shows_as_lapsed(
    enrolment: Enrolment, module: ModulePage, framework: Framework, at: datetime, sign_in: SignIn
) -> None:
    pass_quiz(enrolment, module, at - timedelta(days=800))

    page = sign_in(enrolment.learner).get("/my/profile/")

    assert states(page)["1.1"] == "lapsed"
    assert "14 September 2024, counted until 14 September 2026" in words(page)


@pytest.mark.parametrize("state", ["Not shown yet", "Foundation"])
def test_the_map_says_in_words_what_the_table_says(
    enrolment: Enrolment, module: ModulePage, framework: Framework, at: datetime, sign_in: SignIn, state: str
) -> None:
    pass_quiz(enrolment, module, at)

    page = sign_in(enrolment.learner).get("/my/profile/")
    drawn, rest = page.content.decode().split('<svg class="competency-map narrow"')

    in_table = rest.split("</svg>", 1)[1].count(f"</svg>{state}</span>")
    assert drawn.split('<svg class="competency-map wide"')[1].count(f">{state}<") == in_table
    assert in_table == {"Not shown yet": 2, "Foundation": 1}[state]


def test_missing_for_the_next_certificate_is_what_its_scheme_says(
    enrolment: Enrolment, foundations: CoursePage, module: ModulePage, framework: Framework, sign_in: SignIn
) -> None:
    quiz, brief = assessments.quiz(module), assessments.assignment(module)
    certificate_factory.scheme(foundations, quiz, brief)  # it names 1.1
    certificate_factory.passed(enrolment, quiz)

    found = sign_in(enrolment.learner).get("/my/profile/").context["next"]

    assert (found.done, found.total, found.named, found.shown) == (1, 2, 1, 0)
    assert [(each.title, each.words) for each in found.missing] == [
        ("Commissioning brief", "You have no result for this assignment yet.")
    ]


def test_a_certificate_that_is_held_is_not_the_next(
    enrolment: Enrolment,
    foundations: CoursePage,
    module: ModulePage,
    framework: Framework,
    certify: Certify,
    sign_in: SignIn,
) -> None:
    scheme: SchemeVersion = certificate_factory.scheme(foundations, assessments.quiz(module))
    certify(enrolment, scheme)

    page = sign_in(enrolment.learner).get("/my/profile/")

    assert page.context["next"] is None
    assert "There is no certificate of Aldermoor Institute of Commissioning left to work for" in words(page)


def taught(lesson: LessonPage, *codes: str) -> LessonPage:
    lesson.competencies.set(Competency.objects.filter(code__in=codes))
    lesson.save()
    return lesson


def suggested(browser: Client) -> list[tuple[str, bool, tuple[str, ...]]]:
    lessons = browser.get("/my/profile/").context["lessons"]
    return [(each.title, each.is_enrolled, each.teaches) for each in lessons]


def test_lessons_are_suggested_on_what_is_not_shown_and_not_read(
    enrolment: Enrolment,
    lesson: LessonPage,
    module: ModulePage,
    framework: Framework,
    at: datetime,
    sign_in: SignIn,
) -> None:
    taught(lesson, "1.1", "1.2")
    taught(course_factory.lesson(module, "Read already"), "2.1")
    taught(course_factory.lesson(module, "On the same"), "1.2")
    taught(course_factory.lesson(module, "On outcomes"), "2.1")
    steps.finish(enrolment, LessonPage.objects.get(title="Read already"), by_what="reading", at=at)
    browser = sign_in(enrolment.learner)
    assert suggested(browser) == [("What, not how", True, ("1.1", "1.2")), ("On outcomes", True, ("2.1",))]

    pass_quiz(enrolment, module, at)

    assert suggested(browser) == [("What, not how", True, ("1.2",)), ("On outcomes", True, ("2.1",))]


def test_a_lesson_of_another_course_leads_to_the_course_and_one_that_is_closed_is_not_named(
    aldermoor: Institute, enrolment: Enrolment, framework: Framework, sign_in: SignIn
) -> None:
    outcomes = course_factory.course(aldermoor, "Outcomes")
    taught(course_factory.lesson(course_factory.module(outcomes), "Open to all"), "2.1")
    closed = course_factory.course(aldermoor, "Closed", open_to=CoursePage.OpenTo.INVITED)
    taught(course_factory.lesson(course_factory.module(closed), "By invitation"), "1.2")

    (found,) = sign_in(enrolment.learner).get("/my/profile/").context["lessons"]

    assert (found.title, found.url, found.is_enrolled) == ("Open to all", "/aldermoor/outcomes/", False)


def test_who_learns_at_two_institutes_chooses_between_their_frameworks(
    fenwick: Institute, enrolment: Enrolment, framework: Framework, ada: User, at: datetime, sign_in: SignIn
) -> None:
    theirs, _ = publish_framework(fenwick, "commissioning", described("7.1"), at=at)
    course_factory.enrol(ada, course_factory.course(fenwick, "Letters"))
    browser = sign_in(ada)

    assert set(states(browser.get("/my/profile/"))) == {"1.1", "1.2", "2.1"}
    assert set(states(browser.get(f"/my/profile/?of={theirs.framework.uuid}"))) == {"7.1"}


def test_the_framework_of_an_institute_where_one_does_not_learn_is_not_found(
    fenwick: Institute, enrolment: Enrolment, framework: Framework, at: datetime, sign_in: SignIn
) -> None:
    theirs, _ = publish_framework(fenwick, "commissioning", described("7.1"), at=at)
    browser = sign_in(enrolment.learner)

    assert browser.get(f"/my/profile/?of={theirs.framework.uuid}").status_code == 404
    assert browser.get("/my/profile/?of=nonsense").status_code == 404


def test_only_the_newest_version_of_a_framework_is_drawn(
    aldermoor: Institute, enrolment: Enrolment, framework: Framework, at: datetime, sign_in: SignIn
) -> None:
    publish_framework(aldermoor, "commissioning", described("1.1", "2.1"), at=at + timedelta(days=1))

    assert states(sign_in(enrolment.learner).get("/my/profile/")) == {"1.1": "", "2.1": ""}


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_for_one_of_everything_and_for_thirty(
    aldermoor: Institute,
    foundations: CoursePage,
    enrolment: Enrolment,
    module: ModulePage,
    framework: Framework,
    at: datetime,
    sign_in: SignIn,
    number: int,
) -> None:
    for n in range(number):
        pool = assessments.pool(aldermoor, slug=f"questions-{n}")
        pass_quiz(enrolment, module, at + timedelta(minutes=n), slug=f"quiz-{n}", pool=pool)
        taught(course_factory.lesson(module, f"Lesson {n}"), "1.2")
        course_factory.course(aldermoor, f"Course {n}")
    certificate_factory.scheme(foundations, assessments.quiz(module, slug="last"))
    browser = sign_in(enrolment.learner)
    browser.get("/my/profile/")

    with CaptureQueriesContext(connection) as queries:
        browser.get("/my/profile/")

    assert len(queries) == 22
