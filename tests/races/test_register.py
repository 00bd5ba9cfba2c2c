"""The register under eight hands at once: numbers without gap or double, one certificate for one decision."""

import time
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.db.models import Max
from django_tasks_db.models import DBTaskResult

from assessments.actions import release
from assessments.models import QuizPage, Result
from certificates import rendering
from certificates.actions import certificates, decisions, files, register
from certificates.models import (
    Candidacy,
    Certificate,
    CertificationDecision,
    SchemeVersion,
)
from courses.actions import steps
from courses.models import CoursePage
from lms.people.models import Institute, User
from lms.people.roles import Role
from tests.factories import certificates as factory
from tests.factories import people
from tests.races import scenes
from tests.races.conftest import Race
from tests.races.forks import WORKERS, errors, together
from tests.races.invariants import wrongly_issued

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

NUMBERS_EACH = 50


class Undone(Exception):
    """The transaction does not go through."""


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def scheme(foundations: CoursePage, quiz: QuizPage) -> SchemeVersion:
    return factory.scheme(foundations, quiz)


@pytest.fixture
def registrars(aldermoor: Institute) -> list[User]:
    found = [people.person(f"Registrar{number}", "Lindqvist") for number in range(2)]
    for each in found:
        people.appoint(each, Role.REGISTRAR, aldermoor)
    return found


@transaction.atomic
def candidates(course: CoursePage, quiz: QuizPage, wanted: int, at: datetime) -> list[Candidacy]:
    """So many people who have passed the quiz and confirmed their names."""
    found = []
    for enrolment in scenes.enrolled(course, wanted):
        factory.passed(enrolment, quiz)
        steps.finish(enrolment, quiz, by_what="quiz", at=at)
        found.append(factory.confirmed(Candidacy.objects.get(learner=enrolment.learner, state="ready")))
    return found


def unentered(
    version: SchemeVersion, holder: User, wanted: int, by: User, at: datetime
) -> list[CertificationDecision]:
    """So many decisions that lack only their entry in the register."""
    institute, decided = version.scheme.institute, Candidacy.State.DECIDED
    candidacies = Candidacy.objects.bulk_create(
        Candidacy(
            institute=institute,
            scheme=version.scheme,
            version=version,
            learner=holder,
            state=decided,
            ready_at=at,
        )
        for _ in range(wanted)
    )
    return CertificationDecision.objects.bulk_create(
        CertificationDecision(
            candidacy=each, version=version, decision="granted", learner=holder, decided_by=by, decided_at=at
        )
        for each in candidacies
    )


def highest_and_one(institute: Institute, year: int) -> int:
    """The next serial as one would take it without a counter."""
    highest = Certificate.objects.filter(institute=institute).aggregate(number=Max("number"))["number"]
    return int(highest.rpartition("-")[2]) + 1 if highest else 1


def test_eight_workers_take_numbers_without_gap_or_double(
    race: Race, scheme: SchemeVersion, aldermoor: Institute, ada: User, rosa: User, at: datetime
) -> None:
    def faults_of_a_run() -> list[str]:
        each = max(NUMBERS_EACH, race.rounds) if race.is_guarded else race.rounds
        decided = unentered(scheme, ada, each * WORKERS, rosa, at)
        before = Certificate.objects.count()

        def enter(worker: int, number: int) -> bool:
            with transaction.atomic():
                register.enter(decided[worker * each + number], "Ada Bright", at=at)
                if number % 10 == 9:
                    raise Undone
            return True

        endings = together(enter, each)
        faults = [error for error in errors(endings) if not error.startswith("Undone")]
        entered = before + sum(bool(ending.value) for ending in endings)
        numbers = sorted(Certificate.objects.values_list("number", flat=True))
        if numbers != [f"AIC-2026-{serial:05d}" for serial in range(1, entered + 1)]:
            faults.append("The numbers have a gap or a double.")
        return race.note("number allocation", len(endings), faults)

    assert faults_of_a_run() == []

    race.replace(register, "_next_serial", highest_and_one)
    assert faults_of_a_run()


def test_two_registrars_with_four_hands_each_certify_a_candidate_once(
    race: Race,
    scheme: SchemeVersion,
    foundations: CoursePage,
    quiz: QuizPage,
    registrars: list[User],
    at: datetime,
) -> None:
    def faults_of_a_run() -> list[str]:
        ready = candidates(foundations, quiz, race.rounds, at)

        def click(worker: int, number: int) -> str:
            return decisions.grant(ready[number], name="Ada Bright", by=registrars[worker % 2], at=at).number

        endings = together(click, race.rounds)
        faults = errors(endings)
        for each in ready:
            entered = Certificate.objects.filter(decision__candidacy=each)
            jobs = [pk for pk in entered.values_list("pk", flat=True) if jobs_for(pk) != 1]
            faults += ["Certified more or less than once."] * (entered.count() != 1) + [
                "No job, or two."
            ] * len(jobs)
        return race.note("double issue: two registrars", len(endings), faults)

    assert faults_of_a_run() == []

    race.without(User, Candidacy)
    assert faults_of_a_run()


def test_two_registrars_who_grant_the_same_list_certify_each_once_and_are_told_of_the_rest(
    race: Race,
    scheme: SchemeVersion,
    foundations: CoursePage,
    quiz: QuizPage,
    registrars: list[User],
    at: datetime,
) -> None:
    def faults_of_a_run() -> list[str]:
        ready = candidates(foundations, quiz, race.rounds, at)

        def click(worker: int, number: int) -> tuple[int, int]:
            chosen = [(each, "Ada Bright") for each in ready]
            found = decisions.grant_many(chosen, by=registrars[worker], at=at)
            return len(found.certificates), len(found.exceptions)

        endings = together(click, 1, workers=2)
        faults = errors(endings)
        entered = Certificate.objects.filter(decision__candidacy__in=ready).count()
        if entered != len(ready):
            faults.append("Certified more or less than once.")
        told = [sum(ending.value) for ending in endings if ending.value]
        faults += ["A candidate dropped out unmentioned."] * sum(each != len(ready) for each in told)
        return race.note("double issue: two lists", len(endings), faults)

    assert faults_of_a_run() == []

    race.without(User, Candidacy)
    assert faults_of_a_run()


def test_eight_workers_and_the_sweep_make_one_paper(
    race: Race,
    scheme: SchemeVersion,
    foundations: CoursePage,
    quiz: QuizPage,
    rosa: User,
    at: datetime,
) -> None:
    rounds = max(2, race.rounds // 4)

    def faults_of_a_run() -> list[str]:
        ready = candidates(foundations, quiz, rounds, at)
        entered = [decisions.grant(each, name="Ada Bright", by=rosa, at=at) for each in ready]
        # The first drawing of a process takes seconds; the workers inherit what it has set up.
        rendering.render_certificate(files.printed(entered[0]))

        def turn(worker: int, number: int) -> str | None:
            if worker == 0:
                files.enqueue_missing(at + files.PATIENCE * 2)
                return None
            return files.file_certificate(entered[number], at=at).sha256

        endings = together(turn, rounds)
        faults = errors(endings) + [fault for each in entered for fault in wrongly_issued(each)]
        return race.note("double issue: button and sweep", len(endings), faults)

    assert faults_of_a_run() == []

    race.without(Certificate)
    race.uncaught(files)
    assert faults_of_a_run()


def test_a_certificate_stopped_while_its_paper_is_drawn_is_never_in_force(
    race: Race,
    scheme: SchemeVersion,
    foundations: CoursePage,
    quiz: QuizPage,
    rosa: User,
    lena: User,
    at: datetime,
) -> None:
    def faults_of_a_run() -> list[str]:
        ready = candidates(foundations, quiz, race.rounds, at)
        entered = [decisions.grant(each, name="Ada Bright", by=rosa, at=at) for each in ready]

        def turn(worker: int, number: int) -> None:
            if worker == 0:
                withdraw(Result.objects.get(learner=ready[number].learner), lena, at)
            else:
                # One after the other, so that one of them meets the withdrawal wherever it is by then.
                time.sleep(worker / 200)
                certificates.follow(entered[number], "issued", by=None, at=at)

        endings = together(turn, race.rounds)
        stopped = {("voided",), ("issued", "suspended")}
        wrong = [each for each in entered if tuple(event.kind for event in each.life()) not in stopped]
        faults = errors(endings) + ["In force although it was stopped."] * len(wrong)
        return race.note("stopped while drawn", len(endings), faults)

    assert faults_of_a_run() == []

    race.without(Certificate)
    assert faults_of_a_run()


def test_a_result_withdrawn_while_its_certificate_is_granted_is_reviewed(
    race: Race,
    scheme: SchemeVersion,
    foundations: CoursePage,
    quiz: QuizPage,
    rosa: User,
    lena: User,
    at: datetime,
) -> None:
    def faults_of_a_run() -> list[str]:
        ready = candidates(foundations, quiz, race.rounds, at)

        def turn(worker: int, number: int) -> None:
            if worker == 0:
                withdraw(Result.objects.get(learner=ready[number].learner), lena, at)
            else:
                decisions.grant(ready[number], name="Ada Bright", by=rosa, at=at)

        endings = together(turn, race.rounds, workers=2)
        unnoticed = Certificate.objects.filter(decision__candidacy__in=ready, reviews=None).count()
        faults = errors(endings) + ["A certificate on a withdrawn result, and no review."] * unnoticed
        return race.note("withdrawn while granted", len(endings), faults)

    assert faults_of_a_run() == []

    race.without(User, Candidacy)
    assert faults_of_a_run()


def withdraw(result: Result, by: User, at: datetime) -> None:
    release.withdraw(result, ground="fraud", words="The work is not the candidate's own.", by=by, at=at)


def jobs_for(certificate: int) -> int:
    wanted = DBTaskResult.objects.filter(task_path="certificates.tasks.file_certificate")
    return sum(job["args"] == [certificate] for job in wanted.values_list("args_kwargs", flat=True))
