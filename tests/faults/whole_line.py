"""At least one row in every table that the database guards, made by the actions that make them in life."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from assessments.actions import (
    answers,
    attempts,
    cases,
    claims,
    further_attempts,
    marking,
    quality,
    quarantine,
    questions,
    release,
    reviews,
)
from assessments.actions.versions import Wording
from assessments.models import Adjustment, AssignmentPage, CasePage, PassedOver, Quarantine, QuizPage
from certificates.actions import appeals, certificates, decisions, keys
from certificates.models import Candidacy, CertificateFile, Hearing
from courses.models import Behaviour, Enrolment, FrameworkVersion, Publication
from lms.people.models import Institute, User
from lms.people.roles import Role
from lms.problems.actions import Subject, answer, report
from lms.problems.models import Kind, Problem
from tests.factories import assessments as assessment_factory
from tests.factories import cases as case_factory
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory
from tests.factories import people, work
from tests.races import scenes

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def run() -> None:
    """From a framework to a suspended certificate, with everything that may go wrong on the way."""
    institute = people.institute()
    course = course_factory.course(institute)
    module = course_factory.module(course)
    quiz = assessment_factory.quiz(module)
    brief = assessment_factory.assignment(module)
    certificate_factory.scheme(course, quiz)
    _framework(institute)
    lead, registrar = _staff(institute, Role.LEAD_IQA), _staff(institute, Role.REGISTRAR)
    first, second, third, fourth = scenes.enrolled(course, 4)
    _fail_three_times(first, quiz, by=lead)
    _pass(second, quiz)
    _judge(third, brief, lead)
    _set_aside(fourth, brief, institute)
    assessment_factory.exemplar(brief.rubric.versions.get(), 3)
    _decide(first, case_factory.case(module))
    _review(quiz, institute)
    _certify(Candidacy.objects.get(learner=second.learner), registrar)
    keys.seal_of(institute, at=AT)
    claims.rate(
        course_factory.competency(institute),
        "foundation",
        "I wrote two.",
        shown_to=None,
        by=first.learner,
        at=AT,
    )
    _report(institute, registrar)
    Adjustment.objects.create(
        institute=institute, learner=first.learner, extra_percent=25, agreed_by=lead, agreed_at=AT
    )


def _report(institute: Institute, registrar: User) -> None:
    subject = Subject(institute, Kind.CERTIFICATE, uuid4(), "AIC-2026-00001", "/")
    problem = report(subject, "The second name is missing.", by=None, at=AT)
    answer(problem, Problem.State.ANSWERED, "It is printed anew.", by=registrar, at=AT)


def _staff(institute: Institute, role: Role) -> User:
    person = people.person(role.value, "Staff")
    people.appoint(person, role, institute)
    return person


def _framework(institute: Institute) -> None:
    competency = course_factory.competency(institute)
    version = FrameworkVersion.objects.create(
        framework=competency.domain.framework,
        number=1,
        as_at=date(2026, 9, 1),
        digest="0" * 64,
        published_at=AT,
    )
    Behaviour.objects.create(
        version=version, competency=competency, level="foundation", text="Asks what for."
    )
    Publication.objects.create(version=version, content={"title": "Commissioning"})


def _fail_three_times(enrolment: Enrolment, quiz: QuizPage, by: User) -> None:
    for _ in range(3):
        attempt = attempts.start(enrolment, quiz, by=enrolment.learner, at=AT)
        answers.save(attempt, 1, "b", base_revision=0, by=enrolment.learner, at=AT)
        attempts.submit(attempt, by=enrolment.learner, at=AT)
    further_attempts.give_further_attempt(enrolment, quiz, by=by, at=AT, reason="The fire alarm went off.")


def _pass(enrolment: Enrolment, quiz: QuizPage) -> None:
    attempt = attempts.start(enrolment, quiz, by=enrolment.learner, at=AT)
    for asked in attempt.questions.all():
        answers.save(attempt, asked.position, "a", base_revision=0, by=enrolment.learner, at=AT)
    attempts.submit(attempt, by=enrolment.learner, at=AT)


def _decide(enrolment: Enrolment, page: CasePage) -> None:
    """A case with a pause in it, to its end."""
    learner = enrolment.learner
    attempt = cases.start(enrolment, page, by=learner, at=AT)
    cases.pause(attempt, by=learner, at=AT)
    cases.resume(attempt, by=learner, at=AT + SECOND)
    standing = attempt.standing()
    while not standing.ending:
        first = standing.node.choices[0].key
        standing = cases.decide(attempt, len(standing.moments) + 1, first, by=learner, at=AT + SECOND)


def _judge(enrolment: Enrolment, brief: AssignmentPage, lead: User) -> None:
    """Handed back by one assessor who may know the learner, marked by another, overturned, released, withdrawn."""
    institute: Institute = enrolment.course.institute
    assessor, checker = _staff(institute, Role.ASSESSOR), _staff(institute, Role.IQA)
    acquaintance = people.person("Asha", "Patel")
    people.appoint(acquaintance, Role.ASSESSOR, institute)
    scenes.handed_in([enrolment], brief, AT)
    claimed = marking.claim_next(institute, by=acquaintance, at=AT)
    marking.hand_back(claimed, by=acquaintance, at=AT, knows_person=True)
    batch = scenes.judged(marking.claim_next(institute, by=assessor, at=AT), assessor, AT).batch
    (sampled,) = quality.undecided(quality.close(batch, by=lead, at=AT))
    bands = {mark.criterion.key: 3 for mark in sampled.marks.all()}
    quality.overturn(
        sampled, bands=bands, unsafe_passages=0, reason="Clear.", rest="stands", by=checker, at=AT
    )
    (result,) = release.release(batch, by=lead, at=AT)
    release.withdraw(result, ground="error", words="The wrong brief was set.", by=lead, at=AT)


def _set_aside(enrolment: Enrolment, brief: AssignmentPage, institute: Institute) -> None:
    """Work with a file, passed over by one assessor, set aside by another, put back by an administrator."""
    assessor, administrator = people.person("Omar", "Nash"), _staff(institute, Role.ADMINISTRATOR)
    people.appoint(assessor, Role.ASSESSOR, institute)
    waiting = work.hand_in(enrolment, brief, AT, file="What people said.")
    marking.pass_over(
        marking.claim_next(institute, by=assessor, at=AT), PassedOver.Reason.FIELD, by=assessor, at=AT
    )
    held = work.claim(waiting, assessor, AT)
    reason = Quarantine.Reason.SERVICE
    opened = quarantine.quarantine(held, reason, "In the second line.", by=assessor, at=AT)
    quarantine.lift(opened, by=administrator, at=AT)


def _review(quiz: QuizPage, institute: Institute) -> None:
    """A question sent back by a second author."""
    author, reviewer = people.person("Adil", "Hassan"), people.person("Bea", "Moss")
    for each in (author, reviewer):
        people.appoint(each, Role.AUTHOR, institute)
    body = assessment_factory.body_of("single")
    wording = Wording(
        "single", "recall", "foundation", course_factory.competency(institute), None, "Why?", body
    )
    question = questions.publish_new(quiz.pool, "reviewed", wording, by=author, at=AT)
    question.refresh_from_db()
    version = question.versions.get()
    reviews.send_back(question, version, by=reviewer, at=AT, remark="Two answers hold.")


def _certify(candidacy: Candidacy, by: User) -> None:
    """Deferred, appealed against in vain, granted, issued and suspended; the paper itself is not drawn."""
    put_off = decisions.defer(candidacy, reason="Confirm your name first.", by=by, at=AT)
    appeal = appeals.lodge(put_off, words="I have.", by=candidacy.learner, at=AT)
    other = people.person("Rolf", "Meier")
    people.appoint(other, Role.REGISTRAR, candidacy.institute)
    appeals.hear(appeal, outcome=Hearing.Outcome.DISMISSED, words="Not yet.", by=other, at=AT)
    certificate_factory.confirmed(candidacy)
    granted = decisions.grant(candidacy, name="Ada Bright", by=by, at=AT + SECOND)
    CertificateFile.objects.create(
        certificate=granted, kind="pdf", path="none.pdf", size=1, sha256="0" * 64, made_at=AT, tools={}
    )
    certificates.follow(granted, "issued", by=None, at=AT + SECOND)
    certificates.suspend(granted, by=by, at=AT + 2 * SECOND, reason="A letter came.")
