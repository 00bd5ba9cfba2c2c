"""What the CMS shows an author, and that its previews work without a reader."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from wagtail.models import Page

from courses.models import CataloguePage, CoursePage, Fact, HomePage, InstitutePage, LessonPage, ModulePage
from courses.wagtail_hooks import own_pages
from lms.people.models import Institute, User
from tests.factories import courses as factory
from tests.factories import people


def asked_by(person: User) -> Any:
    request = RequestFactory().get("/cms/choose-page/")
    request.user = person
    return request


def test_an_author_chooses_among_the_pages_of_their_institute(
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
    assert not own_pages(Page.objects.all(), asked_by(otto)).exists()


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
