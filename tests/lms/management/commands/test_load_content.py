"""`load_content` brings an institute to what the files say, and a second time changes nothing."""

import time
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.models import AssignmentPage, Question, QuizPage
from certificates.models import Scheme
from courses.models import CoursePage, LessonPage
from lms.people.models import Institute, User
from tests.factories import courses as course_factory

SECONDS = 60


def load(**options: object) -> str:
    said = StringIO()
    call_command("load_content", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def home_of_aldermoor(aldermoor: Institute) -> Institute:
    course_factory.institute_page(aldermoor)
    return aldermoor


def test_everything_that_ships_is_loaded_within_a_minute_and_again_changes_no_row(
    home_of_aldermoor: Institute, table_digests: Callable[[], dict[str, str]]
) -> None:
    begun = time.process_time()
    first = load()
    assert time.process_time() - begun < SECONDS
    before = table_digests()

    second = load()

    assert table_digests() == before
    assert "What, not how: made." in first
    assert [line.split(maxsplit=1)[1] for line in second.splitlines()] == ["more are as the files say."]
    found = [
        model.objects.exists()
        for model in (CoursePage, LessonPage, QuizPage, AssignmentPage, Question, Scheme)
    ]
    assert found == [True] * 6


def test_a_lesson_that_somebody_has_edited_is_named_with_who_and_when_and_stays(
    home_of_aldermoor: Institute, adil: User
) -> None:
    load()
    lesson = LessonPage.objects.get(slug="what-not-how")
    lesson.summary = "Adil's own words."
    lesson.save_revision(user=adil).publish()

    said = load()

    on = lesson.latest_revision.created_at
    assert f"What, not how: edited in the CMS on {on:%-d %B %Y} by Adil Hassan. It was left alone.\n" in said
    assert LessonPage.objects.get(pk=lesson.pk).summary == "Adil's own words."


def test_overwriting_brings_back_what_the_file_says(home_of_aldermoor: Institute, adil: User) -> None:
    load()
    lesson = LessonPage.objects.get(slug="what-not-how")
    words, lesson.summary = lesson.summary, "Adil's own words."
    lesson.save_revision(user=adil).publish()

    said = load(overwrite=True)

    assert "What, not how: changed.\n" in said
    assert LessonPage.objects.get(pk=lesson.pk).summary == words


def test_an_institute_that_is_not_there_is_refused_with_the_ones_that_are(aldermoor: Institute) -> None:
    with pytest.raises(CommandError, match=r"^There is no institute “moor”\. There are: aldermoor\.$"):
        load(institute="moor")


def test_an_institute_without_a_page_is_told_where_to_make_one(aldermoor: Institute) -> None:
    with pytest.raises(CommandError, match="has no page yet"):
        load()
