"""A case under eight hands at once: one start, one decision at each moment, one end and one result."""

from collections import Counter
from datetime import datetime

import pytest

from assessments.actions import cases
from assessments.models import CaseAttempt, CaseChoice, CasePage, CaseScore
from courses.models import CoursePage, ModulePage
from tests.factories import cases as factory
from tests.races import scenes
from tests.races.conftest import Race
from tests.races.forks import errors, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(module: ModulePage) -> CasePage:
    return factory.case(module)


def test_two_windows_decide_each_moment_once_and_end_the_case_once(
    race: Race, foundations: CoursePage, case: CasePage, at: datetime
) -> None:
    def faults_of_a_run() -> list[str]:
        enrolments = scenes.enrolled(foundations, race.rounds)
        opened = [cases.start(each, case, by=each.learner, at=at) for each in enrolments]
        for each in opened:
            cases.decide(each, 1, "look", by=each.enrolment.learner, at=at)

        def decide(worker: int, number: int) -> str:
            choice = ("wait", "tell")[worker % 2]
            cases.decide(opened[number], 2, choice, by=opened[number].enrolment.learner, at=at)
            return choice

        endings = together(decide, race.rounds)
        faults = errors(endings)
        for number, each in enumerate(opened):
            said = {one.value for one in endings if one.round == number and one.value}
            kept = set(CaseChoice.objects.filter(attempt=each, position=2).values_list("choice", flat=True))
            faults += ["A window was told of a decision that was not kept."] * (said != kept)
        scored = Counter(CaseScore.objects.filter(attempt__in=opened).values_list("attempt", flat=True))
        faults += ["A case did not end once."] * (scored != Counter(each.pk for each in opened))
        return race.note("two windows decide", len(endings), faults)

    assert faults_of_a_run() == []

    race.without(CaseAttempt)
    assert faults_of_a_run()
