"""Reporting from where the problem is, and the desk that answers."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.actions import attempts
from assessments.models import Attempt, QuizPage
from certificates.models import Certificate
from courses.models import CoursePage, Enrolment, LessonPage
from lms.people.models import Institute, User
from lms.problems.models import Problem
from tests.assessments.attempting import queries, submit, words
from tests.conftest import SignIn
from tests.factories import certificates as certificate_factory

TEXT = {"text": "The second option is true as well."}
DESK = "/at/aldermoor/problems/"


@pytest.fixture
def now() -> datetime:
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def attempt(enrolment: Enrolment, quiz: QuizPage, ada: User, now: datetime) -> Attempt:
    return attempts.start(enrolment, quiz, by=ada, at=now)


@pytest.fixture
def certificate(
    foundations: CoursePage, enrolment: Enrolment, quiz: QuizPage, rosa: User, now: datetime
) -> Certificate:
    certificate_factory.scheme(foundations, quiz)
    return certificate_factory.certificate(enrolment, quiz, by=rosa, at=now, name="Ada Bright")


def question_problem(attempt: Attempt) -> str:
    return reverse("question_problem", args=[attempt.uuid, 1])


def test_a_question_is_reported_from_the_attempt_and_leads_back_to_it(
    attempt: Attempt, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    question = reverse("attempt_question", args=[attempt.uuid, 1])
    url = question_problem(attempt)
    assert url in browser.get(question).content.decode()

    response = browser.post(url, TEXT, follow=True)

    assert response.request["PATH_INFO"] == question
    assert "Your report lies with the authors of Aldermoor Institute of Commissioning." in words(response)
    problem = Problem.objects.get()
    asked = attempt.questions.get(position=1).version
    assert (problem.kind, problem.subject, problem.reporter) == ("question", asked.question.uuid, ada)
    assert problem.title == f"{asked.question.key}, version 1"


def test_a_question_is_reported_from_its_review(
    attempt: Attempt, ada: User, sign_in: SignIn, now: datetime
) -> None:
    submit(attempt, 4, ada, now)
    browser, result = sign_in(ada), reverse("attempt", args=[attempt.uuid])
    assert question_problem(attempt) in browser.get(result).content.decode()

    assert browser.post(question_problem(attempt), TEXT).url == result


def test_an_empty_report_is_no_report(attempt: Attempt, ada: User, sign_in: SignIn) -> None:
    response = sign_in(ada).post(question_problem(attempt), {"text": " "})

    assert "Say what is wrong" in words(response)
    assert Problem.objects.count() == 0


def test_nobody_reports_a_question_of_somebody_elses_attempt(
    attempt: Attempt, ben: User, sign_in: SignIn
) -> None:
    assert sign_in(ben).post(question_problem(attempt), TEXT).status_code == 404


def test_a_lesson_is_reported_by_whoever_may_read_it(
    enrolment: Enrolment, lesson: LessonPage, ada: User, ben: User, sign_in: SignIn
) -> None:
    url = reverse("lesson_problem", args=[lesson.pk])
    assert url in sign_in(ada).get(lesson.url).content.decode()

    assert sign_in(ada).post(url, TEXT).url == lesson.url
    assert sign_in(ben).post(url, TEXT).status_code == 404
    assert [(each.kind, each.title) for each in Problem.objects.all()] == [("lesson", lesson.title)]


def test_a_stranger_reports_a_certificate_and_may_leave_an_address(certificate: Certificate) -> None:
    stranger, check = Client(), reverse("check", args=[certificate.code])
    url = reverse("certificate_problem", args=[certificate.code])
    assert url in stranger.get(check).content.decode()

    with_address = stranger.post(url, TEXT | {"email": "hr@example.org"}, follow=True)
    without = stranger.post(url, {"text": "Another thing."}, follow=True)

    assert with_address.request["PATH_INFO"] == check
    assert "You will have an answer by e-mail." in words(with_address)
    assert "You will have an answer" not in words(without)
    kept = [(each.title, each.words.email) for each in Problem.objects.all()]
    assert kept == [(certificate.number, "hr@example.org"), (certificate.number, "")]


def test_a_strangers_sixth_report_of_the_hour_is_asked_to_wait(certificate: Certificate) -> None:
    url = reverse("certificate_problem", args=[certificate.code])

    answers = [Client().post(url, {"text": f"Wrong {n}"}).status_code for n in range(6)]
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post(url, TEXT).status_code

    assert answers == [302] * 5 + [429]
    assert elsewhere == 302
    assert Problem.objects.count() == 6


def test_a_code_that_no_certificate_has_is_answered_as_the_check_answers(certificate: Certificate) -> None:
    unknown = Client().get(reverse("certificate_problem", args=["7K3M9QXD2VTHM"]))

    assert unknown.status_code == 404


def report_something(attempt: Attempt, certificate: Certificate, ada: User, sign_in: SignIn) -> None:
    sign_in(ada).post(question_problem(attempt), TEXT)
    Client().post(reverse("certificate_problem", args=[certificate.code]), {"text": "A name is wrong."})


def test_each_desk_sees_its_own_problems_and_not_who_reported_them(
    attempt: Attempt, certificate: Certificate, ada: User, adil: User, rosa: User, sign_in: SignIn
) -> None:
    report_something(attempt, certificate, ada, sign_in)

    authors, registrars = words(sign_in(adil).get(DESK)), words(sign_in(rosa).get(DESK))

    assert "1 problem, oldest first" in authors
    assert "version 1" in authors
    assert certificate.number not in authors
    assert certificate.number in registrars
    about = Problem.objects.get(kind="question")
    page = words(sign_in(adil).get(f"{DESK}{about.uuid}/"))
    assert TEXT["text"] in page
    assert "You are not told who it was." in page
    assert "Bright" not in page


def test_the_desk_answers_and_the_reporter_reads_it_where_they_reported(
    attempt: Attempt, ada: User, adil: User, sign_in: SignIn
) -> None:
    sign_in(ada).post(question_problem(attempt), TEXT)
    url = f"{DESK}{Problem.objects.get().uuid}/"

    answer = {"state": "answered", "text": "You are right; it is mended."}
    first = sign_in(adil).post(url, answer)
    second = sign_in(adil).post(url, answer)

    assert (first.url, second.status_code) == (DESK, 409)
    assert "You are right; it is mended." in words(sign_in(ada).get(question_problem(attempt)))
    assert "No open problem" in words(sign_in(adil).get(DESK))
    assert "Answered" in words(sign_in(adil).get(f"{DESK}?settled"))
    assert "By Adil Hassan" in words(sign_in(adil).get(url))


def test_an_answer_without_words_is_asked_for_them(
    attempt: Attempt, ada: User, adil: User, sign_in: SignIn
) -> None:
    sign_in(ada).post(question_problem(attempt), TEXT)

    page = sign_in(adil).post(f"{DESK}{Problem.objects.get().uuid}/", {"state": "closed", "text": ""})

    assert "Write the answer that the reporter is sent" in words(page)
    assert Problem.objects.open().count() == 1


def test_other_desks_institutes_and_people_are_kept_out(
    attempt: Attempt, ada: User, rosa: User, asif: User, otto: User, ben: User, sign_in: SignIn
) -> None:
    sign_in(ada).post(question_problem(attempt), TEXT)
    url = f"{DESK}{Problem.objects.get().uuid}/"

    codes = {
        who: [sign_in(person).get(page).status_code for page in (DESK, url)]
        for who, person in {"rosa": rosa, "asif": asif, "otto": otto, "ben": ben}.items()
    }

    assert codes == {"rosa": [200, 404], "asif": [403, 403], "otto": [404, 404], "ben": [404, 404]}


def test_empty_desks_say_so(adil: User, aldermoor: Institute, sign_in: SignIn) -> None:
    assert "No open problem" in words(sign_in(adil).get(DESK))
    assert "Nothing has been answered yet" in words(sign_in(adil).get(f"{DESK}?settled"))


@pytest.mark.parametrize("number", [1, 19])
def test_a_long_list_costs_as_much_as_a_short_one(
    attempt: Attempt, ada: User, adil: User, sign_in: SignIn, number: int
) -> None:
    for each in range(number):
        sign_in(ada).post(question_problem(attempt), {"text": f"Report {each}"})

    assert queries(sign_in(adil), DESK) == 5
