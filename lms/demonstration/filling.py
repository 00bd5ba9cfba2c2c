"""Filling an empty database with the demonstration, whole or not at all."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from lms.demonstration import arrivals, cast, places
from lms.demonstration.calendar import Calendar, tell
from lms.demonstration.stages import Stage, stories_of
from lms.demonstration.world import World
from lms.jobs.models import Mail
from lms.people.models import Institute


def is_empty() -> bool:
    """Nobody has founded an institute here."""
    return not Institute.objects.exists()


@transaction.atomic
def fill(stage: Stage, *, now: datetime) -> World:
    """Make places and people, load the content, and let everything happen that has happened by this stage."""
    calendar = Calendar(now)
    founded = calendar.ago(arrivals.FOUNDED, "09:00")
    made = places.make_places()
    people = cast.make_accounts(founded)
    world = World(calendar, people, made)
    places.load_content(made, founded)
    tell([*arrivals.arrive(calendar, people, made), *stories_of(stage, world)])
    _send_what_was_owed()
    return world


def _send_what_was_owed() -> None:
    """The e-mails of the past went out then; today nobody wants sixty of them."""
    owed = Mail.objects.filter(state=Mail.State.OWED)
    owed.update(state=Mail.State.SENT, sent_at=F("owed_at"), tries=1)
