"""What people change about themselves."""

from datetime import datetime

import pytest

from lms.audit.models import Event
from lms.people.actions.profiles import rename
from lms.people.models import User

pytestmark = pytest.mark.django_db


def test_a_new_name_is_kept_and_the_trail_holds_no_name(ada: User, at: datetime) -> None:
    rename(ada, "Ada", "Okonkwo", at=at)

    event = Event.objects.get()
    assert str(User.objects.get(pk=ada.pk)) == "Ada Okonkwo"
    assert (event.verb, event.facts) == ("person.renamed", {})


def test_the_same_name_is_no_event(ada: User, at: datetime) -> None:
    rename(ada, "Ada", "Bright", at=at)

    assert Event.objects.count() == 0
