"""The questions desk, for reading: the bank and its search, one question, two versions; authors only, without people."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import scoring
from assessments.actions import attempts, questions
from assessments.actions.versions import Wording
from assessments.models import Pool, Question, QuestionVersion
from courses.models import Enrolment, ModulePage
from lms.people.models import Institute, User
from tests.conftest import SignIn
from tests.factories import assessments as factory


@pytest.fixture
def browser(adil: User, sign_in: SignIn) -> Client:
    return sign_in(adil)


@pytest.fixture
def pool(aldermoor: Institute) -> Pool:
    return Pool.objects.create(institute=aldermoor, slug="m11", title="Questions on module one")


@pytest.fixture
def question(pool: Pool) -> Question:
    return factory.question(pool, "m11-purchase").question


def url(name: str, *args: object) -> str:
    return reverse(name, args=["aldermoor", *args])


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_page_says_how_often_a_version_was_drawn_and_by_whom_nothing(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, at: datetime
) -> None:
    quiz = factory.quiz(module)
    attempts.start(enrolment, quiz, by=ada, at=at)

    page = words(browser.get(url("question_detail", quiz.pool.questions.first().uuid)))

    assert "drawn 1 time" in page
    assert quiz.title in page
    assert "Bright" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["m11-live", "m11-old"]),
        ("?q=LIVE", ["m11-live"]),
        ("?state=retired", ["m11-old"]),
        ("?kind=single&q=m11-old", ["m11-old"]),
        ("?kind=number", []),
        ("?demand=recall&level=foundation", ["m11-live", "m11-old"]),
        ("?demand=judge", []),
        ("?level=lead", []),
        ("?state=waiting", ["m11-live"]),
        ("?state=nonsense", ["m11-live", "m11-old"]),
        ("?q=nothing", []),
    ],
)
def test_questions_are_found_by_words_and_facts(
    browser: Client, pool: Pool, query: str, found: list[str]
) -> None:
    factory.question(pool, "m11-live")
    factory.question(pool, "m11-old")
    Question.objects.filter(key="m11-old").update(state="retired")
    Question.objects.filter(key="m11-live").update(proposed=1)

    response = browser.get(url("question_list") + query)

    assert [row["version"].question.key for row in response.context["rows"]] == found


def test_an_empty_bank_and_an_empty_search_say_what_to_do(browser: Client, pool: Pool) -> None:
    empty = words(browser.get(url("question_list")))
    factory.question(pool, "m11-live")
    missed = words(browser.get(url("question_list") + "?q=nothing"))

    assert "There are no questions yet" in empty
    assert "No question fits" in missed


@pytest.fixture
def changed(question: Question, adil: User, at: datetime) -> QuestionVersion:
    """Adil's draft of a second version of the question from the files: one answer, and its reason."""
    first = question.versions.get()
    body = factory.single_choice()
    body["options"][1] |= {"text": "A result", "reason": "No result for a person is named."}
    wording = Wording(first.kind, "apply", first.level, first.competency, None, first.stem, body)
    return questions.redraft(question, wording, by=adil, at=at)


def test_a_questions_page_says_what_attempts_draw_and_what_is_newer(
    browser: Client, question: Question, changed: QuestionVersion
) -> None:
    page = words(browser.get(url("question_detail", question.uuid)))

    assert "Version 2 is a draft. Attempts draw version 1 until it is published." in page
    assert "Version 1 Asked now" in page
    assert "by Adil Hassan" in page


def test_an_older_version_can_be_read_whole(
    browser: Client, question: Question, changed: QuestionVersion
) -> None:
    page = words(browser.get(url("question_detail", question.uuid) + "?version=1"))
    missing = browser.get(url("question_detail", question.uuid) + "?version=3")

    assert "This is version 1. Read the newest" in page
    assert "An outcome" in page
    assert missing.status_code == 404


def test_two_versions_are_compared_word_by_word(
    browser: Client, question: Question, changed: QuestionVersion
) -> None:
    page = words(browser.get(url("question_compare", question.uuid)))

    assert "From version 1 to version 2" in page
    assert "Answer b Taken out: An outcome . Put in: A result ." in page
    assert "Answer b reason No result Put in: for a person . is named." in page
    assert "What it asks of the mind Taken out: Recall . Put in: Apply ." in page
    assert "Answer a" not in page


def test_a_version_compared_with_itself_says_that_nothing_differs(
    browser: Client, question: Question
) -> None:
    page = words(browser.get(url("question_compare", question.uuid)))

    assert "Nothing differs" in page


def test_a_question_says_which_quizzes_draw_it_and_whether_they_count(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, at: datetime
) -> None:
    quiz = factory.quiz(module)
    factory.quiz(module, slug="practice", title="Practice", pool=quiz.pool, draw=2, attempts_allowed=0)
    attempts.start(enrolment, quiz, by=ada, at=at)

    page = words(browser.get(url("question_detail", quiz.pool.questions.first().uuid)))

    assert "Practice Draws 2 of the 4 live in this pool. Practice: its result counts for nothing." in page
    assert "0 attempts drew this question." in page
    assert f"{quiz.title} Draws 4 of the 4 live in this pool. Its result counts" in page
    assert "1 attempt drew this question." in page


@pytest.mark.parametrize("kind", list(scoring.KINDS))
def test_every_kind_is_shown_with_its_key_and_what_guessing_earns(
    browser: Client, pool: Pool, kind: str
) -> None:
    question = factory.question(pool, "m11-kind", kind=kind, body=factory.body_of(kind)).question

    response = browser.get(url("question_detail", question.uuid))

    assert response.status_code == 200
    assert response.context["lines"]
    assert "Somebody who guesses earns" in words(response)


def test_another_institutes_questions_do_not_exist_here(
    browser: Client, pool: Pool, fenwick: Institute
) -> None:
    theirs = Pool.objects.create(institute=fenwick, slug="secret", title="Secret pool of Fenwick")
    foreign = factory.question(theirs, "fen-1").question

    listed = browser.get(url("question_list")).content.decode()
    chosen = browser.get(url("question_list") + f"?pool={theirs.pk}")
    statuses = [
        browser.get(url(name, foreign.uuid, *more)).status_code
        for name, *more in (
            ("question_detail",),
            ("question_compare",),
            ("question_edit",),
            ("question_retire",),
            ("question_bring_back",),
            ("question_review", 1),
        )
    ]

    assert ("fen-1" in listed, "Secret pool" in listed) == (False, False)
    assert chosen.context["rows"] == []
    assert statuses == [404] * 6


def test_only_authors_open_the_desk(
    question: Question, ada: User, lena: User, otto: User, sign_in: SignIn
) -> None:
    addresses = [
        url("question_list"),
        url("question_new"),
        url("question_write", "single"),
        url("question_detail", question.uuid),
        url("question_compare", question.uuid),
        url("question_edit", question.uuid),
        url("question_review", question.uuid, 1),
        url("question_retire", question.uuid),
        url("question_bring_back", question.uuid),
    ]

    statuses = {
        name: {client.get(address).status_code for address in addresses}
        for name, client in (
            ("visitor", Client()),
            ("learner", sign_in(ada)),
            ("lead", sign_in(lena)),
            ("outsider", sign_in(otto)),
        )
    }

    assert statuses == {"visitor": {302}, "learner": {404}, "lead": {403}, "outsider": {404}}


def _queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(browser: Client, pool: Pool, rows: int) -> None:
    for number in range(rows):
        factory.question(pool, f"m11-{number}")

    assert _queries(browser, url("question_list")) == 8


@pytest.mark.parametrize("count", [1, 30])
def test_a_question_costs_the_same_with_one_version_and_with_thirty(
    browser: Client, question: Question, adil: User, at: datetime, count: int
) -> None:
    first = question.versions.get()
    for number in range(count):
        wording = Wording(
            "single", "apply", "foundation", first.competency, None, f"Is it {number}?", first.body
        )
        questions.redraft(question, wording, by=adil, at=at)

    assert _queries(browser, url("question_detail", question.uuid)) == 10
