"""Answer keys reach no page before the end, and every kind of question can be answered without one."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import answers, attempts
from assessments.models import Attempt, Pool, QuizPage
from courses.models import Enrolment, ModulePage
from lms.people.models import User
from tests.assessments.attempting import place_of, question_url, words
from tests.factories import assessments as factory


@pytest.fixture
def kinds(module: ModulePage) -> QuizPage:
    """A quiz of one question of each kind, with canaries in every key and reason."""
    pool = Pool.objects.create(institute=module.get_parent().specific.institute, slug="kinds", title="Kinds")
    bodies: dict[str, dict[str, Any]] = {
        "several": {
            "options": [
                {"key": "canary-1", "text": "One", "correct": True, "reason": "canary because"},
                {"key": "canary-2", "text": "Two", "correct": False, "reason": "canary why"},
            ]
        },
        "true_false": {"answer": True, "reason_true": "canary yes", "reason_false": "canary no"},
        "number": {
            "answers": [{"key": "canary-3", "value": "4711", "reason": "canary sum"}],
            "otherwise": "canary else",
        },
        "short_text": {
            "answers": [{"key": "canary-4", "pattern": "canary*", "reason": "canary word"}],
            "otherwise": "canary other",
        },
        "matching": {
            "stems": [
                {"key": "canary-5", "text": "Left", "choice": "canary-7", "reason": "canary pair"},
                {"key": "canary-6", "text": "Right", "choice": "canary-8", "reason": "canary twin"},
            ],
            "choices": [{"key": "canary-7", "text": "Up"}, {"key": "canary-8", "text": "Down"}],
        },
        "ordering": {
            "items": [
                {"key": "canary-9", "text": "First thing", "reason": "canary first"},
                {"key": "canary-10", "text": "Second thing", "reason": "canary second"},
            ]
        },
    }
    for kind, body in bodies.items():
        factory.question(pool, f"k-{kind}".replace("_", "-"), kind=kind, body=body)
    return factory.quiz(module, pool=pool, draw=6, pass_percent=50)


RIGHT: dict[str, dict[str, str]] = {
    "several": {"answer": "canary-1"},
    "true_false": {"answer": "true"},
    "number": {"answer": "4711"},
    "short_text": {"answer": "Canary bird"},
    "matching": {"match_1": "canary-7", "match_2": "canary-8"},
    "ordering": {"place_1": "canary-9", "place_2": "canary-10"},
}


def test_every_kind_of_question_can_be_answered_and_read_afterwards(
    browser: Client, enrolment: Enrolment, kinds: QuizPage, ada: User, now: datetime
) -> None:
    attempt = attempts.start(enrolment, kinds, by=ada, at=now)
    for asked in attempt.questions.select_related("version"):
        order = asked.option_order
        fields = {
            name: str(order.index(value) + 1) if value in order else value
            for name, value in RIGHT[asked.version.kind].items()
        }
        browser.post(question_url(attempt, asked.position), {**fields, "base_revision": 0})

    page = words(browser.post(reverse("attempt_submit", args=[attempt.uuid]), follow=True))

    assert "You passed" in page
    assert "6 of 6, 3 needed" in page
    assert "canary twin" in page


def test_no_page_of_an_open_attempt_holds_key_or_reason(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, attempt: Attempt
) -> None:
    pages = [question_url(attempt, position) for position in range(1, 5)]
    pages += [reverse("attempt_check", args=[attempt.uuid]), quiz.url]
    saved = [
        browser.post(
            reverse("answer_save", args=[attempt.uuid, position]),
            {"answer": place_of(attempt, position, "a"), "base_revision": 0},
        ).content.decode()
        for position in range(1, 5)
    ]

    seen = "".join(browser.get(url).content.decode() for url in pages) + "".join(saved)

    reasons = [option["reason"] for option in factory.single_choice()["options"]]
    assert [reason for reason in reasons if reason in seen] == []
    assert "correct" not in seen
    assert re.findall(r'value="[abcd]"', seen) == []


def test_no_kind_of_question_shows_its_key_before_the_end(
    browser: Client, enrolment: Enrolment, kinds: QuizPage, ada: User, now: datetime
) -> None:
    attempt = attempts.start(enrolment, kinds, by=ada, at=now)

    seen = "".join(browser.get(question_url(attempt, position)).content.decode() for position in range(1, 7))

    assert "canary" not in seen
    assert "4711" not in seen


def test_a_typed_answer_is_shown_as_text_and_not_as_markup(
    browser: Client, enrolment: Enrolment, kinds: QuizPage, ada: User, now: datetime
) -> None:
    attempt = attempts.start(enrolment, kinds, by=ada, at=now)
    asked = attempt.questions.get(version__kind="short_text")
    hostile = '<img src=x onerror="alert(1)">'
    answers.save(attempt, asked.position, hostile, base_revision=0, by=ada, at=now)

    pages = [question_url(attempt, asked.position), reverse("attempt_check", args=[attempt.uuid])]
    seen = [browser.get(url).content.decode() for url in pages]
    attempts.submit(attempt, by=ada, at=now)
    seen.append(browser.get(reverse("attempt", args=[attempt.uuid])).content.decode())

    assert ["<img src=x" in page for page in seen] == [False, False, False]
    assert ["&lt;img src=x" in page for page in seen] == [True, True, True]


def test_an_answer_that_cannot_be_read_is_kept_and_sent_back_with_a_sentence(
    browser: Client, enrolment: Enrolment, kinds: QuizPage, ada: User, now: datetime
) -> None:
    attempt = attempts.start(enrolment, kinds, by=ada, at=now)
    asked = attempt.questions.get(version__kind="number")

    response = browser.post(question_url(attempt, asked.position), {"answer": "1,400", "base_revision": 0})

    page = words(response)
    assert "Error: Question" in page
    assert "1,400 can be read in two ways. Type 1400 or 1.400." in page
    assert response.context["form"]["base_revision"].value() == 1
    assert "Not complete" in words(browser.get(reverse("attempt_check", args=[attempt.uuid])))
