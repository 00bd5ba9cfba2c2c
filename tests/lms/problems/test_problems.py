"""A reported problem reaches one desk, is answered once, and its reporter hears of it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from lms.audit import verification
from lms.audit.models import Event, EventWords
from lms.jobs.models import Mail
from lms.people.models import Institute, User
from lms.problems import actions
from lms.problems.actions import Subject
from lms.problems.models import Kind, Problem, ProblemWords

HOUR = timedelta(hours=1)
TEXT = "The second option is true as well."


@pytest.fixture
def question(aldermoor: Institute) -> Subject:
    return Subject(
        aldermoor, Kind.QUESTION, uuid4(), "m11-short, version 2", "/at/aldermoor/questions/some-question/"
    )


@pytest.fixture
def paper(aldermoor: Institute) -> Subject:
    return Subject(aldermoor, Kind.CERTIFICATE, uuid4(), "AIC-2026-00001", "/at/aldermoor/certificates/")


def mails() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("pk").values_list("kind", "recipient"))


def test_a_report_is_a_row_words_beside_it_an_event_and_an_email_to_its_desk(
    question: Subject, ada: User, adil: User, rosa: User, at: datetime
) -> None:
    problem = actions.report(question, TEXT, by=ada, at=at)

    assert (problem.state, problem.words.text, problem.words.email) == ("open", TEXT, "")
    event = Event.objects.get()
    assert (event.verb, event.actor, event.facts["subject"]) == (
        "problem.reported",
        ada.uuid,
        str(question.uuid),
    )
    assert mails() == [("problem_reported", adil.email)]
    # A person's words stand in one row, which erasure empties: in no e-mail to the desk, and not in the trail.
    assert TEXT not in Mail.objects.get().body
    assert EventWords.objects.count() == 0


def test_a_certificate_goes_to_the_registrar(paper: Subject, adil: User, rosa: User, at: datetime) -> None:
    actions.report(paper, TEXT, by=None, email="stranger@example.org", at=at)

    assert mails() == [("problem_reported", rosa.email)]


def test_where_nobody_holds_the_role_the_institute_is_told_so(
    question: Subject, aldermoor: Institute, ada: User, at: datetime
) -> None:
    actions.report(question, TEXT, by=ada, at=at)

    mail = Mail.objects.get()
    assert mail.recipient == aldermoor.contact_email
    assert "nobody at Aldermoor Institute of Commissioning holds the role" in mail.body


def test_two_clicks_report_once(question: Subject, ada: User, ben: User, adil: User, at: datetime) -> None:
    first = actions.report(question, TEXT, by=ada, at=at)

    assert actions.report(question, TEXT, by=ada, at=at) == first
    assert actions.report(question, TEXT, by=ben, at=at) != first
    assert len(mails()) == 2


def test_twenty_reports_an_hour_are_enough(question: Subject, ada: User, at: datetime) -> None:
    for number in range(20):
        actions.report(question, f"{TEXT} {number}", by=ada, at=at)

    with pytest.raises(actions.TooManyReports, match="Come back in a while"):
        actions.report(question, "Another one.", by=ada, at=at)

    actions.report(question, "Another one.", by=ada, at=at + HOUR)
    assert Problem.objects.count() == 21


def test_the_answer_ends_it_and_is_sent(question: Subject, ada: User, adil: User, at: datetime) -> None:
    problem = actions.report(question, TEXT, by=ada, at=at)

    actions.answer(problem, Problem.State.ANSWERED, "You are right; it is mended.", by=adil, at=at)

    problem.refresh_from_db()
    assert (problem.state, problem.answer.by, problem.answer.words.text) == (
        "answered",
        adil,
        "You are right; it is mended.",
    )
    mail = Mail.objects.latest("pk")
    assert (mail.kind, mail.recipient) == ("problem_answered", ada.email)
    assert "You are right; it is mended." in mail.body
    assert list(Event.objects.values_list("verb", flat=True)) == ["problem.reported", "problem.answered"]
    assert list(verification.faults()) == []


def test_a_stranger_is_answered_where_they_asked_to_be(paper: Subject, rosa: User, at: datetime) -> None:
    known = actions.report(paper, TEXT, by=None, email="stranger@example.org", at=at)
    unknown = actions.report(paper, "Another thing.", by=None, at=at)

    for problem in (known, unknown):
        actions.answer(problem, Problem.State.CLOSED, "It is as it should be.", by=rosa, at=at)

    answers = [recipient for kind, recipient in mails() if kind == "problem_answered"]
    assert answers == ["stranger@example.org"]


def test_a_second_answer_is_refused_and_nothing_is_sent_twice(
    question: Subject, ada: User, adil: User, at: datetime
) -> None:
    problem = actions.report(question, TEXT, by=ada, at=at)
    actions.answer(problem, Problem.State.ANSWERED, "It is mended.", by=adil, at=at)

    with pytest.raises(actions.NotToBeAnswered, match="answered meanwhile"):
        actions.answer(problem, Problem.State.CLOSED, "No.", by=adil, at=at)

    assert [kind for kind, _ in mails()] == ["problem_reported", "problem_answered"]


def test_nobody_answers_for_another_desk(
    question: Subject, paper: Subject, ada: User, adil: User, rosa: User, otto: User, ines: User, at: datetime
) -> None:
    about_a_question = actions.report(question, TEXT, by=ada, at=at)
    about_a_paper = actions.report(paper, TEXT, by=ada, at=at)

    for problem, person in [
        (about_a_question, rosa),
        (about_a_question, otto),
        (about_a_question, ines),
        (about_a_paper, adil),
    ]:
        with pytest.raises(actions.NotToBeAnswered, match="another desk"):
            actions.answer(problem, Problem.State.CLOSED, "No.", by=person, at=at)
    assert Problem.objects.open().count() == 2


def test_erased_words_leave_the_report_and_its_digest(
    question: Subject, ada: User, adil: User, at: datetime
) -> None:
    problem = actions.report(question, TEXT, by=ada, at=at)
    digest = problem.words_digest

    ProblemWords.objects.filter(problem=problem).update(text="", email="")

    problem.refresh_from_db()
    assert (problem.words_digest, problem.is_open, list(verification.faults())) == (digest, True, [])
