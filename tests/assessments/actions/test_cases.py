"""A way through a case: what is decided stays, what the clock does, and what it comes to."""

from datetime import datetime, timedelta

import pytest

from assessments import rules
from assessments.actions import adjustments, cases, release
from assessments.actions.attempts import NoAttemptToBegin, NotYourAttempt
from assessments.models import CaseAttempt, CaseChoice, CasePage, CaseVersion, Result
from courses.actions import enrolments
from courses.branching.playing import NoSuchChoice
from courses.models import Enrolment, StepDone
from lms.audit.models import Event
from lms.people.models import Institute, User
from tests.factories.cases import STORY

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def walk(enrolment: Enrolment, case: CasePage, ada: User, at: datetime) -> CaseAttempt:
    """Ada has begun."""
    return cases.start(enrolment, case, by=ada, at=at)


def decide(attempt: CaseAttempt, at: datetime, *choices: str) -> CaseAttempt:
    """Take these decisions one after the other."""
    for position, choice in enumerate(choices, start=attempt.choices.count() + 1):
        cases.decide(attempt, position, choice, by=attempt.enrolment.learner, at=at)
    attempt.refresh_from_db()
    return attempt


def came_to(attempt: CaseAttempt) -> tuple[int, str, bool, bool]:
    score = attempt.score
    return score.points, score.ending, score.did_harm, score.is_pass


def test_starting_twice_begins_one_attempt_and_pins_one_version(
    walk: CaseAttempt, enrolment: Enrolment, case: CasePage, ada: User, at: datetime
) -> None:
    assert cases.start(enrolment, case, by=ada, at=at + SECOND) == walk
    assert (CaseAttempt.objects.count(), CaseVersion.objects.count()) == (1, 1)


def test_the_last_decision_ends_the_case_and_releases_a_pass(walk: CaseAttempt, at: datetime) -> None:
    decide(walk, at, "look", "tell")

    result = Result.objects.standing().get()
    assert came_to(walk) == (6, "heard", False, True)
    assert (result.outcome, result.case_attempt, result.step_id) == ("passed", walk, walk.page_id)
    assert StepDone.objects.filter(enrolment=walk.enrolment, step=walk.page_id, by_what="case").exists()
    ended = Event.objects.get(verb="case.ended")
    assert ended.facts == {"number": 1, "closed_by": "learner", "receipt": walk.receipt}


def test_harm_is_not_passed_whatever_the_points(walk: CaseAttempt, at: datetime) -> None:
    decide(walk, at, "look", "name")

    assert came_to(walk) == (3, "hurt", True, False)
    assert not StepDone.objects.filter(step=walk.page_id).exists()


def test_too_few_points_are_not_passed(walk: CaseAttempt, at: datetime) -> None:
    decide(walk, at, "file", "tell")

    assert came_to(walk) == (3, "late", False, False)
    assert Result.objects.standing().get().outcome == "not_passed"


def test_deciding_the_same_again_changes_nothing_and_another_way_is_refused(
    walk: CaseAttempt, ada: User, at: datetime
) -> None:
    decide(walk, at, "file")

    standing = cases.decide(walk, 1, "file", by=ada, at=at + SECOND)
    assert standing.node
    assert standing.node.key == "message"
    with pytest.raises(cases.AlreadyDecided, match="gone on from there"):
        cases.decide(walk, 1, "look", by=ada, at=at + SECOND)
    assert list(CaseChoice.objects.values_list("position", "choice", "at")) == [(1, "file", at)]


@pytest.mark.parametrize(("position", "choice"), [(1, "tell"), (2, "tell"), (0, "look"), (1, "")])
def test_only_what_stands_at_this_moment_can_be_chosen(
    walk: CaseAttempt, ada: User, at: datetime, position: int, choice: str
) -> None:
    with pytest.raises(NoSuchChoice):
        cases.decide(walk, position, choice, by=ada, at=at)
    assert not walk.choices.exists()


def test_nothing_is_decided_once_the_case_has_ended(walk: CaseAttempt, ada: User, at: datetime) -> None:
    decide(walk, at, "look", "tell")

    with pytest.raises(cases.AlreadyDecided, match="has ended"):
        cases.decide(walk, 3, "tell", by=ada, at=at)


def test_a_case_that_changes_at_the_desk_leaves_an_open_attempt_as_it_was(
    walk: CaseAttempt, case: CasePage, at: datetime
) -> None:
    case.case.body = {**STORY, "endings": STORY["endings"][1:]}
    case.case.save()

    decide(walk, at, "look", "name")

    assert came_to(walk)[1] == "hurt"


def test_a_pause_moves_the_deadline_by_as_long_as_it_lasted(
    walk: CaseAttempt, ada: User, at: datetime
) -> None:
    assert walk.deadline_at == at + 60 * MINUTE
    cases.pause(walk, by=ada, at=at + 10 * MINUTE)
    cases.pause(walk, by=ada, at=at + 11 * MINUTE)
    walk.refresh_from_db()
    assert (walk.is_paused, walk.minutes_left) == (True, 50)

    cases.resume(walk, by=ada, at=at + timedelta(days=2))
    cases.resume(walk, by=ada, at=at + timedelta(days=3))
    walk.refresh_from_db()

    pause = walk.pauses.get()
    assert (pause.paused_at, pause.resumed_at) == (at + 10 * MINUTE, at + timedelta(days=2))
    assert (walk.is_paused, walk.deadline_at) == (False, at + timedelta(days=2) + 50 * MINUTE)


def test_nothing_is_decided_while_the_clock_is_paused(walk: CaseAttempt, ada: User, at: datetime) -> None:
    cases.pause(walk, by=ada, at=at)

    with pytest.raises(cases.ClockStopped):
        cases.decide(walk, 1, "look", by=ada, at=at + SECOND)
    assert not walk.choices.exists()


def test_a_decision_after_the_time_is_not_taken_and_ends_the_case(
    walk: CaseAttempt, ada: User, at: datetime
) -> None:
    decide(walk, at, "look")
    late = walk.deadline_at + rules.GRACE + SECOND

    with pytest.raises(cases.TimeOver):
        cases.decide(walk, 2, "tell", by=ada, at=late)

    walk.refresh_from_db()
    assert came_to(walk) == (3, "", False, False)
    assert (walk.closed_by, walk.submitted_at) == ("deadline", late)
    assert list(walk.choices.values_list("choice", flat=True)) == ["look"]


def test_a_clock_that_has_run_out_cannot_be_paused(walk: CaseAttempt, ada: User, at: datetime) -> None:
    with pytest.raises(cases.TimeOver):
        cases.pause(walk, by=ada, at=walk.deadline_at + SECOND)


def test_the_sweep_ends_what_the_clock_has_overtaken_and_leaves_what_is_paused(
    walk: CaseAttempt, ada: User, at: datetime
) -> None:
    late = walk.deadline_at + rules.GRACE + SECOND
    cases.pause(walk, by=ada, at=at)
    assert cases.end_overdue(late) == 0

    cases.resume(walk, by=ada, at=at + SECOND)
    assert cases.end_overdue(late) == 0
    assert cases.end_overdue(late + SECOND) == 1
    assert cases.end_overdue(late + SECOND) == 0
    assert Result.objects.get().outcome == "not_passed"


def test_an_adjustment_moves_the_clock(
    enrolment: Enrolment, case: CasePage, aldermoor: Institute, ada: User, ines: User, at: datetime
) -> None:
    adjustments.agree(aldermoor, ada, 25, by=ines, at=at)

    walk = cases.start(enrolment, case, by=ada, at=at)

    assert (walk.extra_percent, walk.deadline_at) == (25, at + 75 * MINUTE)


def test_two_attempts_and_no_third(enrolment: Enrolment, case: CasePage, ada: User, at: datetime) -> None:
    for _ in range(2):
        decide(cases.start(enrolment, case, by=ada, at=at), at, "file", "wait")

    with pytest.raises(NoAttemptToBegin, match="all 2 attempts"):
        cases.start(enrolment, case, by=ada, at=at)


def test_a_passed_case_is_not_begun_again(walk: CaseAttempt, case: CasePage, ada: User, at: datetime) -> None:
    decide(walk, at, "look", "tell")

    with pytest.raises(NoAttemptToBegin, match="passed"):
        cases.start(walk.enrolment, case, by=ada, at=at)


def test_an_attempt_withdrawn_for_an_error_costs_nothing_and_opens_the_step_again(
    walk: CaseAttempt, case: CasePage, lena: User, at: datetime
) -> None:
    decide(walk, at, "look", "tell")

    release.withdraw(Result.objects.get(), ground="error", words="The key was wrong.", by=lena, at=at)

    found = rules.case_standing(walk.enrolment, case)
    assert (found.has_passed, found.used, found.may_begin) == (False, 0, True)
    assert not StepDone.objects.filter(step=case.pk).exists()


def test_leaving_the_course_and_coming_back_gives_no_fresh_attempts(
    enrolment: Enrolment, case: CasePage, ada: User, at: datetime
) -> None:
    decide(cases.start(enrolment, case, by=ada, at=at), at, "file", "wait")
    enrolments.leave(enrolment, by=ada, at=at)

    again = enrolments.enrol(ada, enrolment.course, by=ada, at=at)

    assert rules.case_standing(again, case).left == 1


def test_nobody_else_decides_and_nobody_after_leaving(
    walk: CaseAttempt, ada: User, ben: User, at: datetime
) -> None:
    with pytest.raises(NotYourAttempt):
        cases.decide(walk, 1, "look", by=ben, at=at)
    enrolments.leave(walk.enrolment, by=ada, at=at)
    for act in (cases.pause, cases.resume):
        with pytest.raises(NotYourAttempt):
            act(walk, by=ada, at=at)
