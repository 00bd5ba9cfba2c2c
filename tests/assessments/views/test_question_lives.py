"""The questions desk, for deciding: a second person reviews; questions are retired and brought back."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import questions
from assessments.actions.versions import Wording
from assessments.models import Question, QuestionReview, QuestionVersion
from lms.audit.models import Event
from lms.people.models import User
from tests.assessments.views.conftest import Read
from tests.conftest import SignIn
from tests.factories import assessments as factory


@pytest.fixture
def browser(adil: User, sign_in: SignIn) -> Client:
    return sign_in(adil)


@pytest.fixture
def proposed(question: Question, adil: User, at: datetime) -> QuestionVersion:
    """Adil's second version of a question that counts."""
    body = factory.single_choice()
    body["options"][1]["text"] = "A result"
    first = question.versions.get()
    wording = Wording("single", "recall", "foundation", first.competency, None, first.stem, body)
    version = questions.publish(question, wording, by=adil, at=at)
    question.refresh_from_db()
    return version


def url(name: str, *args: object) -> str:
    return reverse(name, args=["aldermoor", *args])


def test_a_reviewer_sees_what_changes_and_the_question_as_a_learner_does(
    bea: User, proposed: QuestionVersion, question: Question, sign_in: SignIn, read: Read
) -> None:
    page = read(sign_in(bea).get(url("question_review", question.uuid, 2)))

    assert "Adil Hassan wrote it on 23 November 2026." in page
    assert "Answer b Taken out: An outcome . Put in: A result ." in page
    assert "As a learner sees it" in page


def test_an_approved_version_is_drawn_from_then_on(
    bea: User, proposed: QuestionVersion, question: Question, sign_in: SignIn, read: Read
) -> None:
    response = sign_in(bea).post(
        url("question_review", question.uuid, 2), {"decision": "approve"}, follow=True
    )

    review = QuestionReview.objects.get()
    question.refresh_from_db()
    assert "Approved. Attempts that begin from now on may draw it." in read(response)
    assert (question.asked, question.proposed) == (2, None)
    assert (review.author.first_name, review.reviewer.first_name) == ("Adil", "Bea")
    assert proposed in QuestionVersion.objects.in_force().reviewed()
    assert Event.objects.order_by("pk").last().verb == "question.approved"


def test_a_version_sent_back_stays_out_and_its_author_reads_why(
    bea: User, browser: Client, proposed: QuestionVersion, question: Question, sign_in: SignIn, read: Read
) -> None:
    words = {"decision": "send_back", "remark": "“A result” and “A need” both hold."}
    sign_in(bea).post(url("question_review", question.uuid, 2), words)

    page = read(browser.get(url("question_detail", question.uuid)))
    question.refresh_from_db()
    assert (question.asked, question.proposed) == (1, None)
    assert "Version 2 Sent back" in page
    assert "“A result” and “A need” both hold." in page


def test_sending_back_without_a_word_is_asked_for_one(
    bea: User, proposed: QuestionVersion, question: Question, sign_in: SignIn, read: Read
) -> None:
    browser = sign_in(bea)
    address = url("question_review", question.uuid, 2)

    pages = [read(browser.post(address, fields)) for fields in ({"decision": "send_back", "remark": " "}, {})]

    assert "Say what the author has to change." in pages[0]
    assert "Choose whether to approve the question or to send it back." in pages[1]
    assert QuestionReview.objects.count() == 0


def test_an_author_cannot_review_their_own_version(
    browser: Client, bea: User, proposed: QuestionVersion, question: Question, read: Read
) -> None:
    address = url("question_review", question.uuid, 2)

    responses = [browser.get(address), browser.post(address, {"decision": "approve"})]

    assert [response.status_code for response in responses] == [409, 409]
    assert "You wrote this version, so another author of the institute has to review it." in read(
        responses[1]
    )
    assert QuestionReview.objects.count() == 0


def test_an_author_alone_is_told_which_role_is_missing(
    browser: Client, proposed: QuestionVersion, question: Question, read: Read
) -> None:
    page = read(browser.get(url("question_detail", question.uuid)))

    assert "Nobody can review version 2" in page
    assert "An administrator can appoint one; until then attempts draw version 1." in page


def test_each_of_two_authors_is_told_their_part(
    browser: Client, bea: User, proposed: QuestionVersion, question: Question, sign_in: SignIn, read: Read
) -> None:
    writer = read(browser.get(url("question_detail", question.uuid)))
    reader = read(sign_in(bea).get(url("question_detail", question.uuid)))

    assert "another author of Aldermoor Institute of Commissioning has to read it" in writer
    assert "Version 2 waits for your review" in reader


def test_what_was_decided_already_is_a_conflict(
    bea: User, proposed: QuestionVersion, question: Question, sign_in: SignIn, read: Read
) -> None:
    browser = sign_in(bea)
    browser.post(url("question_review", question.uuid, 2), {"decision": "approve"})

    again = browser.post(url("question_review", question.uuid, 2), {"decision": "send_back", "remark": "No."})
    missing = browser.get(url("question_review", question.uuid, 9))

    assert (again.status_code, missing.status_code) == (409, 409)
    assert "Version 2 of this question does not wait for review" in read(again)
    assert QuestionReview.objects.count() == 1


def test_the_list_says_what_waits_and_finds_it(
    browser: Client, proposed: QuestionVersion, question: Question, read: Read
) -> None:
    everything = read(browser.get(url("question_list")))
    waiting = browser.get(url("question_list") + "?state=waiting")

    assert "1 question waits for review" in everything
    assert [row["version"].question for row in waiting.context["rows"]] == [question]
    assert "Live Waiting for review" in read(waiting)


def test_retiring_says_first_what_it_does_to_the_quiz(
    browser: Client, question: Question, proposed: QuestionVersion, read: Read
) -> None:
    asked = read(browser.get(url("question_retire", question.uuid)))
    browser.post(url("question_retire", question.uuid))

    question.refresh_from_db()
    assert "draws 4 questions. Nobody could start it" in asked
    assert (question.state, question.asked, question.proposed) == ("retired", 1, None)
    assert Event.objects.order_by("pk").last().verb == "question.retired"


def test_retiring_twice_is_a_conflict(browser: Client, question: Question) -> None:
    statuses = [browser.post(url("question_retire", question.uuid)).status_code for _ in range(2)]

    assert statuses == [302, 409]


def test_a_retired_question_is_brought_back_in_its_last_asked_words(
    browser: Client, question: Question, proposed: QuestionVersion, read: Read
) -> None:
    browser.post(url("question_retire", question.uuid))

    asked = read(browser.get(url("question_bring_back", question.uuid)))
    response = browser.post(url("question_bring_back", question.uuid), follow=True)

    question.refresh_from_db()
    assert "in the words of version 1, in which it was asked last" in asked
    assert (question.state, question.asked) == ("live", 1)
    assert "Brought back." in read(response)


def test_what_is_not_retired_cannot_be_brought_back(browser: Client, question: Question, read: Read) -> None:
    address = url("question_bring_back", question.uuid)

    responses = [browser.get(address), browser.post(address)]

    assert [response.status_code for response in responses] == [409, 409]
    assert "there is nothing to bring back" in read(responses[0])
