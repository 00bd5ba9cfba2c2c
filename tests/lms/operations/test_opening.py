"""Opening institutes and organisations: whole, or not at all and with the reason."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from courses.models import CataloguePage, HomePage
from lms.people import access
from lms.people.models import Institute, Organisation, User
from lms.people.roles import Role
from tests.factories import courses as course_factory

pytestmark = pytest.mark.django_db

DUNMOOR = {
    "slug": "dunmoor",
    "prefix": "DUN",
    "contact": "office@dunmoor.example.org",
    "signatory": "Iris Vale",
    "signatory_role": "Principal",
}


@pytest.fixture(autouse=True)
def _a_page_tree(db: None) -> None:
    course_factory.root()


def test_an_institute_opens_with_its_page_and_its_administrator(ada: User) -> None:
    call_command("open_institute", "Dunmoor Institute", administrator=ada.email, **DUNMOOR)

    dunmoor = Institute.objects.get(slug="dunmoor")
    assert dunmoor.page.get_parent().specific == HomePage.objects.get()
    assert access.roles_at(ada, dunmoor) == {Role.ADMINISTRATOR}


def test_the_front_door_is_made_once(ada: User) -> None:
    call_command("open_institute", "Dunmoor Institute", administrator=ada.email, **DUNMOOR)
    second = {**DUNMOOR, "slug": "easthope", "prefix": "EAS"}

    call_command("open_institute", "Easthope Institute", administrator=ada.email, **second)

    assert (HomePage.objects.count(), CataloguePage.objects.count()) == (1, 1)


def test_an_address_that_the_site_uses_itself_is_refused_and_nothing_is_made(ada: User) -> None:
    with pytest.raises(CommandError, match=r"“verify” is an address"):
        call_command(
            "open_institute", "Verify Institute", administrator=ada.email, **{**DUNMOOR, "slug": "verify"}
        )

    assert Institute.objects.count() == 0


def test_somebody_without_an_account_cannot_be_the_first_administrator(db: None) -> None:
    with pytest.raises(CommandError, match=r"Nobody has confirmed the address nobody@example\.org"):
        call_command("open_institute", "Dunmoor Institute", administrator="nobody@example.org", **DUNMOOR)

    assert Institute.objects.count() == 0


def test_an_organisation_opens_with_its_manager(ada: User) -> None:
    call_command(
        "open_organisation", "Ostershire Council", slug="ostershire", contact="hr@ostershire.example.org",
        manager=ada.email,
    )  # fmt: skip

    assert access.roles_at(ada, Organisation.objects.get()) == {Role.MANAGER}
