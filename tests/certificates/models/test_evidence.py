"""What learners hold of what schemes ask for, read from rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Result
from certificates.models.evidence import current_versions, evidence_for, evidence_of, teachers_of
from tests.factories import assessments as assessment_factory
from tests.factories import certificates as factory
from tests.factories import courses as course_factory
from tests.factories import people


def test_a_learner_with_every_result_is_eligible_and_the_results_are_named(
    scheme, enrolment, quiz, brief, asif, mina
):
    passed = factory.passed(enrolment, quiz)
    competent = factory.competent(enrolment, brief, assessor=asif, checker=mina)

    evidence = evidence_of(enrolment.learner, scheme)

    assert evidence.is_eligible
    assert evidence.counted == (passed, competent)
    assert evidence.assessors == {asif.pk}
    assert evidence.checkers == {mina.pk}
    assert evidence.newest_at == factory.RELEASED_AT


def test_without_results_everything_is_missing_and_says_why(scheme, enrolment):
    evidence = evidence_of(enrolment.learner, scheme)

    assert [found.reason for _requirement, found in evidence.in_order()] == [
        "You have no result for this quiz yet.",
        "You have no result for this assignment yet.",
    ]
    assert evidence.newest_at is None


def test_what_is_missing_stands_in_its_place_among_what_is_met(scheme, enrolment, brief, asif):
    factory.competent(enrolment, brief, assessor=asif)

    evidence = evidence_of(enrolment.learner, scheme)

    assert [requirement.kind for requirement, _found in evidence.in_order()] == ["quiz", "assignment"]
    assert not evidence.is_eligible


def test_a_result_that_nobody_released_counts_for_nothing(quiz_scheme, enrolment, quiz):
    told = factory.passed(enrolment, quiz, outcome="not_passed")
    attempt = type(told.attempt).objects.create(
        enrolment=enrolment,
        quiz=quiz,
        version=told.attempt.version,
        number=2,
        seed="0",
        started_at=factory.RELEASED_AT,
    )
    Result.objects.create(
        institute=told.institute,
        enrolment=enrolment,
        learner=enrolment.learner,
        step=quiz,
        outcome="passed",
        attempt=attempt,
        made_at=factory.RELEASED_AT,
    )

    missing = evidence_of(enrolment.learner, quiz_scheme).eligibility.missing

    assert [each.reason for each in missing] == [
        "Your latest result, of 2 November 2026, is below the pass mark."
    ]


def test_a_withdrawn_result_counts_for_nothing(quiz_scheme, enrolment, quiz, lena, at):
    factory.withdraw(factory.passed(enrolment, quiz), by=lena, at=at)

    missing = evidence_of(enrolment.learner, quiz_scheme).eligibility.missing

    assert [each.reason for each in missing] == [
        "Your result of 2 November 2026 was withdrawn, so it does not count."
    ]


def test_days_are_counted_in_london(quiz_scheme, enrolment, quiz):
    late_on_the_first_of_july = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    factory.passed(enrolment, quiz, at=late_on_the_first_of_july)

    (met,) = evidence_of(enrolment.learner, quiz_scheme).eligibility.met

    assert met.on.isoformat() == "2026-07-01"


def test_a_finished_course_meets_a_scheme_that_asks_for_it(foundations, enrolment, at):
    version = factory.scheme(foundations)
    enrolment.finished_at = at
    enrolment.save()

    evidence = evidence_of(enrolment.learner, version)

    assert evidence.is_eligible
    assert evidence.counted == ()


def test_whoever_wrote_a_page_of_the_course_taught_it(scheme, lesson, quiz, adil, rosa):
    lesson.owner = adil
    lesson.save()
    elsewhere = course_factory.course(quiz.pool.institute, "Another course")
    elsewhere.owner = rosa
    elsewhere.save()

    assert teachers_of([scheme]) == {scheme.pk: {adil.pk}}


def test_the_newest_version_is_the_current_one(scheme, brief):
    newer = factory.next_version(scheme, brief)

    assert current_versions(scheme=scheme.scheme) == [newer]


@pytest.mark.parametrize("learners", [1, 30])
def test_evidence_takes_the_same_queries_for_one_learner_and_for_thirty(
    learners, scheme, foundations, quiz, django_assert_num_queries
):
    pairs = []
    for number in range(learners):
        person = people.person(f"Learner{number}")
        factory.passed(
            course_factory.enrol(person, foundations), quiz, at=factory.RELEASED_AT + timedelta(number)
        )
        pairs.append((person.pk, scheme))

    with django_assert_num_queries(1):
        found = evidence_for(pairs)

    assert len(found) == learners


@pytest.fixture
def elsewhere(aldermoor):
    """A second course of the institute, with written work in it."""
    course = course_factory.course(aldermoor, "Leading")
    return assessment_factory.assignment(
        course_factory.module(course, "Your assignment"), title="Board paper"
    )


def test_a_requirement_of_another_course_is_called_by_its_course_too(scheme, foundations, quiz, elsewhere):
    version = factory.next_version(scheme, quiz, elsewhere)

    assert [each.title for each in version.asked] == [
        "Quiz: what commissioning is",
        "Board paper (Leading)",
    ]
    assert [each.title for each in current_versions(pk=version.pk)[0].asked] == [
        "Quiz: what commissioning is",
        "Board paper (Leading)",
    ]


def test_work_of_another_course_counts_as_it_was_done_there(scheme, ada, quiz, enrolment, elsewhere, asif):
    version = factory.next_version(scheme, quiz, elsewhere)
    there = course_factory.enrol(ada, elsewhere.get_parent().get_parent().specific)
    factory.passed(enrolment, quiz)
    missing = evidence_of(ada, version).eligibility.missing

    factory.competent(there, elsewhere, assessor=asif)

    assert [(each.requirement.title, each.reason) for each in missing] == [
        ("Board paper (Leading)", "You have no result for this assignment yet.")
    ]
    assert evidence_of(ada, version).is_eligible


def test_whoever_wrote_a_page_of_the_other_course_taught_it(scheme, quiz, elsewhere, rosa):
    course = elsewhere.get_parent().get_parent()
    course.owner = rosa
    course.save()
    version = factory.next_version(scheme, quiz, elsewhere)

    assert teachers_of([version]) == {version.pk: {rosa.pk}}


@pytest.mark.parametrize(("band", "is_met"), [(2, False), (3, True)])
def test_a_scheme_may_ask_for_a_band_on_one_criterion(
    quiz_scheme, enrolment, quiz, brief, asif, band, is_met
):
    version = factory.asks_for_criterion(quiz_scheme, brief, "criterion-2")
    factory.passed(enrolment, quiz)
    factory.competent(enrolment, brief, assessor=asif, bands={"criterion-1": 2, "criterion-2": band})

    assert evidence_of(enrolment.learner, version).is_eligible is is_met


def test_one_work_may_be_asked_for_as_a_whole_and_on_a_criterion(scheme, enrolment, quiz, brief, asif):
    version = factory.asks_for_criterion(scheme, brief, "criterion-1")
    factory.passed(enrolment, quiz)
    factory.competent(enrolment, brief, assessor=asif, bands={"criterion-1": 2, "criterion-2": 2})

    found = evidence_of(enrolment.learner, version).in_order()

    assert [type(each).__name__ for _requirement, each in found] == ["Met", "Met", "Missing"]


def test_bands_of_criteria_take_the_same_queries_for_one_learner_and_for_thirty(
    quiz_scheme, foundations, quiz, brief, asif
):
    version = factory.asks_for_criterion(quiz_scheme, brief, "criterion-1")
    pairs, counts = [], []
    for number in range(30):
        held = course_factory.enrol(people.person(f"Learner{number}"), foundations)
        factory.competent(held, brief, assessor=asif, bands={"criterion-1": 3, "criterion-2": 2})
        pairs.append((held.learner_id, version))
        if number in {0, 29}:
            with CaptureQueriesContext(connection) as captured:
                found = evidence_for(pairs)
            counts.append(len(captured))
            assert [len(each.eligibility.met) for each in found] == [1] * len(pairs)

    assert counts[0] == counts[1]


def test_the_database_refuses_a_criterion_without_a_band(quiz_scheme, brief):
    with pytest.raises(IntegrityError, match="a_criterion_is_asked_for_with_its_band"):
        quiz_scheme.requirements.create(position=9, kind="assignment", step=brief, criterion="gates")
