"""One row of everything an address can name, at Aldermoor; and everybody who might try the address.

Every text that somebody must not read holds a canary: a word found nowhere else.
"""

import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from assessments.actions import adjustments, attempts, cases, claims, quarantine
from assessments.models import Attempt, Case, Pool, Quarantine, QuizPage
from certificates.actions import appeals, decisions, keys, status
from certificates.actions import certificates as lives
from certificates.models import Candidacy, Certificate, CertificateEvent
from courses.actions import framework, log, scenarios
from courses.actions.activities import keep_answer
from courses.models import CoursePage, Enrolment, LogEntry
from courses.models.activities import activities_in
from lms.people.actions import invitations
from lms.people.models import Employment, Institute, Invitation, Membership, Organisation, User
from lms.people.roles import Role
from lms.problems.actions import Subject, report
from lms.problems.models import Kind, Problem
from lms.ui import colours
from tests.factories import assessments as assessment_factory
from tests.factories import cases as case_factory
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory
from tests.factories import people, work

# Long enough ago that no lease, token or deadline made here runs into the test's own clock.
AT = datetime.now(UTC).replace(microsecond=0)

# What each canary stands for is in its name; who may read it is in test_canaries.
CASE_KEY = "what-no-open-case-may-show"
ANSWER_KEY = "canary-answer-key"
DRAFT = "canary-draft"
HANDED_IN = "canary-handed-in"
REVOKED_BECAUSE = "canary-reason"
LOG = "canary-log"
CLAIM = "canary-claim"
REPORTED = "canary-report"
EXEMPLAR = "canary-exemplar"
LEARNER = "Canarywright"
# Per cent; no other figure of the world is this one.
MORE_TIME = 37


@dataclass
class World:
    """The bodies, the people by what they are, and the arguments that each address takes."""

    aldermoor: Institute
    fenwick: Institute
    marlshire: Organisation
    course: CoursePage
    people: dict[str, User] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)


def build() -> World:
    """Make the world, as rows and by the actions."""
    aldermoor = people.institute("aldermoor", "Aldermoor Institute of Commissioning", "AIC")
    aldermoor.brand_colour = "#005eb8"
    aldermoor.save()
    fenwick = people.institute("fenwick", "Fenwick Institute", "FEN")
    marlshire = people.organisation()
    course_factory.catalogue()
    course = course_factory.course(aldermoor)
    world = World(aldermoor, fenwick, marlshire, course)
    _cast(world)
    _study(world)
    _certify(world)
    _invite(world)
    _describe(world)
    return world


def _cast(world: World) -> None:
    made = world.people
    made["ada"] = people.person("Ada", LEARNER)
    made["ben"] = people.person("Ben", "Carter")
    for name, role in {
        "asif": Role.ASSESSOR,
        "asha": Role.ASSESSOR,
        "mina": Role.IQA,
        "lena": Role.LEAD_IQA,
        "rosa": Role.REGISTRAR,
        "adil": Role.AUTHOR,
        "ines": Role.ADMINISTRATOR,
        "ewan": Role.EQA,
        "eira": Role.EQA,
    }.items():
        made[name] = people.person(name.title(), "Staff")
        people.appoint(made[name], role, world.aldermoor)
    Membership.objects.filter(person=made["ewan"]).update(until_on=date(2999, 1, 1))
    Membership.objects.filter(person=made["eira"]).update(until_on=date(2020, 1, 1))
    made["otto"] = people.person("Otto", "Brandt")
    for role in (Role.ADMINISTRATOR, Role.REGISTRAR, Role.AUTHOR, Role.ASSESSOR, Role.LEAD_IQA):
        people.appoint(made["otto"], role, world.fenwick)
    made["manuel"] = people.person("Manuel", "Ferreira")
    people.appoint(made["manuel"], Role.MANAGER, world.marlshire)
    elsewhere = people.organisation("ostershire", "Ostershire Council")
    made["nadia"] = people.person("Nadia", "Elsewhere")
    people.appoint(made["nadia"], Role.MANAGER, elsewhere)
    # Ada worked there once; her manager there must see nothing more of her.
    people.employ(made["ada"], elsewhere, line_manager=made["nadia"], ended_on=date(2026, 3, 31))
    people.employ(made["ada"], world.marlshire, line_manager=made["manuel"])
    people.employ(made["ben"], world.marlshire)


def _study(world: World) -> None:
    module = course_factory.module(world.course)
    choices = [{"text": words, "consequence": "<p>So.</p>"} for words in ("Ask.", "Wait.")]
    decision = {"title": "First", "situation": "", "question": "What first?", "choices": choices}
    lesson = course_factory.lesson(module, body=[("decision", decision)])
    quiz = assessment_factory.quiz(module)
    _plant_the_answer_key(quiz)
    assignment = assessment_factory.assignment(module)
    rubric = assignment.rubric
    assessment_factory.exemplar(rubric.versions.get(), 3, f"An answer, {EXEMPLAR}")
    ada, ben = world.people["ada"], world.people["ben"]
    own = course_factory.enrol(ada, world.course, organisation=world.marlshire)
    bens = course_factory.enrol(ben, world.course)
    attempt = attempts.start(own, quiz, by=ada, at=AT)
    released = _released_work(world, own, assignment)
    waiting = work.hand_in(bens, assignment, AT, f"Ben's {HANDED_IN}", file=f"Ben's file, {HANDED_IN}")
    work.claim(waiting, world.people["asif"], AT)
    cal = course_factory.enrol(people.person("Cal", "Dunn"), world.course)
    marking = work.mark(
        work.hand_in(cal, assignment, AT, f"Cal's {HANDED_IN}", file=f"Cal's file, {HANDED_IN}"),
        world.people["asha"],
        AT,
    )
    batch = work.close(marking.batch, world.people["lena"], AT)
    aside = _set_aside(world, assignment)
    drafted = course_factory.enrol(ada, _second_course(world))
    essay = assessment_factory.assignment(drafted.course.get_children().get().specific, slug="essay")
    work.write(drafted, essay, AT, f"Ada's {DRAFT}")
    note = work.add_file(drafted, essay, AT, f"Ada's file, {DRAFT}")
    simulator = course_factory.simulator(essay.get_parent().specific, "hourly")
    _, _, sheet = next(activities_in(lesson))
    keep_answer(own, lesson, sheet, ["0"], at=AT)
    skill = course_factory.competency(world.aldermoor)
    claim = claims.rate(skill, "lead", f"Ada's {CLAIM}.", shown_to=world.people["manuel"], by=ada, at=AT)
    entry = log.keep(LogEntry(learner=ada), {"happened": f"Ada's {LOG}."}, at=AT)
    log.share(entry, world.people["asif"], world.aldermoor, at=AT)
    scenario = course_factory.scenario(essay.get_parent().specific)
    play = scenarios.begin(drafted, scenario, at=AT)
    case = case_factory.case(essay.get_parent().specific, case=_case_with_its_key(world.aldermoor))
    walk = cases.start(drafted, case, by=ada, at=AT)
    more_time = adjustments.agree(world.aldermoor, ada, 25, by=world.people["ines"], at=AT)
    question = Pool.objects.get(pk=quiz.pool_id).questions.first()
    more_time = adjustments.agree(world.aldermoor, ada, MORE_TIME, by=world.people["ines"], at=AT)
    world.arguments |= {
        "lesson": {"enrolment": own.uuid, "step": lesson.pk},
        "cpd lesson": {"enrolment": own.uuid, "lesson": lesson.pk},
        "log entry": {"uuid": entry.uuid},
        "competency": {"uuid": skill.uuid},
        "claim": {"uuid": claim.uuid},
        "log share": {"uuid": entry.uuid, "share": entry.shares.get().pk},
        "activity": {"enrolment": own.uuid, "lesson": lesson.pk, "activity": "decision-first"},
        "quiz": {"enrolment": own.uuid, "step": quiz.pk},
        "simulator task": {"enrolment": drafted.uuid, "step": simulator.pk, "task": "hourly"},
        "scenario": {"enrolment": drafted.uuid, "step": scenario.pk},
        "scenario play": {"uuid": play.uuid},
        "case": {"enrolment": drafted.uuid, "step": case.pk},
        "case attempt": {"uuid": walk.uuid},
        "draft": {"enrolment": drafted.uuid, "step": essay.pk},
        "draft_file": {"enrolment": drafted.uuid, "step": essay.pk, "file": note.uuid},
        "submission_file": {"submission": released.marking.submission.uuid, "place": 1},
        "marking_file": {"submission": waiting.uuid, "place": 1},
        "own_marking_file": {"marking": released.marking.uuid, "place": 1},
        "quality_file": {"marking": marking.uuid, "place": 1},
        "enrolment": {"enrolment": own.uuid},
        "attempt": {"uuid": attempt.uuid},
        "asked": {"uuid": attempt.uuid, "position": 1},
        "submission": {"submission": released.marking.submission.uuid},
        "marking_submission": {"submission": waiting.uuid},
        "own_marking": {"marking": released.marking.uuid},
        "marking": {"marking": marking.uuid},
        "quarantine": {"uuid": aside.uuid},
        "batch": {"batch": batch.uuid},
        "rubric": {"rubric": rubric.uuid, "number": 1},
        "result": {"result": released.uuid},
        "kind": {"kind": "several"},
        "question": {"uuid": question.uuid},
        "question_version": {"uuid": question.uuid, "version": 1},
        "adjustment": {"uuid": more_time.uuid},
        "lesson_page": {"page": lesson.pk},
        "problem": {"uuid": _reported(world, attempt).uuid},
        "employment": {"uuid": Employment.objects.get(person=ada, organisation=world.marlshire).uuid},
    }


def _reported(world: World, attempt: Attempt) -> Problem:
    question = attempt.questions.get(position=1).version.question
    subject = Subject(world.aldermoor, Kind.QUESTION, question.uuid, question.key, "/")
    return report(subject, f"Ada's {REPORTED}", by=world.people["ada"], at=AT)


def _plant_the_answer_key(quiz: QuizPage) -> None:
    body = assessment_factory.single_choice()
    for option in body["options"]:
        option["reason"] += f" {ANSWER_KEY} {option['key']}"
    assessment_factory.question(quiz.pool, "planted", body=body)
    quiz.draw = quiz.pool.questions.count()
    quiz.save()


def _case_with_its_key(institute: Institute) -> Case:
    """A story in which all that an open attempt must not show holds the word."""
    body = copy.deepcopy(case_factory.STORY)
    for node in body["nodes"]:
        node["debrief"] += f"<p>{CASE_KEY}</p>"
        for choice in node["choices"]:
            choice["consequence"] += f"<p>{CASE_KEY}</p>"
    for ending in body["endings"]:
        ending["text"] += f"<p>{CASE_KEY}</p>"
    return Case.objects.create(institute=institute, slug="planted", title="Harrow Lane", body=body)


def _set_aside(world: World, assignment: Any) -> Quarantine:
    dora = course_factory.enrol(people.person("Dora", "Finch"), world.course)
    found = work.claim(
        work.hand_in(dora, assignment, AT, "Dora names a neighbour."), world.people["asha"], AT
    )
    reason = Quarantine.Reason.SERVICE
    return quarantine.quarantine(found, reason, "In the first line.", by=world.people["asha"], at=AT)


def _released_work(world: World, enrolment: Enrolment, assignment: Any) -> Any:
    staff = world.people
    file = f"Ada's file, {HANDED_IN}"
    handed_in = work.hand_in(enrolment, assignment, AT, f"Ada's {HANDED_IN}", file=file)
    return work.released(handed_in, staff["asif"], staff["mina"], staff["lena"], AT)


def _second_course(world: World) -> CoursePage:
    second = course_factory.course(world.aldermoor, "Outcomes")
    course_factory.module(second, "Paying")
    return second


def _certify(world: World) -> None:
    third = course_factory.course(world.aldermoor, "Leading")
    quiz = assessment_factory.quiz(course_factory.module(third, "Joining up"))
    scheme = certificate_factory.scheme(third, quiz, slug="leading").scheme
    rosa = world.people["rosa"]
    enrolment = course_factory.enrol(world.people["ada"], third, organisation=world.marlshire)
    result = certificate_factory.passed(enrolment, quiz)
    candidacy = certificate_factory.confirmed(Candidacy.objects.get(scheme__slug="leading"))
    certificate = decisions.grant(candidacy, name="Ada Bright", by=rosa, at=AT)
    lives.follow(certificate, CertificateEvent.Kind.ISSUED, by=None, at=AT)
    lives.suspend(certificate, by=rosa, at=AT, reason=REVOKED_BECAUSE)
    bens = course_factory.enrol(world.people["ben"], third)
    certificate_factory.passed(bens, quiz)
    certificate_factory.withdraw(result, by=world.people["lena"], at=AT)
    waiting = Candidacy.objects.get(learner=world.people["ben"])
    put_off = decisions.defer(waiting, reason="Send proof of identity.", by=rosa, at=AT)
    appeal = appeals.lodge(put_off, words="I sent it in May.", by=world.people["ben"], at=AT)
    keys.seal_of(world.aldermoor, at=AT)
    status.sign_lists(world.aldermoor, at=AT)
    world.arguments |= {
        "sealing institute": {"institute": world.aldermoor.slug},
        "status list": {"institute": world.aldermoor.slug, "number": 1, "purpose": "revocation"},
        "decision": {"decision": put_off.uuid},
        "appeal": {"appeal": appeal.uuid},
        "scheme": {"uuid": scheme.uuid},
        "certificate": {"certificate": certificate.uuid},
        "number": {"number": certificate.number},
        "code": {"code": Certificate.objects.get().code},
        "candidacy": {"candidacy": waiting.uuid},
        "review": {"review": certificate.reviews.get().uuid},
    }


def _describe(world: World) -> None:
    """A framework in force, and a draft in which one competency is retired."""
    skills = [
        {"code": code, "title": "Ask first", "foundation": "Asks.", "practitioner": "Asks.", "lead": "Asks."}
        for code in ("1.1", "1.2")
    ]
    domain = {"code": "D1", "title": "Purpose and people", "sentence": "Ask.", "competency": skills}
    values = {"title": "Commissioning", "as_at": date(2026, 7, 1), "domain": [domain]}
    version, _ = framework.publish_framework(world.aldermoor, "commissioning", values, at=AT)
    draft = version.publication.wording.without("1.2", "It says what 1.1 says.")
    framework.write_draft(version.framework, draft, seen=0, by=world.people["adil"], at=AT)
    own = {"uuid": version.framework.uuid}
    world.arguments |= {
        "framework": own,
        "framework version": {**own, "version": 1},
        "framework domain": {**own, "code": "D1"},
        "framework competency": {**own, "code": "1.1"},
        "framework retired": {**own, "code": "1.2"},
    }


def _invite(world: World) -> None:
    invitations.invite("new@example.org", world.aldermoor, role=Role.AUTHOR, by=world.people["ines"], at=AT)
    invitations.invite("staff@example.org", world.marlshire, by=world.people["manuel"], at=AT)
    world.arguments |= {
        "invitation": {"uuid": Invitation.objects.get(institute=world.aldermoor).uuid},
        "staff_invitation": {"uuid": Invitation.objects.get(organisation=world.marlshire).uuid},
        "membership": {"uuid": Membership.objects.get(person=world.people["adil"]).uuid},
        "token": {"token": "nobody-was-sent-this"},
        "brand": {"institute": "aldermoor", "digest": colours.digest(world.aldermoor.brand_colour, "")},
    }
