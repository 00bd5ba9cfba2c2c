"""An author in the CMS: the address of another institute's page, picture or document says no word of it."""

import re
from collections.abc import Iterator
from functools import partial
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection

from courses.models import CoursePage
from lms.people import cms_groups
from lms.people.actions import memberships
from lms.people.models import User
from lms.people.roles import Role
from tests.factories import courses as course_factory
from tests.factories import people
from tests.security.personas import browser_of
from tests.security.test_addresses import addresses, ask
from tests.security.world import AT, World

SECRET = "canary-unpublished"
# An argument of a route, as a path writes it and as a regular expression does.
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(world: World) -> User:
    """An author of Fenwick, appointed by its administrator, with a course of Fenwick to write on."""
    course_factory.course(world.fenwick, "Elsewhere")
    author = world.people["felix"] = people.person("Felix", "Author")
    memberships.appoint(author, Role.AUTHOR, world.fenwick, by=world.people["otto"], at=AT)
    return author


@pytest.fixture
def theirs(world: World) -> dict[str, int]:
    """A course, a picture and a document of Aldermoor that hold the word, by what the CMS calls their keys."""
    page = CoursePage.objects.get(pk=world.course.pk)
    page.title = page.draft_title = f"Aldermoor {SECRET}"
    page.save()
    revision = page.save_revision(user=world.people["adil"])
    newer = page.save_revision(user=world.people["adil"])
    collection = Collection.get_first_root_node().add_child(name=f"Aldermoor {SECRET} (aldermoor)")
    drawn = BytesIO()
    Picture.new("RGB", (8, 8)).save(drawn, "PNG")
    picture = Image.objects.create(
        title=SECRET, file=ContentFile(drawn.getvalue(), "drawn.png"), collection=collection
    )
    document = Document.objects.create(
        title=SECRET, file=ContentFile(SECRET.encode(), "paper.txt"), collection=collection
    )
    return {
        "page_id": page.pk,
        "parent_page_id": page.pk,
        "page_to_move_id": page.pk,
        "destination_id": page.pk,
        "revision_id": revision.pk,
        "revision_id_a": revision.pk,
        "revision_id_b": newer.pk,
        "image_id": picture.pk,
        "document_id": document.pk,
        "collection_id": collection.pk,
    }


def urls(theirs: dict[str, int]) -> Iterator[str]:
    """Every address of the CMS whose arguments are known, with those of Aldermoor's things."""
    for route, _name in addresses():
        # The whale is Wagtail's own test that an error is reported.
        if route.startswith("cms/") and "failwhale" not in route:
            url = "/" + re.sub(r"[\^$\\]", "", ARGUMENT.sub(partial(filled, route, theirs), route))
            if "?" not in url and "(" not in url:
                yield url


def filled(route: str, theirs: dict[str, int], argument: re.Match[str]) -> str:
    """The key that stands in the place of an argument; "?" where none of Aldermoor's things fits."""
    name = argument[1] or argument[2]
    if name == "pk":
        kind = "image" if "images/" in route else "document" if "documents/" in route else "page"
        name = f"{kind}_id"
    return str(theirs.get(name, "?"))


def telling(client: Client, theirs: dict[str, int]) -> tuple[int, list[str]]:
    """How many addresses were opened, and those whose answer holds the word."""
    opened = list(urls(theirs))
    searches = [f"{url}?q={SECRET[:6]}" for url in opened if "search" in url or "choose" in url]
    return len(opened), [url for url in opened + searches if SECRET in text_of(ask(client, "get", url))]


def text_of(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def test_an_author_of_another_institute_finds_no_word_of_it_in_the_cms(
    world: World, author: User, theirs: dict[str, int]
) -> None:
    opened, told = telling(browser_of("felix", world), theirs)

    assert told == []
    assert opened > 100


def test_its_own_author_finds_it_in_every_kind_of_place(world: World, theirs: dict[str, int]) -> None:
    """The control: the same addresses do hold the word for somebody who may read it."""
    cms_groups.keep(world.people["adil"], world.aldermoor)

    _opened, told = telling(browser_of("adil", world), theirs)

    page = f"/cms/pages/{theirs['page_id']}"
    assert {f"{page}/edit/", f"{page}/history/", f"{page}/copy/", f"{page}/view_draft/"} <= set(told)
