"""The questions desk: an author finds, writes, publishes and retires questions; nobody else does."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import attempts
from assessments.models import Pool, Question, QuestionVersion
from courses.models import Enrolment, ModulePage
from lms.audit.models import Event
from lms.people.models import Institute, User
from tests.conftest import SignIn
from tests.factories import assessments as factory
from tests.factories import courses as course_factory


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


def written(pool: Pool, **fields: str) -> dict[str, str]:
    """A sound question as the form sends it."""
    options = factory.single_choice()["options"]
    form = {f"text_{n}": option["text"] for n, option in enumerate(options, 1)}
    form |= {f"reason_{n}": option["reason"] for n, option in enumerate(options, 1)}
    about = {"demand": "apply", "level": "foundation", "pool": str(pool.pk), "correct": "1"}
    about["competency"] = str(course_factory.competency(pool.institute).pk)
    return {"stem": "What has she asked for?", **about, **form, **fields}


def test_an_author_publishes_a_new_question(browser: Client, pool: Pool, adil: User) -> None:
    response = browser.post(url("question_new"), written(pool, publish="1"), follow=True)

    version = QuestionVersion.objects.get()
    assert (version.question.state, version.made_by, version.number) == ("live", adil, 1)
    assert version.question.key == "what-has-she-asked-for"
    assert [option["key"] for option in version.body["options"]] == ["a", "b", "c", "d"]
    assert "Published." in words(response)
    assert list(Event.objects.values_list("verb", flat=True)) == ["question.published"]


def test_a_draft_is_drawn_by_no_quiz_until_it_is_published(browser: Client, pool: Pool) -> None:
    browser.post(url("question_new"), written(pool, draft="1", reason_2=""))
    question = Question.objects.get()
    drafted = question.state, QuestionVersion.objects.in_force().count()

    page = words(browser.get(url("question_detail", question.uuid)))
    browser.post(url("question_edit", question.uuid), written(pool, publish="1"))

    question.refresh_from_db()
    assert drafted == ("draft", 0)
    assert "Not fit to be asked yet" in page
    assert (question.state, QuestionVersion.objects.in_force().count()) == ("live", 1)


def test_a_question_with_faults_is_sent_back_with_each_of_them(browser: Client, pool: Pool) -> None:
    longest = written(pool, publish="1", text_1="A purchase of a certain number of hours")

    response = browser.post(url("question_new"), longest)

    page = words(response)
    assert "Error: Write a question" in page
    assert "The right option, “a”, is the longest." in page
    assert Question.objects.count() == 0


def test_a_question_without_its_words_names_what_is_missing(browser: Client, pool: Pool) -> None:
    response = browser.post(url("question_new"), written(pool, publish="1", stem=""))

    assert "Fill in “The question”" in words(response)


def test_preview_shows_the_question_as_a_learner_sees_it_and_keeps_nothing(
    browser: Client, pool: Pool
) -> None:
    stem = "Ofsted looked at [12 areas](fact:ofsted).\n\nHow many managed it?"

    response = browser.post(url("question_new"), written(pool, preview="1", stem=stem))

    page = words(response)
    assert "As a learner sees it Ofsted looked at 12 areas. How many managed it?" in page
    assert "Right answer The need is not stated." in page
    assert Question.objects.count() == 0


def test_a_change_keeps_the_options_keys_and_makes_the_next_version(
    browser: Client, question: Question, pool: Pool
) -> None:
    before = question.versions.get()
    keys = {f"key_{n}": option["key"] for n, option in enumerate(before.body["options"], 1)}
    changed = written(
        pool, publish="1", text_2="A result", text_5="A wish", reason_5="Wishes differ.", **keys
    )

    browser.post(url("question_edit", question.uuid), changed)

    after = question.versions.latest("number")
    assert after.number == 2
    assert [(option["key"], option["text"]) for option in after.body["options"]][1] == ("b", "A result")
    assert after.body["options"][4]["key"] not in "abcd"


def test_a_change_is_readable_on_the_questions_page(browser: Client, question: Question, pool: Pool) -> None:
    keys = {f"key_{n}": key for n, key in enumerate("abcd", 1)}
    browser.post(url("question_edit", question.uuid), written(pool, publish="1", text_2="A result", **keys))

    page = words(browser.get(url("question_detail", question.uuid)))

    assert "Answer b An outcome A result" in page


def test_the_page_says_how_often_a_version_was_drawn_and_by_whom_nothing(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, at: datetime
) -> None:
    quiz = factory.quiz(module)
    attempts.start(enrolment, quiz, by=ada, at=at)

    page = words(browser.get(url("question_detail", quiz.pool.questions.first().uuid)))

    assert "drawn 1 time" in page
    assert quiz.title in page
    assert "Bright" not in page


def test_retiring_says_first_what_it_does_to_the_quiz(
    browser: Client, enrolment: Enrolment, module: ModulePage
) -> None:
    quiz = factory.quiz(module, questions=4, draw=4)
    question = quiz.pool.questions.first()

    asked = words(browser.get(url("question_retire", question.uuid)))
    browser.post(url("question_retire", question.uuid))

    question.refresh_from_db()
    assert "draws 4 questions. Nobody could start it" in asked
    assert question.state == "retired"
    assert Event.objects.get().verb == "question.retired"


def test_retiring_twice_is_a_conflict(browser: Client, question: Question) -> None:
    statuses = [browser.post(url("question_retire", question.uuid)).status_code for _ in range(2)]

    assert statuses == [302, 409]


def test_a_kind_that_the_form_cannot_write_is_a_conflict(browser: Client, pool: Pool) -> None:
    body = {"answer": True, "reason_true": "It is.", "reason_false": "It is not so."}
    question = factory.question(pool, "m11-true", kind="true_false", body=body).question

    page = words(browser.get(url("question_detail", question.uuid)))
    response = browser.get(url("question_edit", question.uuid))

    assert "True Right answer It is." in page
    assert response.status_code == 409
    assert "is changed in its content file" in words(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["m11-live", "m11-old"]),
        ("?q=LIVE", ["m11-live"]),
        ("?state=retired", ["m11-old"]),
        ("?kind=single&q=m11-old", ["m11-old"]),
        ("?kind=number", []),
        ("?q=nothing", []),
    ],
)
def test_questions_are_found_by_words_and_facts(
    browser: Client, pool: Pool, query: str, found: list[str]
) -> None:
    factory.question(pool, "m11-live")
    factory.question(pool, "m11-old")
    Question.objects.filter(key="m11-old").update(state="retired")

    response = browser.get(url("question_list") + query)

    assert [row["version"].question.key for row in response.context["rows"]] == found


def test_an_empty_bank_and_an_empty_search_say_what_to_do(browser: Client, pool: Pool) -> None:
    empty = words(browser.get(url("question_list")))
    factory.question(pool, "m11-live")
    missed = words(browser.get(url("question_list") + "?q=nothing"))

    assert "There are no questions yet" in empty
    assert "No question fits" in missed


def test_another_institutes_questions_and_pools_do_not_exist_here(
    browser: Client, pool: Pool, fenwick: Institute
) -> None:
    theirs = Pool.objects.create(institute=fenwick, slug="secret", title="Secret pool of Fenwick")
    foreign = factory.question(theirs, "fen-1").question

    listed = browser.get(url("question_list")).content.decode()
    form = browser.get(url("question_new")).content.decode()
    statuses = [
        browser.get(url(name, foreign.uuid)).status_code
        for name in ("question_detail", "question_edit", "question_retire")
    ]
    posted = browser.post(url("question_new"), {**written(pool, publish="1"), "pool": str(theirs.pk)})

    assert "fen-1" not in listed
    assert ["Secret pool" in page for page in (listed, form)] == [False, False]
    assert statuses == [404, 404, 404]
    assert "Select a valid choice" in words(posted)


def test_only_authors_open_the_desk(
    question: Question, ada: User, lena: User, otto: User, sign_in: SignIn
) -> None:
    addresses = [
        url("question_list"),
        url("question_new"),
        url("question_detail", question.uuid),
        url("question_edit", question.uuid),
        url("question_retire", question.uuid),
    ]

    statuses = {
        name: [client.get(address).status_code for address in addresses]
        for name, client in (
            ("visitor", Client()),
            ("learner", sign_in(ada)),
            ("lead", sign_in(lena)),
            ("outsider", sign_in(otto)),
        )
    }

    assert statuses == {
        "visitor": [302] * 5,
        "learner": [404] * 5,
        "lead": [403] * 5,
        "outsider": [404] * 5,
    }


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(browser: Client, pool: Pool, rows: int) -> None:
    for number in range(rows):
        factory.question(pool, f"m11-{number}")
    browser.get(url("question_list"))

    with CaptureQueriesContext(connection) as captured:
        browser.get(url("question_list"))

    assert len(captured) == 7
