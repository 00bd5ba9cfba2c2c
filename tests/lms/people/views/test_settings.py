"""An institute's settings, and the colours that its pages wear."""

import re
from typing import Any

import pytest
from django.test import Client

from courses.models import CoursePage, Enrolment, LessonPage
from lms.people.actions import institutes
from lms.people.models import Institute, User
from lms.ui import colours
from tests.factories import courses as course_factory

pytestmark = pytest.mark.django_db

SETTINGS = "/at/aldermoor/settings/"
BLUE, RUST = "#005eb8", "#9a3412"


def given(institute: Institute, **changes: str) -> dict[str, str]:
    """The form as the page holds it, with some fields typed over."""
    form = {"brand_colour": "", "accent_colour": "", "contact_email": institute.contact_email}
    return {**form, "seen": institutes.settings_of(institute).key, **changes}


def worn(client: Client, address: str) -> list[str]:
    """The addresses of institutes' style sheets that the page links to."""
    page = client.get(address)
    assert page.status_code == 200
    return re.findall(r'<link rel="stylesheet" href="(/i/[^"]+)">', page.content.decode())


@pytest.fixture
def blue(aldermoor: Institute) -> str:
    """Aldermoor wears blue and rust; the address of its sheet."""
    aldermoor.brand_colour, aldermoor.accent_colour = BLUE, RUST
    aldermoor.save()
    return f"/i/aldermoor/brand.{colours.digest(BLUE, RUST)}.css"


def test_a_stranger_is_asked_to_sign_in(aldermoor: Institute) -> None:
    assert Client().get(SETTINGS).headers["Location"] == f"/accounts/login/?next={SETTINGS}"


@pytest.mark.parametrize(("name", "status"), [("otto", 404), ("ada", 404), ("asif", 403), ("rosa", 403)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_but_its_administrator_opens_them(
    name: str, status: int, method: str, aldermoor: Institute, request: pytest.FixtureRequest, sign_in: Any
) -> None:
    browser = sign_in(request.getfixturevalue(name))
    answer = getattr(browser, method)(SETTINGS, given(aldermoor, brand_colour=BLUE))

    assert answer.status_code == status
    assert ("does not let you change settings" in answer.content.decode()) == (status == 403)
    assert Institute.objects.get(slug="aldermoor").brand_colour == ""


def test_colours_and_address_are_saved(aldermoor: Institute, ines: User, sign_in: Any) -> None:
    changes = {
        "brand_colour": "005EB8",
        "accent_colour": RUST,
        "contact_email": "hello@aldermoor.example.org",
    }

    page = sign_in(ines).post(SETTINGS, given(aldermoor, **changes), follow=True)

    assert "The settings are saved." in page.content.decode()
    kept = institutes.settings_of(Institute.objects.get(slug="aldermoor"))
    assert kept == institutes.Settings(BLUE, RUST, "hello@aldermoor.example.org")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"brand_colour": "#f5a623"}, "darker main colour: words in #f5a623 reach a contrast of 1.8 to 1"),
        ({"brand_colour": "#f5a623"}, "4.5 to 1 is needed. #976107 is the nearest that reaches it"),
        (
            {"accent_colour": "#777"},
            "Choose a darker second colour: words in #777777 reach a contrast of 3.9",
        ),
        ({"brand_colour": "plum"}, "Write the main colour as # and six characters"),
        ({"contact_email": ""}, "Fill in “Contact e-mail address”"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(
    changes: dict[str, str], sentence: str, aldermoor: Institute, ines: User, sign_in: Any
) -> None:
    page = sign_in(ines).post(SETTINGS, given(aldermoor, **changes)).content.decode()

    assert sentence in page
    assert "<title>Error: " in page
    assert institutes.settings_of(Institute.objects.get(slug="aldermoor")) == institutes.settings_of(
        aldermoor
    )


def test_the_nearby_colour_of_a_refusal_is_taken(aldermoor: Institute, ines: User, sign_in: Any) -> None:
    answer = sign_in(ines).post(SETTINGS, given(aldermoor, brand_colour="#976107"))

    assert answer.status_code == 302


def test_colours_are_tried_without_being_kept(aldermoor: Institute, ines: User, sign_in: Any) -> None:
    tried = given(aldermoor, brand_colour="#f5a623", accent_colour=RUST, **{"try": "1"})
    page = sign_in(ines).post(SETTINGS, tried).content.decode()
    words = sign_in(ines).post(SETTINGS, tried, headers={"HX-Request": "true"}).content.decode()

    for answer in (page, words):
        assert "Words reach only 1.8 to 1; 4.5 to 1 is needed." in answer
        assert "The nearest colour that does is <b>#976107</b>." in answer
        assert "Words reach 6.2 to 1; 4.5 to 1 is needed." in answer
    assert "<html" in page
    assert "<html" not in words
    assert Institute.objects.get(slug="aldermoor").brand_colour == ""


def test_settings_that_somebody_else_changed_are_not_overwritten(
    aldermoor: Institute, ines: User, sign_in: Any
) -> None:
    browser, old = sign_in(ines), given(aldermoor, brand_colour="#00703c")
    browser.post(SETTINGS, given(aldermoor, brand_colour=BLUE))

    answer = browser.post(SETTINGS, old)

    assert answer.status_code == 409
    assert "Somebody else has changed the settings" in answer.content.decode()
    assert Institute.objects.get(slug="aldermoor").brand_colour == BLUE


def test_the_sheet_is_public_and_kept_for_a_year(blue: str, ines: User, sign_in: Any) -> None:
    for browser in (Client(), sign_in(ines)):
        sheet = browser.get(blue)

        assert (sheet.status_code, sheet["Content-Type"]) == (200, "text/css; charset=utf-8")
        assert sheet.content.decode() == colours.style_sheet(BLUE, RUST)
        assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in sheet
        assert "Cookie" not in sheet.get("Vary", "")


@pytest.mark.parametrize(
    "address",
    ["/i/aldermoor/brand.000000000000.css", "/i/nowhere/brand.000000000000.css", "/i/fenwick/brand.0.css"],
)
def test_no_sheet_is_made_up(address: str, blue: str, fenwick: Institute) -> None:
    assert Client().get(address).status_code == 404


def test_the_institutes_pages_and_its_learners_wear_its_colours(
    blue: str, enrolment: Enrolment, lesson: LessonPage, ada: User, ines: User, sign_in: Any
) -> None:
    learner, desk = sign_in(ada), sign_in(ines)

    for client, address in (
        (Client(), "/aldermoor/"),
        (Client(), "/aldermoor/foundations/"),
        (learner, "/aldermoor/foundations/"),
        (learner, lesson.url),
        (learner, lesson.get_parent().url),
        (learner, f"/my/enrolments/{enrolment.uuid}/leave/"),
        (desk, "/at/aldermoor/"),
        (desk, SETTINGS),
        (desk, "/at/aldermoor/people/"),
    ):
        assert worn(client, address) == [blue], address


def test_pages_of_no_institute_wear_pipers_own(
    blue: str, enrolment: Enrolment, ada: User, sign_in: Any
) -> None:
    course_factory.catalogue()
    browser = sign_in(ada)

    for address in ("/", "/courses/", "/my/", "/my/certificates/", "/verify/", "/help/"):
        assert worn(browser, address) == []


def test_another_institute_is_not_touched(
    blue: str, foundations: CoursePage, fenwick: Institute, otto: User, sign_in: Any
) -> None:
    theirs = course_factory.course(fenwick, "Buying together")

    for client, address in ((Client(), "/fenwick/"), (Client(), theirs.url), (sign_in(otto), "/at/fenwick/")):
        assert worn(client, address) == [], address
