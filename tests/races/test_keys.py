"""Eight workers that need the seals of two institutes at the same instant, on a site that has no key at all."""

from datetime import datetime

import pytest

from certificates.actions import keys
from certificates.models import SigningKey
from lms.people.models import Institute
from tests.factories import people
from tests.races.conftest import Race
from tests.races.forks import errors, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_eight_workers_who_need_two_seals_share_them_and_one_root(race: Race, at: datetime) -> None:
    def faults_of_a_run() -> list[str]:
        institutes = [_institute() for _ in range(2 * race.rounds)]

        def seal(worker: int, number: int) -> str:
            return keys.seal_of(institutes[2 * number + worker % 2], at=at).fingerprint

        endings = together(seal, race.rounds)
        chains = [(each, SigningKey.objects.filter(institute=each).count()) for each in institutes]
        faults = errors(endings) + [f"{each} has {count} keys." for each, count in chains if count != 2]
        if SigningKey.objects.filter(purpose="root").count() != 1:
            faults.append("The site has more than one root.")
        return race.note("first need of a seal", len(endings), faults)

    assert faults_of_a_run() == []

    race.replace(keys, "_in_use", lambda *_: None)
    assert faults_of_a_run()


def _institute() -> Institute:
    serial = Institute.objects.count() + 1
    return people.institute(f"institute-{serial}", f"Institute {serial}", f"I{serial}")
