"""Pages that say no, at a desk and elsewhere: they look like where one is, and lead back there."""

from uuid import UUID

import pytest
from django.test import Client

from lms.people.models import Institute, User
from tests.conftest import SignIn

NOBODYS = UUID(int=0)


@pytest.fixture
def green(aldermoor: Institute) -> Institute:
    aldermoor.brand_colour = "#0b5d66"
    aldermoor.save()
    return aldermoor


@pytest.mark.parametrize(
    ("address", "status"), [("/at/aldermoor/marking/", 403), (f"/at/aldermoor/problems/{NOBODYS}/", 404)]
)
def test_a_refusal_at_a_desk_wears_its_colours_and_leads_back_to_it(
    green: Institute, adil: User, sign_in: SignIn, address: str, status: int
) -> None:
    answer = sign_in(adil).get(address)

    page = answer.content.decode()
    assert answer.status_code == status
    assert '<link rel="stylesheet" href="/i/aldermoor/brand.' in page
    assert '<a class="button" href="/at/aldermoor/">Go to the desk</a>' in page


def test_another_institutes_desk_looks_like_nothing_at_all(
    green: Institute, otto: User, sign_in: SignIn
) -> None:
    browser = sign_in(otto)
    elsewhere, nowhere = browser.get("/at/aldermoor/people/"), browser.get("/at/nowhere/people/")

    assert elsewhere.status_code == nowhere.status_code == 404
    assert "/i/aldermoor/" not in elsewhere.content.decode()
    assert "Go to the desk" not in elsewhere.content.decode()


def test_a_page_that_is_not_there_leads_a_stranger_on(client: Client, aldermoor: Institute) -> None:
    page = client.get("/nowhere/").content.decode()

    assert '<a class="button" href="/my/">Go to my learning</a>' in page
    assert '<a href="/verify/">Check a certificate</a>' in page
