"""What a learner's results say of each competency: those that stand, and nothing else."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import attempts, cases
from assessments.actions import release as release_actions
from assessments.models import AssignmentPage, CasePage, Result
from assessments.models.profiles import answers_of, decisions_of, marks_of
from assessments.profile import Source, profile_on
from courses.models import Enrolment, Framework, ModulePage
from lms.people.models import Institute, User
from tests.assessments.attempting import submit
from tests.factories import assessments, work
from tests.factories import cases as case_factory
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
Release = Callable[..., Result]


@pytest.fixture
def framework(aldermoor: Institute) -> Framework:
    return course_factory.competency(aldermoor).domain.framework


@pytest.fixture
def brief(aldermoor: Institute, module: ModulePage) -> AssignmentPage:
    """Two criteria that show 1.1 at Practitioner."""
    shows = {"competency": course_factory.competency(aldermoor), "level": "practitioner"}
    return assessments.assignment(module, rubric=assessments.rubric(aldermoor, **shows))


@pytest.fixture
def release(
    enrolment: Enrolment, brief: AssignmentPage, asif: User, mina: User, lena: User, at: datetime
) -> Release:
    """Hands in, marks, checks and releases a piece of Ada's work."""

    def release(**how: object) -> Result:
        return work.released(work.hand_in(enrolment, brief, at), asif, mina, lena, at, **how)

    return release


def answer_quiz(enrolment: Enrolment, module: ModulePage, right: int, at: datetime, **fields: object) -> None:
    quiz = assessments.quiz(module, **fields)
    submit(attempts.start(enrolment, quiz, by=enrolment.learner, at=at), right, enrolment.learner, at)


def test_each_question_of_a_quiz_that_counts_is_an_answer(
    enrolment: Enrolment, module: ModulePage, framework: Framework, at: datetime
) -> None:
    answer_quiz(enrolment, module, 3, at)

    found = answers_of(enrolment.learner, framework)

    assert [each.is_right for each in found] == [True, True, True, False]
    assert {(each.competency, each.title, each.on) for each in found} == {
        ("1.1", "Quiz: what commissioning is", DAY)
    }
    assert len({each.question for each in found}) == 4
    assert {each.attempt for each in found} == {str(enrolment.attempts.get().uuid)}


def test_practice_counts_for_nothing(
    enrolment: Enrolment, module: ModulePage, framework: Framework, at: datetime
) -> None:
    answer_quiz(enrolment, module, 4, at, attempts_allowed=0)

    assert answers_of(enrolment.learner, framework) == []


def test_a_withdrawn_result_is_left_out(
    enrolment: Enrolment, module: ModulePage, framework: Framework, release: Release, lena: User, at: datetime
) -> None:
    answer_quiz(enrolment, module, 4, at)
    release()
    assert (len(answers_of(enrolment.learner, framework)), len(marks_of(enrolment.learner, framework))) == (
        4,
        2,
    )

    for result in Result.objects.all():
        certificate_factory.withdraw(result, by=lena, at=at)

    assert answers_of(enrolment.learner, framework) == []
    assert marks_of(enrolment.learner, framework) == []


def test_each_criterion_of_released_work_is_a_mark(
    enrolment: Enrolment, framework: Framework, release: Release
) -> None:
    result = release(bands={"criterion-1": 3, "criterion-2": 1})

    found = marks_of(enrolment.learner, framework)

    assert [(each.competency, each.level, each.band, each.on) for each in found] == [
        ("1.1", "practitioner", 3, DAY),
        ("1.1", "practitioner", 1, DAY),
    ]
    assert {(each.title, each.submission) for each in found} == {
        ("Commissioning brief", str(result.marking.submission.uuid))
    }


def test_work_that_is_not_released_says_nothing(
    enrolment: Enrolment, brief: AssignmentPage, framework: Framework, asif: User, at: datetime
) -> None:
    work.mark(work.hand_in(enrolment, brief, at), asif, at)

    assert marks_of(enrolment.learner, framework) == []


def test_unsafe_advice_is_told_with_each_mark(
    enrolment: Enrolment, framework: Framework, release: Release
) -> None:
    release(unsafe="It names a whistleblower.")

    assert [each.is_unsafe for each in marks_of(enrolment.learner, framework)] == [True, True]


def test_criteria_that_show_no_competency_are_left_out(
    enrolment: Enrolment,
    module: ModulePage,
    framework: Framework,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
) -> None:
    plain = assessments.assignment(module)

    work.released(work.hand_in(enrolment, plain, at), asif, mina, lena, at)

    assert marks_of(enrolment.learner, framework) == []


def test_another_framework_hears_nothing_of_it(
    enrolment: Enrolment, module: ModulePage, fenwick: Institute, release: Release, at: datetime
) -> None:
    answer_quiz(enrolment, module, 4, at)
    release()
    theirs = course_factory.competency(fenwick).domain.framework

    assert answers_of(enrolment.learner, theirs) == []
    assert marks_of(enrolment.learner, theirs) == []


def test_another_learner_has_none_of_it(
    enrolment: Enrolment, module: ModulePage, framework: Framework, release: Release, ben: User, at: datetime
) -> None:
    answer_quiz(enrolment, module, 4, at)
    release()

    assert (answers_of(ben, framework), marks_of(ben, framework)) == ([], [])


@pytest.mark.parametrize("times", [1, 6])
def test_it_costs_the_same_for_one_result_and_for_many(
    enrolment: Enrolment,
    aldermoor: Institute,
    module: ModulePage,
    framework: Framework,
    asif: User,
    mina: User,
    lena: User,
    at: datetime,
    times: int,
) -> None:
    shows = {"competency": course_factory.competency(aldermoor)}
    for n in range(times):
        pool = assessments.pool(aldermoor, slug=f"pool-{n}")
        answer_quiz(enrolment, module, 4, at + timedelta(minutes=n), slug=f"quiz-{n}", pool=pool)
        rubric = assessments.rubric(aldermoor, slug=f"rubric-{n}", **shows)
        task = assessments.assignment(module, slug=f"brief-{n}", rubric=rubric)
        work.released(work.hand_in(enrolment, task, at), asif, mina, lena, at)

    with CaptureQueriesContext(connection) as queries:
        found = answers_of(enrolment.learner, framework), marks_of(enrolment.learner, framework)

    assert (len(found[0]), len(found[1])) == (4 * times, 2 * times)
    assert len(queries) == 10


def test_good_decisions_in_a_case_that_was_passed_are_evidence_at_their_level(
    enrolment: Enrolment, case: CasePage, framework: Framework, ada: User, at: datetime
) -> None:
    attempt = cases.start(enrolment, case, by=ada, at=at)
    for position, choice in enumerate(("ask", "tell"), start=1):
        cases.decide(attempt, position, choice, by=ada, at=at)

    found = decisions_of(ada, framework)

    assert [(each.competency, each.level, each.source, each.on, each.reference) for each in found] == [
        ("1.1", "lead", Source.SCENARIO, DAY, str(attempt.uuid))
    ]
    assert profile_on(DAY, ["1.1"], others=found)["1.1"].level == "lead"


def test_a_case_that_was_not_passed_or_was_withdrawn_shows_nothing(
    enrolment: Enrolment, case: CasePage, framework: Framework, ada: User, lena: User, at: datetime
) -> None:
    for decided in (("look", "name"), ("look", "tell")):
        attempt = cases.start(enrolment, case, by=ada, at=at)
        for position, choice in enumerate(decided, start=1):
            cases.decide(attempt, position, choice, by=ada, at=at)
    passed = Result.objects.get(case_attempt=attempt)
    assert len(decisions_of(ada, framework)) == 2

    release_actions.withdraw(passed, ground="error", words="The key was wrong.", by=lena, at=at)

    assert decisions_of(ada, framework) == []


def test_decisions_cost_three_queries_for_one_case_and_for_three(
    enrolment: Enrolment, case: CasePage, module: ModulePage, framework: Framework, ada: User, at: datetime
) -> None:
    more = [case_factory.case(module, slug=f"case-{n}", case=case.case) for n in (1, 2)]
    for page in (case, *more):
        attempt = cases.start(enrolment, page, by=ada, at=at)
        for position, choice in enumerate(("look", "tell"), start=1):
            cases.decide(attempt, position, choice, by=ada, at=at)

    with CaptureQueriesContext(connection) as captured:
        found = decisions_of(ada, framework)

    assert (len(found), len(captured)) == (6, 3)
