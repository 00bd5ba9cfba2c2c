"""What the CMS shows an author, and that its previews work without a reader."""

from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.models import CataloguePage, CoursePage, Fact, HomePage, InstitutePage, LessonPage, ModulePage
from courses.wagtail_hooks import own_pages
from lms.people import cms_groups
from lms.people.models import Institute, Organisation, User
from tests.factories import courses as factory
from tests.factories import people


def asked_by(person: User) -> Any:
    request = RequestFactory().get("/cms/choose-page/")
    request.user = person
    return request


def test_people_of_an_institute_choose_among_its_pages(
    adil: User, otto: User, lesson: LessonPage, fenwick: Institute
) -> None:
    factory.course(fenwick, "Elsewhere")

    chosen = own_pages(Page.objects.all(), asked_by(adil))

    assert list(chosen.order_by("path").values_list("title", flat=True)) == [
        "Aldermoor Institute of Commissioning",
        "Foundations",
        "What commissioning is",
        "What, not how",
    ]
    # Otto administers the other institute: he publishes there, and meets nothing of this one.
    theirs = own_pages(Page.objects.all(), asked_by(otto)).order_by("path")
    assert list(theirs.values_list("title", flat=True)) == ["Fenwick Institute", "Elsewhere"]


def test_the_site_operator_chooses_among_all_pages(lesson: LessonPage) -> None:
    operator = people.person("Olga", is_superuser=True)

    assert own_pages(Page.objects.all(), asked_by(operator)).count() == Page.objects.count()


@pytest.mark.parametrize("kind", [HomePage, CataloguePage, InstitutePage, CoursePage, ModulePage, LessonPage])
def test_every_page_can_be_previewed(lesson: LessonPage, kind: type[Page]) -> None:
    factory.catalogue()
    page = kind.objects.get()

    response = page.make_preview_request()

    assert response.status_code == 200
    assert page.title in response.rendered_content or kind is HomePage


def test_the_preview_of_a_lesson_shows_its_sources(lesson: LessonPage, aldermoor: Institute, at: Any) -> None:
    days = {"as_at": at.date(), "review_by": at.date()}
    Fact.objects.create(
        institute=aldermoor, key="one", claim="It is so.", source="A report", mark="V", **days
    )
    lesson.body = [("text", '<p><a href="#source-one">1</a></p>')]

    assert '<li id="source-one">It is so.' in lesson.make_preview_request().rendered_content


def test_every_block_can_be_previewed_in_the_list_of_blocks(lesson: LessonPage) -> None:
    for block in LessonPage.body.field.stream_block.child_blocks.values():
        if block.name == "text":
            continue
        assert 'class="block' in block.render(block.get_preview_value())


def test_pages_are_found_after_the_home_page_has_moved(client: Client, foundations: CoursePage) -> None:
    assert client.get("/aldermoor/foundations/").status_code == 200
    home = HomePage.objects.get()
    home.slug = "front-door"
    home.save()

    assert client.get("/aldermoor/foundations/").status_code == 200


def test_nothing_is_found_under_a_home_page_that_is_not_live(client: Client, foundations: CoursePage) -> None:
    HomePage.objects.update(live=False)

    assert client.get("/aldermoor/foundations/").status_code == 404


def lesson_form(lesson: LessonPage, author: User) -> Any:
    return LessonPage.get_edit_handler().get_form_class()(
        instance=lesson, parent_page=lesson.get_parent(), for_user=author
    )


def test_an_author_is_offered_the_competencies_of_their_own_institute(
    lesson: LessonPage, aldermoor: Institute, fenwick: Institute, adil: User
) -> None:
    ours = factory.competency(aldermoor)
    factory.competency(fenwick, title="Begin with the reader")

    assert list(lesson_form(lesson, adil).fields["competencies"].queryset) == [ours]


def test_a_new_lesson_begins_with_its_days_and_an_old_one_keeps_its_own(
    module: ModulePage, lesson: LessonPage, adil: User, time_machine: Any
) -> None:
    time_machine.move_to("2026-11-28T09:00:00Z")
    form_class = LessonPage.get_edit_handler().get_form_class()
    new = form_class(instance=LessonPage(), parent_page=module, for_user=adil)

    assert (new.initial["as_at"], new.initial["review_by"]) == (date(2026, 11, 28), date(2027, 11, 28))
    assert lesson_form(lesson, adil).initial["as_at"] == lesson.as_at


def course_form(course: CoursePage, person: User, data: dict[str, Any] | None = None) -> Any:
    form_class = CoursePage.get_edit_handler().get_form_class()
    return form_class(data, instance=course, parent_page=course.get_parent(), for_user=person)


def test_an_author_is_offered_the_organisations_that_their_institute_knows(
    foundations: CoursePage, fenwick: Institute, marlshire: Organisation, adil: User, ada: User
) -> None:
    """Who another institute works with is no business of theirs."""
    invited = people.organisation("invited", "Invited by name")
    theirs = people.organisation("theirs", "Fenwick's customer")
    people.organisation("nobodys", "Nobody's yet")
    factory.course(fenwick, "Elsewhere").organisations.through.objects.create(
        coursepage=CoursePage.objects.get(institute=fenwick), organisation=theirs
    )
    foundations.organisations.through.objects.create(coursepage=foundations, organisation=invited)
    factory.enrol(ada, foundations, organisation=marlshire)
    course = CoursePage.objects.get(pk=foundations.pk)

    assert list(course_form(course, adil).fields["organisations"].queryset) == [invited, marlshire]


def test_an_organisation_that_was_not_offered_is_not_taken(
    foundations: CoursePage, marlshire: Organisation, adil: User
) -> None:
    form = course_form(foundations, adil, {"organisations": [str(marlshire.pk)]})

    assert "Select a valid choice" in form.errors["organisations"][0]


def test_the_site_operator_brings_an_institute_and_an_organisation_together(
    foundations: CoursePage, marlshire: Organisation
) -> None:
    operator = people.person("Olga", is_superuser=True)

    assert list(course_form(foundations, operator).fields["organisations"].queryset) == [marlshire]


def test_a_new_course_is_offered_what_its_institute_knows(
    foundations: CoursePage, marlshire: Organisation, adil: User
) -> None:
    foundations.organisations.through.objects.create(coursepage=foundations, organisation=marlshire)
    form_class = CoursePage.get_edit_handler().get_form_class()
    new = form_class(instance=CoursePage(), parent_page=foundations.get_parent(), for_user=adil)

    assert list(new.fields["organisations"].queryset) == [marlshire]


def test_the_cms_lists_the_pages_of_a_module_in_the_order_of_the_course(
    module: ModulePage, lesson: LessonPage, sign_in: Any
) -> None:
    second = factory.lesson(module, "Asking first")
    for each in (lesson, second):
        each.save_revision()
    operator = people.person("Olga", is_superuser=True)

    listed = sign_in(operator).get(f"/cms/pages/{module.pk}/")

    assert [page.pk for page in listed.context["object_list"]] == [lesson.pk, second.pk]


@pytest.fixture
def writer(adil: User, aldermoor: Institute) -> User:
    """Adil, with the rights in the CMS that his role gives him."""
    factory.institute_page(aldermoor)
    cms_groups.keep_all()
    return adil


def test_an_author_begins_a_lesson_from_the_first_page_of_the_cms(
    writer: User, module: ModulePage, fenwick: Institute, sign_in: Any
) -> None:
    elsewhere = factory.module(factory.course(fenwick, "Elsewhere"))

    page = sign_in(writer).get("/cms/").content.decode()

    assert f"/cms/pages/add/courses/lessonpage/{module.pk}/" in page
    assert 'href="/at/aldermoor/"' in page
    assert f"/cms/pages/add/courses/lessonpage/{elsewhere.pk}/" not in page


def test_a_course_without_a_module_offers_its_first(
    writer: User, foundations: CoursePage, sign_in: Any
) -> None:
    page = sign_in(writer).get("/cms/").content.decode()

    assert f"/cms/pages/add/courses/modulepage/{foundations.pk}/" in page


def test_an_institute_without_a_course_is_told_where_to_add_one(writer: User, sign_in: Any) -> None:
    assert "Your institute has no course yet" in sign_in(writer).get("/cms/").content.decode()


def test_the_first_page_of_the_site_operator_stays_as_it_is(module: ModulePage, sign_in: Any) -> None:
    operator = people.person("Olga", is_superuser=True, is_staff=True)

    assert "Write a lesson" not in sign_in(operator).get("/cms/").content.decode()


def given_body(lesson: LessonPage, author: User, html: str) -> Any:
    body = nested_form_data({"body": streamfield([("text", rich_text(html))])})
    kept = {"title": "What, not how", "slug": lesson.slug, "minutes": "20", "comments-TOTAL_FORMS": "0"}
    days = {"as_at": "2026-11-23", "review_by": "2027-11-23", "comments-INITIAL_FORMS": "0"}
    return LessonPage.get_edit_handler().get_form_class()(
        {**body, **kept, **days}, instance=lesson, parent_page=lesson.get_parent(), for_user=author
    )


def test_a_lesson_that_names_a_fact_which_is_not_there_says_which(
    lesson: LessonPage, aldermoor: Institute, adil: User, at: Any
) -> None:
    days = {"as_at": at.date(), "review_by": at.date()}
    Fact.objects.create(institute=aldermoor, key="one", claim="So.", source="A report", mark="V", **days)
    wrong = given_body(lesson, adil, '<p><a href="#source-one">1</a> <a href="#source-tow">2</a></p>')
    right = given_body(lesson, adil, '<p><a href="#source-one">1</a></p>')

    assert right.is_valid(), right.errors
    assert wrong.errors["body"].as_data()[0].messages == [
        "No fact has the key “tow”. The keys stand at your desk, under “To read again”, “All facts”."
    ]


def test_an_unfinished_draft_may_name_a_fact_that_is_not_there_yet(lesson: LessonPage, adil: User) -> None:
    form = given_body(lesson, adil, '<p><a href="#source-tow">2</a></p>')
    form.defer_required_fields()

    assert form.is_valid(), form.errors
