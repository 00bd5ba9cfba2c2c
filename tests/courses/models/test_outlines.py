"""A course's outline, read from its live pages."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType

from courses.models import CoursePage, Enrolment, LessonPage, ModulePage
from courses.models.outlines import address, course_of, enrolment_above, outline_of, outlines_of
from courses.outline import Module, Outline, Step
from lms.people.models import Institute, User
from tests.factories import assessments
from tests.factories import courses as factory


def test_the_outline_is_the_live_tree_in_its_order(lesson: LessonPage, foundations: CoursePage) -> None:
    module = lesson.get_parent()
    quiz = assessments.quiz(ModulePage.objects.get(pk=module.pk))

    outline = outline_of(foundations)

    home = "/aldermoor/foundations/what-commissioning-is/"
    steps = (
        Step(lesson.pk, "What, not how", f"{home}what-not-how/", "lesson", 25),
        Step(quiz.pk, "Quiz: what commissioning is", f"{home}quiz/", "quiz", 12),
    )
    assert outline == Outline((Module(module.pk, "What commissioning is", home, steps, "The words."),))


def test_what_is_not_live_is_not_in_it(
    lesson: LessonPage, module: ModulePage, foundations: CoursePage
) -> None:
    factory.lesson(module, "A draft", live=False)
    hidden = factory.module(foundations, "Hidden", live=False)
    factory.lesson(hidden, "In a draft module")

    assert [step.id for step in outline_of(foundations).steps] == [lesson.pk]


def test_the_outline_takes_one_query_however_long_it_is(
    foundations: CoursePage, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        module = factory.module(foundations, f"Module {number}")
        for step in range(10):
            factory.lesson(module, f"Lesson {number} {step}")
    ContentType.objects.get_for_model(LessonPage)

    with django_assert_num_queries(1):
        outline = outline_of(foundations)

    assert len(outline.steps) == 30


def test_the_outlines_of_many_courses_are_one_query_too(
    aldermoor: Institute, django_assert_num_queries: Any
) -> None:
    courses = [factory.course(aldermoor, f"Course {number}") for number in range(3)]
    for course in courses:
        factory.lesson(factory.module(course), f"Lesson of {course.title}")

    with django_assert_num_queries(1):
        outlines = outlines_of(courses)

    assert {pk: [step.title for step in outline.steps] for pk, outline in outlines.items()} == {
        course.pk: [f"Lesson of {course.title}"] for course in courses
    }


def test_no_course_has_no_outline_and_takes_no_query() -> None:
    assert outlines_of([]) == {}


def test_an_address_leaves_the_home_page_out() -> None:
    assert address("/piper/aldermoor/foundations/") == "/aldermoor/foundations/"
    assert address("/piper/") == "/"


def test_the_course_of_a_page_stands_above_it(lesson: LessonPage, foundations: CoursePage) -> None:
    assert course_of(lesson) == foundations
    assert course_of(foundations) == foundations


def test_a_person_s_enrolment_is_found_from_every_page_of_the_course(
    enrolment: Enrolment, lesson: LessonPage, ada: User, ben: User
) -> None:
    assert enrolment_above(ada, lesson) == enrolment
    assert enrolment_above(ada, enrolment.course) == enrolment
    assert enrolment_above(ben, lesson) is None
    assert enrolment_above(AnonymousUser(), lesson) is None


def test_an_enrolment_that_was_left_is_not_found(enrolment: Enrolment, lesson: LessonPage, ada: User) -> None:
    Enrolment.objects.update(left_at=datetime(2026, 11, 1, tzinfo=UTC))

    assert enrolment_above(ada, lesson) is None
