"""People who are new to the measured course, for visits that can be made once by each."""

from uuid import uuid4

from django.utils import timezone

from courses.actions import enrolments
from courses.models import CoursePage, Enrolment
from lms.people.models import User


def foundations() -> CoursePage:
    """The course that the visits are made in."""
    return CoursePage.objects.get(slug="foundations", institute__slug="aldermoor")


def newcomer() -> Enrolment:
    """Somebody who has just enrolled, with an address that no earlier run has taken."""
    person = User.objects.create_user(
        email=f"bench-{uuid4().hex}@example.org", first_name="Bench", last_name="Newcomer"
    )
    return enrolments.enrol(person, foundations(), by=person, at=timezone.now())
