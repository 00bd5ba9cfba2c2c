"""How the cast came to what they are: the operator names the first, they appoint the rest, employers are confirmed."""

from lms.demonstration.calendar import Calendar, Story
from lms.demonstration.cast import LEARNERS, STAFF, Character
from lms.demonstration.places import Places
from lms.people.actions import employments, memberships
from lms.people.models import User
from lms.people.rules import NAMED_BY_OPERATOR

# Two years and some months of working days: longer than a certificate holds.
FOUNDED = 590
EMPLOYED_FROM = 584


def arrive(calendar: Calendar, people: dict[str, User], places: Places) -> list[Story]:
    """Everybody in their role and at their work, each in the order of time."""
    return [
        _appointments(calendar, people, places),
        *(
            _is_employed(calendar, people, places, each, EMPLOYED_FROM - number)
            for number, each in enumerate(each for each in LEARNERS if each.works_at)
        ),
    ]


def _appointments(calendar: Calendar, people: dict[str, User], places: Places) -> Story:
    at = yield calendar.ago(FOUNDED, "10:00")
    for each in sorted(STAFF, key=lambda each: each.role not in NAMED_BY_OPERATOR):
        by = None if each.role in NAMED_BY_OPERATOR else people["administrator"]
        memberships.appoint(people[each.key], each.role, places.body(each.at), by=by, at=at)


def _is_employed(
    calendar: Calendar, people: dict[str, User], places: Places, who: Character, days: int
) -> Story:
    """The employer asks, and the person confirms on the next day."""
    organisation = places.organisations[who.works_at]
    manager = next(each.key for each in STAFF if each.at == who.works_at)
    at = yield calendar.ago(days, "09:15")
    employment = employments.propose(
        people[who.key],
        organisation,
        line_manager=people.get(who.line_manager),
        by=people[manager],
        at=at,
    )
    at = yield calendar.ago(days - 1, "12:10")
    employments.accept(employment, by=people[who.key], at=at)
