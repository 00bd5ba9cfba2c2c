"""Eight writers on one chain of the audit trail: no fork, no gap, nothing lost."""

from datetime import datetime

import pytest
from django.db import transaction

from lms.audit import verification
from lms.audit.models import ChainHead, Event
from lms.audit.trail import record
from lms.people.models import Institute, User
from tests.races.conftest import Race
from tests.races.forks import WORKERS, errors, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_eight_writers_make_one_chain(race: Race, aldermoor: Institute, ada: User, at: datetime) -> None:
    def write(worker: int, number: int) -> None:
        with transaction.atomic():
            record("person.named", ada, by=ada, at=at, institute=aldermoor, facts={"worker": worker})

    def faults_of_a_run() -> list[str]:
        before = Event.objects.count()
        faults = errors(together(write, race.rounds))
        missing = race.rounds * WORKERS - (Event.objects.count() - before) - len(faults)
        faults += [fault.sentence for _, fault in verification.faults()] + ["An event is missing."] * missing
        return race.note("audit chain", race.rounds * WORKERS, faults)

    assert faults_of_a_run() == []

    race.without(ChainHead)
    assert faults_of_a_run()
