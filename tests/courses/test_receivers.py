"""Whatever changes in the page tree, the next reader of a course sees its outline as it is now."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from courses.models.outlines import outline_of, outline_shown
from tests.factories import courses as factory


def shown(course: CoursePage) -> list[tuple[str, str]]:
    """What a reader who comes now is shown: each step's title and address."""
    now = CoursePage.objects.get(pk=course.pk)
    assert outline_shown(now) == outline_of(now)
    return [(step.title, step.url) for step in outline_shown(now).steps]


def rename(lesson: LessonPage) -> None:
    lesson.title = "What it is for"
    lesson.save()


def publish_a_draft(lesson: LessonPage) -> None:
    lesson.title = "What it is for"
    lesson.save_revision().publish()


def add_one(lesson: LessonPage) -> None:
    factory.lesson(lesson.get_parent().specific, "Another")


def unpublish(lesson: LessonPage) -> None:
    lesson.unpublish()


def delete(lesson: LessonPage) -> None:
    lesson.delete()


def move_to_another_module(lesson: LessonPage) -> None:
    course = lesson.get_parent().get_parent().specific
    lesson.move(factory.module(course, "Elsewhere"), pos="last-child")


def rename_the_module(lesson: LessonPage) -> None:
    module = lesson.get_parent().specific
    module.slug = "renamed"
    module.save()


def rename_the_institutes_page(lesson: LessonPage) -> None:
    home = Page.objects.ancestor_of(lesson).get(depth=3).specific
    home.slug = "renamed"
    home.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        rename,
        publish_a_draft,
        add_one,
        unpublish,
        delete,
        move_to_another_module,
        rename_the_module,
        rename_the_institutes_page,
    ],
)
def test_a_change_is_shown_to_the_next_reader(
    foundations: CoursePage, lesson: LessonPage, change: Callable[[LessonPage], None]
) -> None:
    before = shown(foundations)

    change(LessonPage.objects.get(pk=lesson.pk))

    assert shown(foundations) != before


@pytest.mark.django_db
def test_an_outline_that_has_not_changed_is_read_once(foundations: CoursePage, lesson: LessonPage) -> None:
    now = CoursePage.objects.get(pk=foundations.pk)
    outline_shown(now)

    with CaptureQueriesContext(connection) as asked:
        again = outline_shown(now)

    assert (len(asked), again) == (0, outline_of(now))


@pytest.mark.django_db
def test_a_change_in_another_course_leaves_the_outline_read(
    foundations: CoursePage, lesson: LessonPage
) -> None:
    stamp = CoursePage.objects.get(pk=foundations.pk).outline_stamp
    other = factory.course(foundations.institute, "Another course")

    factory.module(other, "Its module")

    assert CoursePage.objects.get(pk=foundations.pk).outline_stamp == stamp
