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
def fill(stage: Stage, *, now: datetime) -> None:
    """Found the institutes, and let everything happen that has happened by this stage."""
    live(found(now), stage)


def found(now: datetime) -> World:
    """Places, people in their roles and at their work, and the content; nobody has enrolled yet."""
    calendar = Calendar(now)
    founded = calendar.ago(arrivals.FOUNDED, "09:00")
    world = World(calendar, cast.make_accounts(founded), places.make_places())
    places.load_content(world.places, founded)
    tell(arrivals.arrive(world))
    _send_what_is_owed()
    return world


def live(world: World, stage: Stage) -> None:
    """Let the stories of a stage happen."""
    tell(stories_of(stage, world))
    _send_what_is_owed()


def _send_what_is_owed() -> None:
    """The e-mails of the past went out then; today nobody wants sixty of them."""
    owed = Mail.objects.filter(state=Mail.State.OWED)
    owed.update(state=Mail.State.SENT, sent_at=F("owed_at"), tries=1)
