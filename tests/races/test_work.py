"""Written work under eight hands at once: handed in once, marked by one, sampled once, released once."""

from datetime import datetime, timedelta

import pytest
from django.db.models import QuerySet
from django.utils.text import slugify

from assessments.actions import marking, quality, release, submissions
from assessments.models import AssignmentPage, Batch, Marking, Result, Submission
from courses.models import CoursePage
from lms.audit.models import Event
from lms.people.models import Institute, User
from lms.people.roles import Role
from tests.factories import assessments as factory
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory
from tests.factories import people
from tests.races import scenes
from tests.races.conftest import Race
from tests.races.forks import WORKERS, Ending, errors, together, values_by_round

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def assessors(aldermoor: Institute) -> list[User]:
    """As many as there are workers."""
    found = [people.person(f"Assessor{number}", "Rahman") for number in range(WORKERS)]
    for each in found:
        people.appoint(each, Role.ASSESSOR, aldermoor)
    return found


def twice(endings: list[Ending], fault: str) -> list[str]:
    """The fault, for each round in which the workers were given different answers."""
    return [fault] * sum(len(set(values)) > 1 for values in values_by_round(endings).values())


def checked(batch: Batch, lead: User, checker: User, at: datetime) -> Batch:
    """The batch closed, with every sampled marking agreed."""
    closed = quality.close(batch, by=lead, at=at)
    for each in quality.undecided(closed):
        quality.agree(each, by=checker, at=at)
    return closed


def test_eight_clicks_hand_work_in_once(
    race: Race, foundations: CoursePage, brief: AssignmentPage, at: datetime
) -> None:
    def faults_of_a_run() -> list[str]:
        drafted = scenes.drafted(scenes.enrolled(foundations, race.rounds), brief, at)

        def click(worker: int, number: int) -> int:
            return scenes.hand_in(drafted[number], brief, at).pk

        endings = together(click, race.rounds)
        faults = errors(endings) + twice(endings, "Handed in twice.")
        faults += ["Handed in and refused."] * sum(bool(ending.refusal) for ending in endings)
        return race.note("hand in twice", len(endings), faults)

    assert faults_of_a_run() == []

    race.uncaught(submissions)
    assert faults_of_a_run()


def test_eight_assessors_never_hold_the_same_work(
    race: Race, foundations: CoursePage, brief: AssignmentPage, assessors: list[User], at: datetime
) -> None:
    def faults_of_a_run() -> list[str]:
        work = scenes.handed_in(scenes.enrolled(foundations, race.rounds * WORKERS // 2), brief, at)

        def take_all(worker: int, number: int) -> list[int]:
            institute, by = foundations.institute, assessors[worker]
            return [each.pk for each in iter(lambda: marking.claim_next(institute, by=by, at=at), None)]

        endings = together(take_all, rounds=1)
        taken = [pk for ending in endings for pk in ending.value or []]
        faults = errors(endings) + ["Two assessors hold one piece of work."] * (len(taken) - len(set(taken)))
        faults += ["Work that nobody took."] * len({each.pk for each in work} - set(taken))
        return race.note("two assessors claim one submission", len(work), faults)

    assert faults_of_a_run() == []

    race.without(Submission)
    assert faults_of_a_run()


def test_work_whose_lease_ran_out_is_recorded_by_one_or_taken_by_another(
    race: Race, foundations: CoursePage, brief: AssignmentPage, assessors: list[User], at: datetime
) -> None:
    first, second = assessors[:2]

    def faults_of_a_run(day: datetime) -> list[str]:
        held = []
        for minutes in range(race.rounds):
            taken_at = day + timedelta(minutes=minutes)
            (enrolment,) = scenes.enrolled(foundations, 1)
            work, judgement = scenes.half_marked(enrolment, brief, first, taken_at)
            held.append((work, judgement, taken_at + marking.LEASE + timedelta(seconds=1)))

        def turn(worker: int, number: int) -> int | None:
            work, judgement, late = held[number]
            if worker % 2:
                return marking.record(work, read=judgement.digest, by=first, at=late).submission_id
            taken = marking.claim_next(foundations.institute, by=second, at=late)
            return taken and -taken.pk

        endings = together(turn, race.rounds)
        faults = errors(endings)
        for values in values_by_round(endings).values():
            given = {value for value in values if value}
            faults += ["Recorded by one and taken by another."] * any(-each in given for each in given)
        return race.note("lease ran out", len(endings), faults)

    assert faults_of_a_run(at) == []

    race.without(Submission)
    assert faults_of_a_run(at + timedelta(days=100))


def test_a_batch_that_many_close_is_sampled_once_over_all_that_is_in_it(
    race: Race, foundations: CoursePage, aldermoor: Institute, assessors: list[User], at: datetime
) -> None:
    """Two people and the clock close it while two assessors still record into it."""
    leads = [people.person(f"Lead{number}", "Fischer") for number in range(2)]
    for each in leads:
        people.appoint(each, Role.LEAD_IQA, aldermoor)

    def faults_of_a_run(name: str) -> list[str]:
        batches, ready = [], []
        for number in range(race.rounds):
            page = course_factory.module(foundations, f"{name} {number}")
            brief = factory.assignment(page)
            *inside, fifth, sixth = scenes.enrolled(foundations, 6)
            batches.append(scenes.marked(inside, brief, assessors[:2], at))
            pairs = zip([fifth, sixth], assessors[2:4], strict=True)
            ready.append([scenes.half_marked(each, brief, by, at) for each, by in pairs])

        def turn(worker: int, number: int) -> None:
            if worker < 2:
                work, judgement = ready[number][worker]
                marking.record(work, read=judgement.digest, by=assessors[2 + worker], at=at)
            elif worker < 6:
                quality.close(batches[number], by=leads[worker % 2], at=at)
            else:
                quality.close_due(at + quality.CLOSES_AFTER)

        endings = together(turn, race.rounds)
        faults = errors(endings) + [fault for batch in batches for fault in _wrongly_sampled(batch)]
        return race.note("sample drawn twice", len(endings), faults)

    assert faults_of_a_run("Guarded") == []

    race.without(Batch)
    assert faults_of_a_run("Unguarded")


def _wrongly_sampled(batch: Batch) -> list[str]:
    """A batch is closed once, and what is in it now is what the sample was drawn from."""
    closings = list(Event.objects.filter(subject=batch.uuid, verb="batch.closed"))
    if len(closings) != 1:
        return [f"A batch was closed {len(closings)} times."]
    facts = closings[0].facts
    holds = (facts["markings"], facts["sampled"]) == (batch.markings.count(), batch.sample.count())
    return [] if holds else ["A sample is not that of its batch."]


def test_eight_clicks_release_a_batch_once(
    race: Race, foundations: CoursePage, assessors: list[User], lena: User, mina: User, at: datetime
) -> None:
    def faults_of_a_run(name: str) -> list[str]:
        batches = []
        for number in range(race.rounds):
            brief = factory.assignment(course_factory.module(foundations, f"{name} {number}"))
            batch = scenes.marked(scenes.enrolled(foundations, 2), brief, assessors[:1], at)
            batches.append(checked(batch, lena, mina, at))

        def click(worker: int, number: int) -> tuple[int, ...]:
            return tuple(sorted(each.pk for each in release.release(batches[number], by=lena, at=at)))

        endings = together(click, race.rounds)
        wrong = [batch for batch in batches if Result.objects.filter(marking__batch=batch).count() != 2]
        faults = (
            errors(endings) + twice(endings, "Two answers.") + ["A wrong number of results."] * len(wrong)
        )
        return race.note("release twice", len(endings), faults)

    assert faults_of_a_run("Guarded") == []

    race.without(Batch)
    assert faults_of_a_run("Unguarded")


@pytest.mark.postgres
def test_two_batches_of_the_same_people_can_be_released_at_once(
    race: Race, aldermoor: Institute, assessors: list[User], lena: User, mina: User, at: datetime
) -> None:
    """They enrolled in one course in this order and in the other the other way round.

    SQLite has one writer at a time, so that no two of them can wait for each other.
    """
    first, second = (course_factory.course(aldermoor, title) for title in ("Foundations", "Outcomes"))

    def ready(course: CoursePage, order: list[User], name: str) -> Batch:
        brief = factory.assignment(course_factory.module(course, name))
        # A scheme that asks for the work makes its release look at everything that the learner holds.
        certificate_factory.scheme(course, brief, slug=slugify(f"{course} {name}"))
        enrolments = [course_factory.enrol(each, course) for each in order]
        return checked(scenes.marked(enrolments, brief, assessors[:1], at), lena, mina, at)

    def faults_of_a_run(name: str) -> list[str]:
        batches = []
        for number in range(race.rounds):
            order = scenes.learners(4)
            name_here = f"{name} {number}"
            batches.append([ready(first, order, name_here), ready(second, order[::-1], name_here)])

        def turn(worker: int, number: int) -> int:
            return len(release.release(batches[number][worker], by=lena, at=at))

        endings = together(turn, race.rounds, workers=2)
        return race.note("two releases of the same people", len(endings), errors(endings))

    assert faults_of_a_run("Guarded") == []

    order_by = QuerySet.order_by
    race.replace(
        QuerySet,
        "order_by",
        lambda rows, *names: order_by(rows, *(["submission__enrolment"] if rows.model is Marking else names)),
    )
    assert faults_of_a_run("Unguarded")
