"""From the content folder to the site, and again."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from courses import loading
from courses.actions.content import place_step
from courses.actions.framework import publish_draft, write_draft
from courses.content_files.faults import Unreadable
from courses.content_files.folders import course_folders, module_folders
from courses.content_files.reports import Report
from courses.models import (
    Behaviour,
    Competency,
    CoursePage,
    Enrolment,
    Fact,
    Framework,
    FrameworkVersion,
    InstitutePage,
    LessonPage,
    ModulePage,
)
from courses.models.outlines import outline_of
from lms.people.models import Institute, User
from tests.factories import assessments, content
from tests.factories import courses as factory
from tests.factories.content import mended

TABLES = [
    "wagtailcore_page",
    "wagtailcore_revision",
    "wagtailcore_pagelogentry",
    "courses_coursepage",
    "courses_modulepage",
    "courses_steppage",
    "courses_lessonpage",
    "courses_lessonpage_competencies",
    "courses_fact",
    "courses_framework",
    "courses_frameworkversion",
    "courses_domain",
    "courses_competency",
    "courses_behaviour",
    "courses_publication",
]


@pytest.fixture
def home(aldermoor: Institute) -> InstitutePage:
    return factory.institute_page(aldermoor)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return content.folder(tmp_path)


def load(home: InstitutePage, folder: Path, at: datetime, **options: Any) -> Report:
    return loading.load_courses(home.institute, at=at, folder=folder, **options)


def digests() -> dict[str, str]:
    """What every table holds, so that a changed row shows whatever it is."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - the names are above
            found[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


def edit_in_cms(page: Page, person: User, **changes: Any) -> None:
    """What the CMS does when an author saves a draft."""
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(user=person)


def test_the_files_become_published_pages(home: InstitutePage, folder: Path, at: datetime) -> None:
    report = load(home, folder, at)

    course, module, lesson = CoursePage.objects.get(), ModulePage.objects.get(), LessonPage.objects.get()
    assert (course.slug, course.title, course.level, course.cpd_minutes) == (
        "foundations",
        "Foundations",
        "foundation",
        25,
    )
    assert course.institute == home.institute
    assert course.description == "<p>Commissioning decides <i>what help exists</i>.</p>"
    assert course.outcomes == ["Tell commissioning from procurement."]
    assert (module.slug, module.get_parent().pk) == ("what-commissioning-is", course.pk)
    assert (lesson.slug, lesson.live, lesson.minutes) == ("what-not-how", True, 25)
    assert [block.block_type for block in lesson.body] == ["text", "key_terms", "decision", "callout"]
    assert '<a href="#source-ofsted-2011-areas">12 council areas</a>' in lesson.body[0].value.source
    assert lesson.content_path == "foundations/01-what-commissioning-is/01-what-not-how.md"
    assert [competency.code for competency in lesson.competencies.all()] == ["1.1"]
    assert report.made == [
        "commissioning",
        "3 facts",
        "Foundations",
        "What commissioning is",
        "What, not how",
    ]


def test_the_framework_and_the_facts_are_kept(home: InstitutePage, folder: Path, at: datetime) -> None:
    load(home, folder, at)

    version = FrameworkVersion.objects.get()
    assert (version.number, version.published_at) == (1, at)
    assert list(Behaviour.objects.order_by("pk").values_list("competency__code", "level", "text")) == [
        ("1.1", "foundation", "States need and outcome before naming a service"),
        ("1.1", "practitioner", "Rewrites a purchase request as a question"),
        ("1.1", "lead", "Stops work whose question is wrong"),
    ]
    assert list(Fact.objects.values_list("key", "mark")) == [
        ("new-councils", "G"),
        ("ofsted-2011-areas", "V"),
        ("who-opened-it", "X"),
    ]


def test_loading_again_changes_no_row(home: InstitutePage, folder: Path, at: datetime) -> None:
    load(home, folder, at)
    before = digests()

    report = load(home, folder, at)

    assert digests() == before
    assert (report.made, report.changed, report.unpublished, report.left_alone) == ([], [], [], [])
    assert list(report.sentences()) == ["6 more are as the files say."]


def test_the_content_that_ships_loads_and_loading_it_again_changes_no_row(
    home: InstitutePage, at: datetime
) -> None:
    loading.load_courses(home.institute, at=at)
    before = digests()

    loading.load_courses(home.institute, at=at)

    assert digests() == before
    loaded = {course.slug: len(outline_of(course).modules) for course in CoursePage.objects.all()}
    assert loaded == {folder.name: len(module_folders(folder)) for folder in course_folders()}


def test_a_changed_file_changes_its_page_and_nothing_else(
    home: InstitutePage, folder: Path, at: datetime
) -> None:
    load(home, folder, at)
    content.lesson(folder, mended("It is", "It was"))

    report = load(home, folder, at)

    assert report.changed == ["What, not how"]
    assert "It was “what”" in LessonPage.objects.get().body[0].value.source
    assert Page.objects.filter(depth__gt=3).count() == 3


def test_an_enrolment_survives_every_load(home: InstitutePage, folder: Path, at: datetime, ada: User) -> None:
    load(home, folder, at)
    enrolment = factory.enrol(ada, CoursePage.objects.get())
    content.lesson(folder, mended("It is", "It was"))

    load(home, folder, at)

    assert Enrolment.objects.get() == enrolment
    assert enrolment.course == CoursePage.objects.get()


def test_what_was_edited_in_the_cms_is_left_alone_and_listed(
    home: InstitutePage, folder: Path, at: datetime, adil: User
) -> None:
    load(home, folder, at)
    edit_in_cms(LessonPage.objects.get(), adil, summary="Better words.")
    content.lesson(folder, mended("It is", "It was"))

    report = load(home, folder, at)

    left = report.left_alone[0]
    assert (left.name, left.why, left.who) == ("What, not how", "edited in the CMS", "Adil Hassan")
    assert left.at == LessonPage.objects.get().latest_revision.created_at
    assert report.changed == []
    assert LessonPage.objects.get().get_latest_revision_as_object().summary == "Better words."


def test_overwrite_replaces_what_was_edited(
    home: InstitutePage, folder: Path, at: datetime, adil: User
) -> None:
    load(home, folder, at)
    edit_in_cms(LessonPage.objects.get(), adil, summary="Better words.")

    report = load(home, folder, at, overwrite=True)

    lesson = LessonPage.objects.get()
    assert report.changed == ["What, not how"]
    assert lesson.get_latest_revision_as_object().summary == "The question before the purchase."
    assert not lesson.has_unpublished_changes
    assert load(home, folder, at).left_alone == []


def test_saving_in_the_cms_without_a_change_leaves_the_page_to_the_files(
    home: InstitutePage, folder: Path, at: datetime, adil: User
) -> None:
    load(home, folder, at)
    lesson = LessonPage.objects.get()
    marked = lesson.body.get_prep_value()
    marked[0]["value"] = marked[0]["value"].replace("<p>", '<p data-block-key="x1y2z">')
    edit_in_cms(lesson, adil, body=json.dumps(marked))
    content.lesson(folder, mended("It is", "It was"))

    report = load(home, folder, at)

    assert (report.left_alone, report.changed) == ([], ["What, not how"])


def test_a_page_that_an_author_wrote_at_the_same_address_is_left_alone(
    home: InstitutePage, folder: Path, at: datetime
) -> None:
    load(home, folder, at)
    factory.lesson(ModulePage.objects.get(), "The cycle", slug="the-cycle")
    content.lesson(folder, name="02-the-cycle")

    report = load(home, folder, at)

    assert [str(each) for each in report.left_alone] == [
        "The cycle: written in the CMS, at the address that a file wants. It was left alone."
    ]


def test_a_page_keeps_its_file_when_an_author_changes_its_address(
    home: InstitutePage, folder: Path, at: datetime
) -> None:
    load(home, folder, at)
    lesson = LessonPage.objects.get()
    lesson.slug = "asking-what"
    lesson.save()
    content.lesson(folder, mended("It is", "It was"))

    report = load(home, folder, at)

    assert report.changed == ["What, not how"]
    assert LessonPage.objects.get().slug == "asking-what"


def test_a_page_gone_from_the_files_is_unpublished_and_never_deleted(
    home: InstitutePage, folder: Path, at: datetime
) -> None:
    path = content.lesson(folder, mended("What, not how", "The cycle"), name="02-the-cycle")
    load(home, folder, at)
    path.unlink()

    report = load(home, folder, at)

    page = LessonPage.objects.get(slug="the-cycle")
    assert (page.live, report.unpublished) == (False, ["The cycle"])
    before = digests()
    load(home, folder, at)
    assert digests() == before


def test_a_file_that_comes_back_is_published_again(home: InstitutePage, folder: Path, at: datetime) -> None:
    text = mended("What, not how", "The cycle")
    path = content.lesson(folder, text, name="02-the-cycle")
    load(home, folder, at)
    path.unlink()
    load(home, folder, at)
    path.write_text(text)

    report = load(home, folder, at)

    assert report.changed == ["The cycle"]
    assert LessonPage.objects.get(slug="the-cycle").live


def test_what_a_person_took_off_the_site_stays_off(home: InstitutePage, folder: Path, at: datetime) -> None:
    load(home, folder, at)
    LessonPage.objects.get().unpublish()

    report = load(home, folder, at)

    assert [each.why for each in report.left_alone] == ["unpublished in the CMS"]
    assert not LessonPage.objects.get().live


def test_an_edited_page_whose_file_is_gone_is_left_alone(
    home: InstitutePage, folder: Path, at: datetime, adil: User
) -> None:
    path = content.lesson(folder, mended("What, not how", "The cycle"), name="02-the-cycle")
    load(home, folder, at)
    edit_in_cms(LessonPage.objects.get(slug="the-cycle"), adil, summary="Better words.")
    path.unlink()

    report = load(home, folder, at)

    assert [each.why for each in report.left_alone] == ["gone from the files, but edited in the CMS"]
    assert LessonPage.objects.get(slug="the-cycle").live


def test_steps_stand_in_the_order_of_their_numbers(home: InstitutePage, folder: Path, at: datetime) -> None:
    content.lesson(folder, mended("What, not how", "The cycle"), name="03-the-cycle")
    load(home, folder, at)
    content.lesson(folder, mended("What, not how", "In between"), name="02-in-between")

    load(home, folder, at)

    assert [step.title for step in outline_of(CoursePage.objects.get()).steps] == [
        "What, not how",
        "In between",
        "The cycle",
    ]


def test_renumbering_files_reorders_their_pages(home: InstitutePage, folder: Path, at: datetime) -> None:
    path = content.lesson(folder, mended("What, not how", "The cycle"), name="02-the-cycle")
    load(home, folder, at)
    path.rename(path.with_name("00-the-cycle.md"))

    report = load(home, folder, at)

    assert [step.title for step in outline_of(CoursePage.objects.get()).steps] == [
        "The cycle",
        "What, not how",
    ]
    assert report.changed == []
    assert LessonPage.objects.get(slug="the-cycle").content_path.endswith("/00-the-cycle.md")


def test_a_quiz_gets_its_place_among_the_lessons_and_keeps_it(
    home: InstitutePage, folder: Path, at: datetime
) -> None:
    content.lesson(folder, mended("What, not how", "The cycle"), name="03-the-cycle")
    load(home, folder, at)
    module = loading.find_module(home.institute, "foundations", "what-commissioning-is")
    quiz = assessments.quiz(module, content_path="foundations/01-what-commissioning-is/02-quiz.quiz.toml")

    place_step(module, quiz, 2)
    load(home, folder, at)

    titles = ["What, not how", "Quiz: what commissioning is", "The cycle"]
    assert [step.title for step in outline_of(CoursePage.objects.get()).steps] == titles


def test_an_author_s_own_page_stays_with_the_one_before_it(
    home: InstitutePage, folder: Path, at: datetime
) -> None:
    content.lesson(folder, mended("What, not how", "The cycle"), name="02-the-cycle")
    load(home, folder, at)
    own = factory.lesson(ModulePage.objects.get(), "Our own")
    own.move(LessonPage.objects.get(slug="what-not-how"), pos="right")
    content.lesson(folder, mended("What, not how", "Last"), name="09-last")

    load(home, folder, at)

    titles = ["What, not how", "Our own", "The cycle", "Last"]
    assert [step.title for step in outline_of(CoursePage.objects.get()).steps] == titles


def test_new_words_in_the_framework_are_a_new_version_of_the_same_competency(
    home: InstitutePage, folder: Path, at: datetime
) -> None:
    load(home, folder, at)
    path = folder / "frameworks" / "commissioning.toml"
    path.write_text(path.read_text().replace("Stops work", "Halts work"))

    load(home, folder, at)

    assert list(FrameworkVersion.objects.values_list("number", flat=True)) == [1, 2]
    assert Competency.objects.count() == 1
    assert Behaviour.objects.filter(level="lead").order_by("version__number").last().text == (
        "Halts work whose question is wrong"
    )


def test_a_framework_that_the_desk_published_since_is_left_alone_and_said(
    home: InstitutePage, folder: Path, at: datetime, adil: User, lena: User
) -> None:
    load(home, folder, at)
    found = Framework.objects.get()
    said = replace(found.versions.get().publication.wording, title="Commissioning well")
    write_draft(found, said, seen=0, by=adil, at=at)
    publish_draft(found, seen=1, seen_version=1, reason="", by=lena, at=at)
    before = digests()

    report = load(home, folder, at)

    assert digests() == before
    assert [str(each) for each in report.left_alone] == [
        "commissioning: version 2 was published at the desk on 23 November 2026 by Lena Fischer. It was left alone."
    ]
    assert load(home, folder, at, overwrite=True).left_alone == []
    assert (
        found.versions.last().publication.wording.title
        == found.versions.get(number=1).publication.wording.title
    )


def test_a_fact_is_brought_up_to_date_and_never_taken_away(
    home: InstitutePage, folder: Path, at: datetime
) -> None:
    load(home, folder, at)
    facts = content.FACTS.replace("12 council areas", "13 council areas").split("[[fact]]")
    (folder / "facts" / "words.toml").write_text("[[fact]]".join(facts[:2]))

    report = load(home, folder, at)

    assert report.changed == ["fact ofsted-2011-areas"]
    assert Fact.objects.count() == 3
    assert "13 council areas" in Fact.objects.get(key="ofsted-2011-areas").claim


def test_a_file_that_cannot_be_read_is_named(home: InstitutePage, folder: Path, at: datetime) -> None:
    content.lesson(folder, mended("minutes = 25", "minutes ="))

    with pytest.raises(Unreadable, match=r"01-what-not-how\.md:3: This is not TOML"):
        load(home, folder, at)


def test_two_institutes_have_their_own_copies(
    home: InstitutePage, folder: Path, at: datetime, fenwick: Institute
) -> None:
    load(home, folder, at)

    load(factory.institute_page(fenwick), folder, at)

    assert CoursePage.objects.count() == 2
    assert Fact.objects.filter(institute=fenwick).count() == 3
    lesson = LessonPage.objects.filter(url_path__contains="/fenwick/").get()
    assert lesson.competencies.get().domain.framework.institute == fenwick


def test_an_institute_without_a_page_is_named(folder: Path, fenwick: Institute, at: datetime) -> None:
    with pytest.raises(InstitutePage.DoesNotExist):
        loading.load_courses(fenwick, at=at, folder=folder)
