"""Filling an empty database, and leaving every other one alone."""

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from certificates.models import Certificate
from courses.models import CoursePage, Enrolment, HomePage
from lms.demonstration import cast, filling, judging
from lms.demonstration.crowd import joining
from lms.demonstration.stages import Stage
from lms.demonstration.world import World
from lms.people import access, cms_groups
from lms.people.models import User
from lms.people.roles import Role
from tests.conftest import SignIn
from tests.lms.demonstration.conftest import NOW, taken_back

pytestmark = pytest.mark.django_db


def seed(**options: Any) -> str:
    said = StringIO()
    call_command("seed", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def demonstration(founded: World) -> Iterator[World]:
    """The demonstration before anybody has enrolled; each test's own changes are taken back."""
    with taken_back():
        yield founded


def test_a_database_with_an_institute_is_left_as_it_is_and_the_accounts_are_printed(
    demonstration: World, table_digests: Callable[[], dict[str, str]]
) -> None:
    before = table_digests()

    said = seed(stage="certified")

    assert table_digests() == before
    assert said.startswith("This database is filled already, so nothing was changed.\n")
    assert said.count("@example.org") == 12


def test_every_account_that_is_printed_can_sign_in_and_no_other(demonstration: World) -> None:
    printed = set(cast.accounts())

    assert {person.get_short_name() for person in printed} == {
        each.first_name for each in cast.CAST if each.purpose
    }
    assert all(person.check_password("piper-demo") for person in printed)
    assert not any(
        person.has_usable_password() for person in User.objects.exclude(pk__in=[each.pk for each in printed])
    )


def test_everybody_holds_the_role_they_are_printed_with(demonstration: World) -> None:
    for each in cast.STAFF:
        person = User.objects.get(email=each.email)

        assert [(Role(held.role), held.body.slug) for held in access.memberships(person)] == [
            (each.role, each.at)
        ]
        assert (held_by := person.memberships.get().appointed_by) is None or held_by.email.startswith("admin")
    assert list(cms_groups.faults()) == []


def test_the_site_begins_at_the_home_page_and_shows_the_courses_of_both_institutes(
    demonstration: World,
) -> None:
    home = HomePage.objects.get()

    assert Site.objects.get().root_page_id == home.pk
    assert Page.objects.child_of(Page.get_first_root_node()).count() == 1
    page = Client().get("/").content.decode()
    assert all(course.title in page for course in CoursePage.objects.all())
    assert Client().get("/courses/", {"q": "letters"}).context["results"].paginator.count == 1


def test_nobody_is_enrolled_before_the_story_begins(demonstration: World) -> None:
    assert not Enrolment.objects.exists()


def test_the_outsider_may_do_nothing_at_aldermoor(demonstration: World, sign_in: SignIn) -> None:
    browser = sign_in(User.objects.get(email="outsider@example.org"))

    assert browser.get("/at/fenwick/people/").status_code == 200
    assert browser.get("/at/aldermoor/people/").status_code == 404


def test_learners_join_a_demonstration_that_was_filled_before_but_only_once(
    demonstration: World, capsys: Any, table_digests: Callable[[], dict[str, str]]
) -> None:
    before = User.objects.count()

    said = seed(learners=3)

    assert said.startswith("3 learners have joined.\n")
    assert "3 of 3 learners" in capsys.readouterr().err
    assert User.objects.count() == before + 3 + len(joining.ASSESSORS)
    after = table_digests()
    with pytest.raises(CommandError, match=r"has been marked already, .* No learners were added\."):
        seed(learners=3)
    assert table_digests() == after


def test_without_pango_the_story_is_told_and_certificates_wait_to_be_printed(
    demonstration: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "pango_problem", lambda: "Certificates cannot be printed.")

    filling.live(demonstration, Stage.CERTIFIED)

    assert {each.standing(NOW.date()).state for each in Certificate.objects.with_events()} == {"being_made"}
