"""The demonstration at its last stage, and beside it what is only ever half done: drafts, open attempts, checks."""

from datetime import datetime, timedelta

from assessments.actions import answers, attempts, cases, marking, quality, questions, release
from assessments.actions.versions import Wording
from assessments.models import AssignmentPage, Batch, QuizPage, Result, Submission
from courses.actions import log, scenarios
from courses.models import CoursePage, Enrolment, LogEntry, ScenarioPage
from courses.models.outlines import course_of
from lms.demonstration import filling
from lms.demonstration.stages import Stage
from lms.people.actions import employments, invitations
from lms.people.models import Institute, Organisation, User
from lms.people.roles import Role
from tests.factories import assessments as assessment_factory
from tests.factories import cases as case_factory
from tests.factories import courses as course_factory
from tests.factories import people as people_factory
from tests.factories import work


class World:
    """Finds what the tour wants to look at, by the names of the cast."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.aldermoor = Institute.objects.get(slug="aldermoor")
        self.council = Organisation.objects.get(slug="marlshire-council")
        self.course = CoursePage.objects.get(institute=self.aldermoor, slug="foundations")
        self.quiz = QuizPage.objects.descendant_of(self.course).order_by("path")[0]
        self.assignment = AssignmentPage.objects.descendant_of(self.course).get()

    def person(self, key: str) -> User:
        return User.objects.get(email=f"{key}@example.org")

    def enrolment(self, key: str) -> Enrolment:
        return Enrolment.objects.get(learner=self.person(key), course=self.course)


def build(now: datetime) -> World:
    """Everything, by the product's own actions."""
    course_factory.root()
    filling.live(filling.found(now), Stage.CERTIFIED)
    world = World(now)
    at = now - timedelta(hours=2)
    _study(world, at)
    _judge_cases(world, at)
    _fill_batches(world, at)
    _withdraw_a_result(world, at)
    _offer_roles_and_places(world, at)
    _write_a_question(world, at)
    return world


def _study(world: World, at: datetime) -> None:
    """Bronwen has an attempt and a draft open; Parveen has used her last attempt."""
    bronwen, parveen = world.enrolment("bronwen"), world.enrolment("parveen")
    attempt = attempts.start(bronwen, world.quiz, by=bronwen.learner, at=at)
    first = attempt.questions.select_related("version").get(position=1)
    answers.save(attempt, 1, first.option_order[0], base_revision=0, by=bronwen.learner, at=at)
    work.write(bronwen, world.assignment, at)
    work.add_file(bronwen, world.assignment, at, "What people said at Ness.")
    last = attempts.start(parveen, world.quiz, by=parveen.learner, at=at)
    attempts.submit(last, by=parveen.learner, at=at)
    entry = LogEntry.objects.filter(learner=world.person("learner"), module__isnull=False).get()
    log.share(entry, world.person("assessor2"), world.aldermoor, at=at)
    _decide(world, "parveen", ["sister", "evening", "concern", "together", "protect", "interim", "own"], at)
    _decide(world, "farid", ["ask"], at)


def _decide(world: World, who: str, choices: list[str], at: datetime) -> None:
    """Somebody goes through the scenario of the second course, as far as these choices lead."""
    scenario = ScenarioPage.objects.get(slug="the-expensive-tune")
    play = scenarios.begin(course_factory.enrol(world.person(who), course_of(scenario)), scenario, at=at)
    for position, choice in enumerate(choices, start=1):
        scenarios.decide(play, position, choice, at=at)


def _judge_cases(world: World, at: datetime) -> None:
    """A case in a course of its own: open before Bronwen, paused by Farid, failed once by Moses, passed by Parveen."""
    page = case_factory.case(
        course_factory.module(course_factory.course(world.aldermoor, "A case to decide")), slug="a-case"
    )
    for who, decided in (
        ("bronwen", ["ask"]),
        ("farid", ["ask"]),
        ("moses", ["file", "name"]),
        ("parveen", ["look", "tell"]),
    ):
        learner = world.person(who)
        attempt = cases.start(course_factory.enrol(learner, course_of(page)), page, by=learner, at=world.now)
        for position, choice in enumerate(decided, start=1):
            cases.decide(attempt, position, choice, by=learner, at=world.now)
    cases.pause(
        page.attempts.get(enrolment__learner=world.person("farid")), by=world.person("farid"), at=world.now
    )


def _fill_batches(world: World, at: datetime) -> None:
    """One batch is checked and ready, one waits for its checks, one is filling, and one piece of work is being marked."""
    lead, assurer = world.person("iqa"), world.person("iqa2")
    ready = quality.close(Batch.objects.get(state="open"), by=lead, at=at)
    for each in quality.undecided(ready):
        quality.agree(each, by=assurer, at=at, note="")
    waiting = list(Submission.objects.filter(state=Submission.State.WAITING).order_by("submitted_at"))
    quality.close(work.mark(waiting[0], world.person("assessor2"), at).batch, by=lead, at=at)
    work.mark(waiting[1], world.person("assessor2"), at)
    claimed = work.claim(waiting[2], world.person("assessor"), world.now)
    marking.save_draft(claimed, work.judgement(claimed), by=world.person("assessor"), at=world.now)


def _withdraw_a_result(world: World, at: datetime) -> None:
    """Mai's, on which a certificate rests: somebody has to look at it again."""
    result = Result.objects.get(learner=world.person("mai"), marking__isnull=False)
    words = "Two scripts were exchanged when the batch was released. We mark yours again."
    release.withdraw(result, ground="error", words=words, by=world.person("iqa"), at=at)


def _offer_roles_and_places(world: World, at: datetime) -> None:
    """Nora has an account and nothing else yet, but she is asked to confirm her employer and to become an assessor."""
    nora = people_factory.person("Nora", "Quill", email="nora@example.org")
    manager, administrator = world.person("manager"), world.person("administrator")
    employments.propose(nora, world.council, line_manager=manager, by=manager, at=at)
    invitations.invite(nora.email, world.aldermoor, role=Role.ASSESSOR, by=administrator, at=at)
    invitations.invite("new@example.org", world.council, by=manager, at=at)


def _write_a_question(world: World, at: datetime) -> None:
    """A draft of the author's, not yet in any quiz."""
    wording = Wording(
        kind="single",
        demand="recall",
        level="foundation",
        competency=course_factory.competency(world.aldermoor),
        lesson=None,
        stem="A trust asks for forty beds. What has it asked for?",
        body=assessment_factory.single_choice(),
    )
    questions.draft(world.quiz.pool, "m11-forty-beds", wording, by=world.person("author"), at=at)
