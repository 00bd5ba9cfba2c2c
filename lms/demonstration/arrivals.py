"""How the cast came to what they are: the operator names the first, they appoint the rest, employers are confirmed."""

from lms.demonstration.calendar import Story
from lms.demonstration.cast import LEARNERS, STAFF, Character
from lms.demonstration.world import World
from lms.people.actions import employments, memberships
from lms.people.roles import Role
from lms.people.rules import NAMED_BY_OPERATOR

# Two years and some months of working days: longer than a certificate holds.
FOUNDED = 590
EMPLOYED_FROM = 584


def arrive(world: World) -> list[Story]:
    """Everybody in their role and at their work."""
    employed = (each for each in LEARNERS if each.works_at)
    return [
        _appointments(world),
        *(_is_employed(world, each, EMPLOYED_FROM - number) for number, each in enumerate(employed)),
    ]


def _appointments(world: World) -> Story:
    at = yield world.calendar.ago(FOUNDED, "10:00")
    for each in sorted(STAFF, key=lambda each: each.role not in NAMED_BY_OPERATOR):
        by = None if each.role in NAMED_BY_OPERATOR else world.people["administrator"]
        person, body = world.people[each.key], world.places.body(each.at)
        memberships.appoint(person, Role(each.role), body, by=by, at=at)


def _is_employed(world: World, who: Character, days: int) -> Story:
    """The employer asks, and the person confirms on the next day."""
    person, organisation = world.people[who.key], world.places.organisations[who.works_at]
    manager = next(each.key for each in STAFF if each.at == who.works_at)
    at = yield world.calendar.ago(days, "09:15")
    employment = employments.propose(
        person,
        organisation,
        line_manager=world.people.get(who.line_manager),
        by=world.people[manager],
        at=at,
    )
    at = yield world.calendar.ago(days - 1, "12:10")
    employments.accept(employment, by=person, at=at)
