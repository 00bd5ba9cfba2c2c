"""Every page of the site, in its main states: who stands before it, and at which address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from assessments.forms.kinds import KINDS
from assessments.models import (
    Attempt,
    Batch,
    CaseAttempt,
    CasePage,
    Claim,
    Marking,
    Quarantine,
    Question,
    Result,
    Submission,
)
from certificates.models import Appeal, Candidacy, Certificate, Review, Scheme
from courses.models import (
    Competency,
    Framework,
    LessonPage,
    LogEntry,
    ModulePage,
    ScenarioPage,
    SimulatorPage,
)
from lms.jobs.models import Mail
from lms.people.models import Membership
from lms.problems.models import Kind, Problem
from tests.journeys.world import World

STRANGER = ""


@dataclass(frozen=True)
class Stop:
    """One page in one state. `press` is a button to press there first: most errors are a press away."""

    name: str
    who: str
    address: str
    press: str = ""
    status: int = 200


def stops(world: World) -> Iterator[Stop]:
    """The whole tour, by the part of the site."""
    yield from _open_to_all(world)
    yield from _accounts(world)
    yield from _courses(world)
    yield from _quizzes(world)
    yield from _cases(world)
    yield from _written_work(world)
    yield from _own(world)
    yield from _marking(world)
    yield from _quality(world)
    yield from _certificates(world)
    yield from _framework(world)
    yield from _desk(world)
    yield from _employer(world)
    yield from _empty_desk()


def _open_to_all(world: World) -> Iterator[Stop]:
    yield Stop("home", STRANGER, "/")
    yield Stop("home, signed in", "learner", "/")
    yield Stop("catalogue", STRANGER, "/courses/")
    yield Stop("catalogue, nothing found", STRANGER, "/courses/?q=falconry")
    yield Stop("institute", STRANGER, "/aldermoor/")
    yield Stop("institute in its own colours", STRANGER, "/fenwick/")
    yield Stop("help", STRANGER, reverse("help"))
    yield Stop("privacy", STRANGER, reverse("privacy"))
    yield Stop("accessibility", STRANGER, reverse("accessibility"))
    yield Stop("verify", STRANGER, reverse("verify"))
    yield Stop("verify, left empty", STRANGER, reverse("verify"), press="Check")
    yield Stop("verify a file", STRANGER, reverse("verify_file"))
    yield Stop("verify a file, none chosen", STRANGER, reverse("verify_file"), press="Check the file")
    yield Stop("verify, mistyped", STRANGER, "/v/7K3M9QXD2VTHN/", status=404)
    yield Stop("page not found", STRANGER, "/nowhere/", status=404)
    for holder in ("learner", "joyce", "verity", "alaric"):
        certificate = Certificate.objects.get(learner=world.person(holder))
        standing = certificate.standing(world.now.date()).state
        yield Stop(f"check, {standing}", STRANGER, reverse("check", args=[certificate.code]))
    yield Stop("report a certificate", STRANGER, reverse("certificate_problem", args=[certificate.code]))


def _accounts(world: World) -> Iterator[Stop]:
    yield Stop("sign in", STRANGER, reverse("account_login"))
    yield Stop("sign in, left empty", STRANGER, reverse("account_login"), press="Sign in")
    yield Stop("create an account", STRANGER, reverse("account_signup"))
    yield Stop("forgotten password", STRANGER, reverse("account_reset_password"))
    yield Stop("forgotten password, sent", STRANGER, reverse("account_reset_password_done"))
    yield Stop("verify the address", STRANGER, reverse("account_email_verification_sent"))
    yield Stop("e-mail addresses", "learner", reverse("account_email"))
    yield Stop("sign out", "learner", reverse("account_logout"))
    yield Stop("change the password", "learner", reverse("account_change_password"))
    yield Stop("second factor", "learner", reverse("mfa_index"))
    yield Stop("sessions", "learner", reverse("usersessions_list"))
    yield Stop("confirm it is you", "learner", reverse("account_reauthenticate"))
    yield Stop("authenticator app", "learner", reverse("mfa_activate_totp"))
    yield Stop("passkeys", "learner", reverse("mfa_list_webauthn"))


def _courses(world: World) -> Iterator[Stop]:
    course, enrol = "/aldermoor/foundations/", reverse("course_enrol", args=["aldermoor", "foundations"])
    yield Stop("course, visitor", STRANGER, course)
    yield Stop("course, learner", "bronwen", course)
    yield Stop("course, finished", "learner", course)
    yield Stop("course, staff", "author", course)
    yield Stop("enrol", "nora", enrol)
    yield Stop("enrol through an employer", "learner", _other_course(enrol))
    yield Stop("enrol, left empty", "learner", _other_course(enrol), press="Enrol")
    yield Stop("who sees it", "eleri", reverse("enrolment_show", args=[world.enrolment("eleri").uuid]))
    yield Stop("leave", "bronwen", reverse("enrolment_leave", args=[world.enrolment("bronwen").uuid]))
    yield Stop("module", "bronwen", ModulePage.objects.descendant_of(world.course)[0].url)
    for number, lesson in enumerate(LessonPage.objects.descendant_of(world.course), start=1):
        yield Stop(f"lesson {number}", "bronwen", lesson.url)
    lesson = LessonPage.objects.descendant_of(world.course)[0]
    yield Stop("report a lesson", "bronwen", reverse("lesson_problem", args=[lesson.pk]))
    yield Stop("lesson, staff", "author", LessonPage.objects.descendant_of(world.course)[0].url)
    yield from _log_and_cpd(world)
    scenario = ScenarioPage.objects.get(slug="the-expensive-tune").url
    yield Stop("scenario, staff", "author", scenario)
    yield Stop("scenario, open", "farid", scenario)
    yield Stop("scenario, ended", "parveen", scenario)
    simulator = SimulatorPage.objects.get().url
    yield Stop("simulator", "author", simulator)
    yield Stop("simulator, handed back", "author", f"{simulator}?preset=p2&beside=p4")
    yield Stop("simulator, out of bounds", "author", f"{simulator}?fee=99")


def _log_and_cpd(world: World) -> Iterator[Stop]:
    lesson = next(each for each in LessonPage.objects.descendant_of(world.course) if each.body)
    yield Stop("lesson, answered", "learner", lesson.url)
    entry = LogEntry.objects.filter(learner=world.person("learner"), module__isnull=False).get()
    for name in ("log_entry", "log_edit", "log_delete"):
        yield Stop(name.replace("_", ", "), "learner", reverse(name, args=[entry.uuid]))
    yield Stop("log", "learner", reverse("log_list"))
    yield Stop("log, empty", "nora", reverse("log_list"))
    yield Stop("log, write", "learner", reverse("log_new"))
    yield Stop("log, left empty", "learner", reverse("log_new"), press="Keep this entry")
    yield Stop("logs shown to an assessor", "assessor", reverse("shared_log_list", args=["aldermoor"]))
    shown = reverse("shared_log", args=["aldermoor", entry.uuid])
    yield Stop("log shown to an assessor", "assessor2", shown)
    yield Stop("CPD", "learner", reverse("cpd_record"))
    yield Stop("CPD, empty", "nora", reverse("cpd_record"))


def _other_course(address: str) -> str:
    return address.replace("foundations", "outcomes-quality-safety")


def _quizzes(world: World) -> Iterator[Stop]:
    address = world.quiz.url
    for who, state in (
        ("nora", "not enrolled"),
        ("farid", "passed"),
        ("bronwen", "attempt open"),
        ("parveen", "no attempt left"),
        ("author", "staff"),
    ):
        yield Stop(f"quiz, {state}", who, address)
    attempt = Attempt.objects.get(state=Attempt.State.OPEN)
    yield Stop("question, answered", "bronwen", reverse("attempt_question", args=[attempt.uuid, 1]))
    yield Stop("question, last", "bronwen", reverse("attempt_question", args=[attempt.uuid, 10]))
    yield Stop("all questions", "bronwen", reverse("attempt_all", args=[attempt.uuid]))
    yield Stop("check your answers", "bronwen", reverse("attempt_check", args=[attempt.uuid]))
    problem = reverse("question_problem", args=[attempt.uuid, 1])
    yield Stop("report a question", "bronwen", problem)
    yield Stop("report a question, left empty", "bronwen", problem, press="Send the report")
    taken = Attempt.objects.filter(enrolment=world.enrolment("learner")).order_by("number")
    yield Stop("quiz result, not passed", "learner", reverse("attempt", args=[taken[0].uuid]))
    yield Stop("quiz result, passed", "learner", reverse("attempt", args=[taken[1].uuid]))
    last = Attempt.objects.filter(enrolment=world.enrolment("parveen")).latest("number")
    yield Stop("quiz result, no attempt left", "parveen", reverse("attempt", args=[last.uuid]))


def _cases(world: World) -> Iterator[Stop]:
    page = CasePage.objects.get(slug="a-case")
    for who, state in (
        ("bronwen", "open"),
        ("moses", "failed once"),
        ("parveen", "passed"),
        ("author", "staff"),
    ):
        yield Stop(f"case, {state}", who, page.url)
    for who, state in (
        ("bronwen", "a moment"),
        ("farid", "paused"),
        ("moses", "not passed"),
        ("parveen", "passed"),
    ):
        attempt = CaseAttempt.objects.get(page=page, enrolment__learner=world.person(who))
        yield Stop(f"case attempt, {state}", who, reverse("case_attempt", args=[attempt.uuid]))


def _written_work(world: World) -> Iterator[Stop]:
    address = world.assignment.url
    for who, state in (
        ("parveen", "not begun"),
        ("bronwen", "draft"),
        ("farid", "handed in"),
        ("learner", "competent"),
        ("author", "staff"),
    ):
        yield Stop(f"assignment, {state}", who, address)
    draft = [world.enrolment("bronwen").uuid, world.assignment.pk]
    yield Stop("draft", "bronwen", reverse("draft_edit", args=draft))
    yield Stop("hand in", "bronwen", reverse("draft_check", args=draft))
    yield Stop("hand in, undeclared", "bronwen", reverse("draft_check", args=draft), press="Hand in my work")
    for submission in Submission.objects.filter(learner__in=map(world.person, TOLD)).order_by("pk"):
        who = submission.learner.email.partition("@")[0]
        state = submission.get_state_display().lower()
        yield Stop(
            f"submission of {who} {submission.number}, {state}",
            who,
            reverse("submission", args=[submission.uuid]),
        )


# Work that was judged competent, not yet, overturned, withdrawn; and work that somebody still has.
TOLD = ("learner", "kwabena", "eleri", "mai", "declan", "sunniva", "farid")


def _own(world: World) -> Iterator[Stop]:
    for who in ("nora", "bronwen", "eleri", "learner", "farid"):
        yield Stop(f"my learning of {who}", who, reverse("my_learning"))
    for who in ("nora", "bronwen", "eleri", "grace", "learner", "verity", "alaric", "joyce"):
        yield Stop(f"my certificates of {who}", who, reverse("my_certificates"))
    candidacy = Candidacy.objects.get(learner=world.person("eleri"), state=Candidacy.State.READY)
    yield Stop("confirm the name", "eleri", reverse("name_confirm", args=[candidacy.uuid]))
    for who in ("nora", "learner", "registrar"):
        yield Stop(f"account of {who}", who, reverse("account"))
    for who in ("nora", "bronwen", "learner"):
        yield Stop(f"profile of {who}", who, reverse("profile"))
    competency = Competency.objects.filter(domain__framework__institute__slug="aldermoor")[0]
    say = reverse("claim_new", args=[competency.uuid])
    yield Stop("where one stands", "learner", say)
    yield Stop("where one stands, left empty", "learner", say, press="Keep it")
    claim = Claim.objects.get(person=world.person("learner"))
    yield Stop("my team", "manager", reverse("claim_list"))
    yield Stop("my team, empty", "nora", reverse("claim_list"))
    yield Stop("answer somebody of my team", "manager", reverse("claim_answer", args=[claim.uuid]))
    employment = world.person("learner").employments.get()
    yield Stop("leave an employer", "learner", reverse("employment_end", args=[employment.uuid]))
    role = Membership.objects.get(person=world.person("registrar"))
    yield Stop("give up a role", "registrar", reverse("role_give_up", args=[role.uuid]))
    [link] = [
        _link_in(mail) for mail in Mail.objects.filter(recipient="nora@example.org", kind__contains="invit")
    ]
    yield Stop("invitation", "nora", link)
    yield Stop("invitation, stranger", STRANGER, link)
    alaric = Certificate.objects.get(learner=world.person("alaric"))
    yield Stop(
        "file of a revoked certificate",
        "alaric",
        reverse("certificate_download", args=[alaric.uuid]),
        status=409,
    )


def _link_in(mail: Mail) -> str:
    found = re.search(r"https?://[^/]+(/my/\S+)", mail.body)
    assert found
    return found[1]


def _marking(world: World) -> Iterator[Stop]:
    yield Stop("marking queue", "assessor", reverse("marking_queue", args=["aldermoor"]))
    yield Stop("marking queue, second assessor", "assessor2", reverse("marking_queue", args=["aldermoor"]))
    with_assessor = ["aldermoor", Submission.objects.get(state=Submission.State.CLAIMED).uuid]
    yield Stop("set aside", "assessor", reverse("marking_quarantine", args=with_assessor))
    yield Stop(
        "set aside, left empty",
        "assessor",
        reverse("marking_quarantine", args=with_assessor),
        press="Set aside",
    )
    yield Stop("marking", "assessor", reverse("marking_edit", args=with_assessor))
    rubric = Submission.objects.get(state=Submission.State.CLAIMED).version.rubric_version
    place = ["aldermoor", rubric.rubric.uuid, rubric.number]
    yield Stop("what each band looks like", "assessor", reverse("exemplars", args=place))
    yield Stop("marking, check", "assessor", reverse("marking_check", args=with_assessor))
    yield Stop("marking, hand back", "assessor", reverse("marking_hand_back", args=with_assessor))
    yield Stop(
        "marking, hand back without a reason",
        "assessor",
        reverse("marking_hand_back", args=with_assessor),
        press="Hand back",
    )
    yield Stop(
        "marking of somebody else", "assessor2", reverse("marking_edit", args=with_assessor), status=409
    )
    for marking in Marking.objects.filter(assessor=world.person("assessor")).order_by("pk")[:4]:
        yield Stop(
            f"marking recorded {marking.pk}",
            "assessor",
            reverse("marking_recorded", args=["aldermoor", marking.uuid]),
        )


def _quality(world: World) -> Iterator[Stop]:
    yield Stop("quality desk", "iqa", reverse("quality_desk", args=["aldermoor"]))
    for batch in Batch.objects.order_by("number"):
        yield Stop(f"batch {batch.number}", "iqa", reverse("batch_detail", args=["aldermoor", batch.uuid]))
    filling, closed = Batch.objects.get(state="open"), Batch.objects.filter(state="closed").order_by("number")
    ready, in_check = closed
    yield Stop("close a batch", "iqa", reverse("batch_close", args=["aldermoor", filling.uuid]))
    yield Stop("release a batch", "iqa", reverse("batch_release", args=["aldermoor", ready.uuid]))
    yield Stop(
        "release too early", "iqa", reverse("batch_release", args=["aldermoor", in_check.uuid]), status=409
    )
    sampled = ["aldermoor", Marking.objects.get(batch=in_check).uuid]
    yield Stop("sampled marking", "iqa2", reverse("quality_marking", args=sampled))
    yield Stop("overturn", "iqa2", reverse("quality_overturn", args=sampled))
    yield Stop("overturn, left empty", "iqa2", reverse("quality_overturn", args=sampled), press="Overturn")
    for marking in Marking.objects.filter(decisions__decision="overturn")[:1]:
        yield Stop("overturned marking", "iqa2", reverse("quality_marking", args=["aldermoor", marking.uuid]))
    yield Stop("results", "iqa", reverse("result_list", args=["aldermoor"]))
    yield Stop("results, nothing found", "iqa", reverse("result_list", args=["aldermoor"]) + "?q=falconry")
    result = Result.objects.get(learner=world.person("learner"), marking__isnull=False)
    withdraw = reverse("result_withdraw", args=["aldermoor", result.uuid])
    yield Stop("withdraw a result", "iqa", withdraw)
    yield Stop("withdraw a result, left empty", "iqa", withdraw, press="Withdraw the result")
    yield Stop("further attempts", "iqa", reverse("further_attempt_list", args=["aldermoor"]))
    wanted = ["aldermoor", world.enrolment("parveen").uuid, world.quiz.pk]
    yield Stop("give a further attempt", "iqa", reverse("further_attempt_give", args=wanted))


def _certificates(world: World) -> Iterator[Stop]:
    yield Stop("candidates", "registrar", reverse("candidate_list", args=["aldermoor"]))
    yield Stop("new scheme", "registrar", reverse("scheme_new", args=["aldermoor"]))
    scheme = reverse(
        "scheme_edit", args=["aldermoor", Scheme.objects.filter(institute=world.aldermoor)[0].uuid]
    )
    yield Stop("change a scheme", "registrar", scheme)
    new = reverse("scheme_new", args=["aldermoor"])
    yield Stop("new scheme, left empty", "registrar", new, press="See what it would say")
    yield Stop("being made", "registrar", reverse("being_made", args=["aldermoor"]))
    for who in ("grace", "eleri"):
        candidacy = Candidacy.objects.get(learner=world.person(who), state=Candidacy.State.READY)
        yield Stop(f"candidate {who}", "registrar", reverse("candidate", args=["aldermoor", candidacy.uuid]))
    grace = Candidacy.objects.get(learner=world.person("grace"), state=Candidacy.State.READY)
    yield Stop(
        "candidate, undecided",
        "registrar",
        reverse("candidate", args=["aldermoor", grace.uuid]),
        press="Record the decision",
    )
    yield Stop("register", "registrar", reverse("register", args=["aldermoor"]))
    yield Stop(
        "register, nothing found", "registrar", reverse("register", args=["aldermoor"]) + "?q=falconry"
    )
    for who, change in (("learner", "suspend"), ("verity", "reinstate"), ("learner", "revoke")):
        number = Certificate.objects.get(learner=world.person(who)).number
        yield Stop(
            f"register entry of {who}", "registrar", reverse("register_entry", args=["aldermoor", number])
        )
        yield Stop(change, "registrar", reverse(f"certificate_{change}", args=["aldermoor", number]))
    number = Certificate.objects.get(learner=world.person("alaric")).number
    yield Stop(
        "suspend what is revoked",
        "registrar",
        reverse("certificate_suspend", args=["aldermoor", number]),
        status=409,
    )
    yield Stop("reviews", "registrar", reverse("review_list", args=["aldermoor"]))
    yield Stop("review", "registrar", reverse("review", args=["aldermoor", Review.objects.get().uuid]))
    yield from _appeals()
    yield Stop("schemes", "registrar", reverse("scheme_list", args=["aldermoor"]))


def _framework(world: World) -> Iterator[Stop]:
    found = Framework.objects.get(institute=world.aldermoor)

    def to(name: str, *arguments: str | int) -> str:
        return reverse(name, args=["aldermoor", found.uuid, *arguments])

    yield Stop("framework", "author", reverse("framework", args=["aldermoor"]))
    yield Stop("framework, read only", "assessor", to("framework_version", 1))
    yield Stop("framework, compared", "author", to("framework_compare"))
    yield Stop("framework, draft", "author", to("framework_draft"))
    yield Stop("framework, title", "author", to("framework_title"))
    yield Stop("framework, domain", "author", to("framework_domain", "D1"))
    yield Stop("framework, competency", "author", to("framework_competency", "1.1"))
    add = to("framework_add", "D2")
    yield Stop("framework, added, left empty", "author", add, press="Keep in the draft")
    yield Stop("framework, retire", "author", to("framework_retire", "5.1"))
    sheet = to("framework_import")
    yield Stop("framework, sheet left empty", "author", sheet, press="See what it would change")
    yield Stop("framework, nothing to publish", "author", to("framework_publish"), status=409)
    yield Stop("framework, nothing to throw away", "author", to("framework_drop"), status=409)


def _appeals() -> Iterator[Stop]:
    appeal = Appeal.objects.get()
    address = reverse("appeal", args=["aldermoor", appeal.uuid])
    own = reverse("appeal_lodge", args=[appeal.decision.uuid])
    yield Stop("appeals", "registrar", reverse("appeal_list", args=["aldermoor"]))
    yield Stop("appeal against one's own decision", "registrar", address)
    yield Stop("appeal", "registrar2", address)
    yield Stop("appeal, left empty", "registrar2", address, press="Answer the appeal")
    yield Stop("own appeal", "eleri", own)


def _desk(world: World) -> Iterator[Stop]:
    for who in ("assessor", "iqa", "registrar", "author", "administrator"):
        yield Stop(f"desk of {who}", who, reverse("desk", args=["aldermoor"]))
    yield Stop(
        "desk, without the function", "assessor", reverse("audit_trail", args=["aldermoor"]), status=403
    )
    yield Stop("to read again", "author", reverse("review_due", args=["aldermoor"]))
    yield Stop("all facts", "author", f"{reverse('review_due', args=['aldermoor'])}?all")
    yield Stop("questions", "author", reverse("question_list", args=["aldermoor"]))
    yield from _questions(world)
    yield Stop("new question", "author", reverse("question_new", args=["aldermoor"]))
    for state in Question.State.values:
        question = Question.objects.filter(institute=world.aldermoor, state=state).first()
        if question:
            yield Stop(
                f"question, {state}", "author", reverse("question_detail", args=["aldermoor", question.uuid])
            )
            yield Stop(
                f"edit question, {state}",
                "author",
                reverse("question_edit", args=["aldermoor", question.uuid]),
            )
            yield Stop(
                f"retire question, {state}",
                "author",
                reverse("question_retire", args=["aldermoor", question.uuid]),
            )
    yield Stop("what was set aside", "administrator", reverse("quarantine_list", args=["aldermoor"]))
    aside = Quarantine.objects.get(ending=None)
    yield Stop("put back", "administrator", reverse("quarantine_lift", args=["aldermoor", aside.uuid]))
    writer = aside.submission
    who = writer.learner.email.partition("@")[0]
    yield Stop("work set aside", who, reverse("submission", args=[writer.uuid]))
    yield Stop("problems", "author", reverse("problem_list", args=["aldermoor"]))
    yield Stop("problems, settled", "author", reverse("problem_list", args=["aldermoor"]) + "?settled")
    for problem in Problem.objects.exclude(kind=Kind.CERTIFICATE):
        address = reverse("problem", args=["aldermoor", problem.uuid])
        yield Stop(f"problem, {problem.state}", "author", address)
    yield Stop("adjustments", "administrator", reverse("adjustment_list", args=["aldermoor"]))
    yield Stop("people", "administrator", reverse("people_list", args=["aldermoor"]))
    yield Stop("invite", "administrator", reverse("person_invite", args=["aldermoor"]))
    yield Stop("appoint", "administrator", reverse("person_appoint", args=["aldermoor"]))
    assessor = Membership.objects.get(person=world.person("assessor"))
    yield Stop(
        "stand down", "administrator", reverse("membership_stand_down", args=["aldermoor", assessor.uuid])
    )
    settings = reverse("institute_settings", args=["aldermoor"])
    yield Stop("settings", "administrator", settings)
    yield Stop("settings, in own colours", "outsider", settings.replace("aldermoor", "fenwick"))
    yield Stop("audit trail", "administrator", reverse("audit_trail", args=["aldermoor"]))


def _questions(world: World) -> Iterator[Stop]:
    def at(name: str, *more: object) -> str:
        return reverse(name, args=["aldermoor", *more])

    yield Stop("new question", "author", at("question_new"))
    for kind in KINDS:
        yield Stop(f"new question, {kind}", "author", at("question_write", kind))
    yield Stop("new question, left empty", "author", at("question_write", "matching"), press="Publish")
    ours = Question.objects.filter(institute=world.aldermoor)
    for state in Question.State.values:
        question = ours.filter(state=state).first()
        if question:
            yield Stop(f"question, {state}", "author", at("question_detail", question.uuid))
            yield Stop(f"edit question, {state}", "author", at("question_edit", question.uuid))
            yield Stop(f"retire question, {state}", "author", at("question_retire", question.uuid))
    changed = ours.get(key="m23-owner")
    yield Stop("question of three versions", "author2", at("question_detail", changed.uuid))
    yield Stop("two versions of a question", "author", at("question_compare", changed.uuid))
    waiting = ours.waiting().get()
    yield Stop("question that waits, to its author", "author", at("question_detail", waiting.uuid))
    yield Stop("question that waits, to its reader", "author2", at("question_detail", waiting.uuid))
    review = at("question_review", waiting.uuid, waiting.proposed)
    yield Stop("review of a question", "author2", review)
    yield Stop("review of a question, left empty", "author2", review, press="Record the decision")
    yield Stop("review of one's own question", "author", review, status=409)
    retired = ours.get(state=Question.State.RETIRED)
    yield Stop("bring back a question", "author", at("question_bring_back", retired.uuid))


def _employer(world: World) -> Iterator[Stop]:
    council = "marlshire-council"
    yield Stop("staff", "manager", reverse("staff_list", args=[council]))
    yield Stop("staff, nothing found", "manager", reverse("staff_list", args=[council]) + "?q=falconry")
    yield Stop("staff waiting", "manager", reverse("staff_waiting", args=[council]))
    yield Stop("staff invited", "manager", reverse("staff_invited", args=[council]))
    yield Stop("enrol staff", "manager", reverse("staff_enrol", args=[council]))
    yield Stop(
        "enrol staff, left empty",
        "manager",
        reverse("staff_enrol", args=[council]),
        press="See what each line will do",
    )
    employment = world.person("learner").employments.get()
    yield Stop("team map", "manager", reverse("team_map", args=[council]))
    yield Stop("member of staff", "manager", reverse("staff_member", args=[council, employment.uuid]))
    yield Stop(
        "member of staff has left", "manager", reverse("staff_member_end", args=[council, employment.uuid])
    )


def _empty_desk() -> Iterator[Stop]:
    """Fenwick has every role filled by one person, and nothing has happened there."""
    for name in EMPTY:
        yield Stop(f"empty: {name}", "outsider", reverse(name, args=["fenwick"]))


EMPTY = (
    "desk",
    "marking_queue",
    "quality_desk",
    "result_list",
    "further_attempt_list",
    "candidate_list",
    "register",
    "review_list",
    "appeal_list",
    "scheme_list",
    "framework",
    "question_list",
    "adjustment_list",
    "problem_list",
    "people_list",
    "audit_trail",
)
