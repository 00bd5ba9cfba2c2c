"""A lesson written back to its file."""

import shutil
from datetime import datetime
from pathlib import Path

from courses.content_files.folders import CONTENT
from courses.exporting import export_content
from courses.loading import load_courses
from courses.models import LessonPage
from lms.people.models import Institute
from tests.factories import content
from tests.factories import courses as factory


def test_a_lesson_comes_back_as_its_file(aldermoor: Institute, at: datetime) -> None:
    factory.institute_page(aldermoor)
    load_courses(aldermoor, at=at)
    lesson = LessonPage.objects.get(slug="what-not-how")

    assert export_content(lesson) == (CONTENT / lesson.content_path).read_text()


def test_every_lesson_that_ships_goes_out_and_comes_back_the_same(
    aldermoor: Institute, fenwick: Institute, at: datetime, tmp_path: Path
) -> None:
    factory.institute_page(aldermoor)
    load_courses(aldermoor, at=at)
    folder = content.folder(tmp_path)
    shutil.copytree(CONTENT / "frameworks", folder / "frameworks", dirs_exist_ok=True)
    exported = {lesson.slug: export_content(lesson) for lesson in LessonPage.objects.all()}
    for slug, text in exported.items():
        content.lesson(folder, text, name=f"01-{slug}")
    factory.institute_page(fenwick)

    load_courses(fenwick, at=at, folder=folder)

    copies = LessonPage.objects.filter(url_path__contains="/fenwick/")
    assert {lesson.slug: export_content(lesson) for lesson in copies} == exported


def test_what_an_author_changed_stands_in_the_file(
    aldermoor: Institute, at: datetime, tmp_path: Path
) -> None:
    factory.institute_page(aldermoor)
    load_courses(aldermoor, at=at, folder=content.folder(tmp_path))
    lesson = LessonPage.objects.get()
    lesson.summary = "It’s “better”."

    assert 'summary = "It\'s \\"better\\"."' in export_content(lesson)
