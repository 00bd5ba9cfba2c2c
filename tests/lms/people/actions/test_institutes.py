"""Changing an institute's settings: who may, what is refused, and what the trail says of it."""

from dataclasses import replace
from datetime import datetime

import pytest

from lms.audit.models import Event, EventWords
from lms.people.actions import institutes
from lms.people.models import Institute, User

pytestmark = pytest.mark.django_db


def test_settings_are_kept_and_the_trail_says_which_changed(
    aldermoor: Institute, ines: User, at: datetime
) -> None:
    seen = institutes.settings_of(aldermoor)
    wanted = replace(seen, brand_colour="#005eb8", contact_email="hello@aldermoor.example.org")

    changed = institutes.change_settings(aldermoor, wanted, seen=seen, by=ines, at=at)

    assert changed == ["brand_colour", "contact_email"]
    assert institutes.settings_of(aldermoor) == wanted
    assert institutes.settings_of(Institute.objects.get(pk=aldermoor.pk)) == wanted
    event = Event.objects.get(verb="institute.settings_changed")
    assert (event.chain, event.actor, event.subject) == (str(aldermoor.uuid), ines.uuid, aldermoor.uuid)
    assert event.facts == {"changed": changed, "brand_colour": "#005eb8", "accent_colour": ""}
    assert EventWords.objects.get().text == "Contact address: hello@aldermoor.example.org"


def test_what_did_not_change_is_no_event(aldermoor: Institute, ines: User, at: datetime) -> None:
    seen = institutes.settings_of(aldermoor)

    assert institutes.change_settings(aldermoor, seen, seen=seen, by=ines, at=at) == []
    assert Event.objects.count() == 0


@pytest.mark.parametrize("name", ["asif", "rosa", "otto", "ada"])
def test_only_the_institutes_own_administrator_changes_them(
    name: str, aldermoor: Institute, at: datetime, request: pytest.FixtureRequest
) -> None:
    seen = institutes.settings_of(aldermoor)
    wanted = replace(seen, brand_colour="#005eb8")

    with pytest.raises(institutes.MayNotChange):
        institutes.change_settings(aldermoor, wanted, seen=seen, by=request.getfixturevalue(name), at=at)

    assert institutes.settings_of(Institute.objects.get(pk=aldermoor.pk)) == seen


def test_a_colour_in_which_words_cannot_be_read_is_refused_whatever_the_form_said(
    aldermoor: Institute, ines: User, at: datetime
) -> None:
    seen = institutes.settings_of(aldermoor)

    with pytest.raises(institutes.Unreadable, match="#f5a623"):
        institutes.change_settings(
            aldermoor, replace(seen, accent_colour="#f5a623"), seen=seen, by=ines, at=at
        )


def test_whoever_saves_second_overwrites_nothing_unseen(
    aldermoor: Institute, ines: User, at: datetime
) -> None:
    seen = institutes.settings_of(aldermoor)
    institutes.change_settings(aldermoor, replace(seen, brand_colour="#005eb8"), seen=seen, by=ines, at=at)

    with pytest.raises(institutes.ChangedMeanwhile):
        institutes.change_settings(
            aldermoor, replace(seen, brand_colour="#00703c"), seen=seen, by=ines, at=at
        )

    assert Institute.objects.get(pk=aldermoor.pk).brand_colour == "#005eb8"
    assert Event.objects.count() == 1
