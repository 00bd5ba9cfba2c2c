"""The learner's pages: what they show, what they never show, and what they refuse."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.actions import attempts
from assessments.models import Adjustment, Answer, Attempt, Pool, QuizPage
from courses.models import Enrolment, ModulePage
from lms.people.models import User
from tests.conftest import SignIn
from tests.factories import assessments as factory
from tests.factories import courses as course_factory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def quiz(module: ModulePage) -> QuizPage:
    return factory.quiz(module)


@pytest.fixture
def attempt(enrolment: Enrolment, quiz: QuizPage, ada: User, now: datetime) -> Attempt:
    return attempts.start(enrolment, quiz, by=ada, at=now)


@pytest.fixture
def browser(ada: User, sign_in: SignIn) -> Client:
    return sign_in(ada)


def question_url(attempt: Attempt, position: int) -> str:
    return reverse("attempt_question", args=[attempt.uuid, position])


def place_of(attempt: Attempt, position: int, key: str) -> str:
    """What the page sends back for an option: its place in this attempt's order."""
    return str(attempt.questions.get(position=position).option_order.index(key) + 1)


def post_answer(
    browser: Client, attempt: Attempt, position: int, key: str, seen: int = 0, **more: Any
) -> Any:
    fields = {"answer": place_of(attempt, position, key), "base_revision": seen, **more}
    return browser.post(question_url(attempt, position), fields)


def submit(attempt: Attempt, right: int, by: User, at: datetime) -> Attempt:
    for asked in attempt.questions.all():
        key = "a" if asked.position <= right else "b"
        attempts.save(attempt, asked.position, key, base_revision=0, by=by, at=at)
    return attempts.submit(attempt, by=by, at=at)


def words(response: Any) -> str:
    """The page's text, with its white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_quiz_says_its_rules_before_it_starts(
    browser: Client, enrolment: Enrolment, quiz: QuizPage
) -> None:
    page = words(browser.get(quiz.url))

    assert "4, drawn from a larger pool" in page
    assert "3 of 4" in page
    assert "3, of which you have used 0" in page
    assert "Start the quiz" in page


def test_the_limit_is_shown_with_the_learners_own_extra_time(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, ines: User, now: datetime
) -> None:
    quiz = factory.quiz(module, minutes_allowed=20)
    Adjustment.objects.create(
        institute=quiz.pool.institute, learner=ada, extra_percent=25, agreed_by=ines, agreed_at=now
    )

    page = words(browser.get(quiz.url))

    assert "25 minutes, with the 25% more that you have agreed with the institute" in page


def test_starting_leads_to_the_first_question(browser: Client, enrolment: Enrolment, quiz: QuizPage) -> None:
    response = browser.post(reverse("attempt_start", args=[enrolment.uuid, quiz.pk]), follow=True)

    attempt = Attempt.objects.get()
    assert response.redirect_chain[-1] == (question_url(attempt, 1), 302)
    assert "Question 1 of 4" in words(response)


def test_starting_is_a_post(browser: Client, enrolment: Enrolment, quiz: QuizPage) -> None:
    assert browser.get(reverse("attempt_start", args=[enrolment.uuid, quiz.pk])).status_code == 405


def test_a_quiz_of_another_course_or_an_unpublished_one_cannot_be_started(
    browser: Client, enrolment: Enrolment, quiz: QuizPage
) -> None:
    elsewhere = course_factory.module(course_factory.course(quiz.pool.institute, "Elsewhere"))
    foreign = factory.quiz(elsewhere)
    quiz.get_parent().specific.unpublish()

    for page in (foreign, quiz):
        assert browser.post(reverse("attempt_start", args=[enrolment.uuid, page.pk])).status_code == 404
    assert Attempt.objects.count() == 0


def test_save_and_continue_keeps_the_answer_and_goes_on(browser: Client, attempt: Attempt) -> None:
    response = post_answer(browser, attempt, 1, "b")

    assert response.url == question_url(attempt, 2)
    assert attempt.counted_answers()[1].response.body == "b"


def test_the_last_question_leads_to_checking(browser: Client, attempt: Attempt) -> None:
    assert post_answer(browser, attempt, 4, "b").url == reverse("attempt_check", args=[attempt.uuid])


def test_save_and_finish_later_leads_to_the_quiz_where_it_can_be_resumed(
    browser: Client, attempt: Attempt
) -> None:
    response = post_answer(browser, attempt, 1, "b", later="1")

    page = words(browser.get(response.url))
    assert "Your answers are saved." in page
    assert "You have begun this quiz" in page


def test_an_attempt_goes_on_where_it_was_left(browser: Client, attempt: Attempt) -> None:
    post_answer(browser, attempt, 1, "b")
    post_answer(browser, attempt, 2, "b")

    response = browser.get(reverse("attempt", args=[attempt.uuid]))

    assert response.url == question_url(attempt, 3)


def test_leaving_a_question_open_is_allowed_and_told_before_the_end(
    browser: Client, attempt: Attempt
) -> None:
    browser.post(question_url(attempt, 1), {"base_revision": 0})
    post_answer(browser, attempt, 2, "b")

    page = words(browser.get(reverse("attempt_check", args=[attempt.uuid])))

    assert "3 questions still need an answer" in page
    assert "Question 1: Not answered" in page
    assert "Question 2: Not answered" not in page


def test_a_pip_says_which_questions_are_answered(browser: Client, attempt: Attempt) -> None:
    post_answer(browser, attempt, 1, "b")

    response = browser.get(question_url(attempt, 2))

    answered = [pip["answered"] for pip in response.context["pips"]]
    assert answered == [True, False, False, False]


def test_the_answer_given_before_is_shown_again(browser: Client, attempt: Attempt) -> None:
    post_answer(browser, attempt, 1, "c")

    page = browser.get(question_url(attempt, 1)).content.decode()

    checked = re.findall(r'<input type="radio" name="answer" value="(\d)"[^>]* checked', page)
    assert checked == [place_of(attempt, 1, "c")]


def test_a_stale_tab_gets_409_with_the_newer_answer_and_both_are_kept(
    browser: Client, attempt: Attempt
) -> None:
    post_answer(browser, attempt, 1, "b")

    response = post_answer(browser, attempt, 1, "c")

    page = words(response)
    assert response.status_code == 409
    assert "What counts now An outcome" in page
    assert "What you chose on this page A need" in page
    assert response.context["form"]["base_revision"].value() == 1
    assert [answer.is_stale for answer in Answer.objects.all()] == [False, True]


def test_autosave_answers_with_the_revision_it_has_kept(browser: Client, attempt: Attempt) -> None:
    url = reverse("answer_save", args=[attempt.uuid, 1])

    first = browser.post(url, {"answer": place_of(attempt, 1, "b"), "base_revision": 0})
    second = browser.post(url, {"answer": place_of(attempt, 1, "c"), "base_revision": 1})

    assert [reply.json()["revision"] for reply in (first, second)] == [1, 2]
    assert re.fullmatch(r"\d\d:\d\d:\d\d", second.json()["saved_at"])


def test_autosave_refuses_a_stale_tab_and_a_late_answer_in_a_sentence(
    browser: Client, attempt: Attempt, ada: User, now: datetime
) -> None:
    url = reverse("answer_save", args=[attempt.uuid, 1])
    browser.post(url, {"answer": place_of(attempt, 1, "b"), "base_revision": 0})

    stale = browser.post(url, {"answer": place_of(attempt, 1, "c"), "base_revision": 0})
    attempts.submit(attempt, by=ada, at=now)
    late = browser.post(url, {"answer": place_of(attempt, 1, "c"), "base_revision": 1})

    assert (stale.status_code, late.status_code) == (409, 409)
    assert "in another window" in stale.json()["sentence"]
    assert "has been handed in" in late.json()["sentence"]


@pytest.mark.parametrize(
    "fields", [{}, {"answer": "9", "base_revision": 0}, {"answer": "1", "base_revision": "x"}]
)
def test_autosave_refuses_what_no_page_of_ours_sends(
    browser: Client, attempt: Attempt, fields: dict[str, Any]
) -> None:
    response = browser.post(reverse("answer_save", args=[attempt.uuid, 1]), fields)

    assert response.status_code == 400
    assert Answer.objects.count() == 0


def test_after_the_deadline_the_learner_is_led_to_handing_in(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, now: datetime
) -> None:
    quiz = factory.quiz(module, minutes_allowed=20)
    attempt = attempts.start(enrolment, quiz, by=ada, at=now - 30 * MINUTE)

    question = browser.get(question_url(attempt, 1))
    saved = post_answer(browser, attempt, 1, "a")

    assert question.url == reverse("attempt_check", args=[attempt.uuid])
    assert "Your time is over" in words(browser.get(question.url))
    assert saved.status_code == 409
    assert "Your time for this attempt is over." in words(saved)


def test_the_page_of_a_timed_attempt_carries_the_servers_clock(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, now: datetime
) -> None:
    attempt = attempts.start(enrolment, factory.quiz(module, minutes_allowed=20), by=ada, at=now)

    page = browser.get(question_url(attempt, 1)).content.decode()

    local = timezone.localtime(attempt.deadline_at)
    assert f'data-deadline="{local.isoformat(timespec="seconds")}"' in page
    assert "data-now=" in page


def test_handing_in_twice_shows_one_receipt(browser: Client, attempt: Attempt) -> None:
    url = reverse("attempt_submit", args=[attempt.uuid])

    pages = [words(browser.post(url, follow=True)) for _ in range(2)]

    receipts = [re.search(r"Receipt ((?:[0-9a-f]{8} ?){8})", page)[1] for page in pages]
    assert receipts[0] == receipts[1]


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


def test_no_kind_of_question_shows_its_key_before_the_end(
    browser: Client, enrolment: Enrolment, kinds: QuizPage, ada: User, now: datetime
) -> None:
    attempt = attempts.start(enrolment, kinds, by=ada, at=now)

    seen = "".join(browser.get(question_url(attempt, position)).content.decode() for position in range(1, 7))

    assert "canary" not in seen
    assert "4711" not in seen


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


def test_while_attempts_remain_only_the_reason_of_what_was_chosen_is_shown(
    browser: Client, attempt: Attempt, ada: User, now: datetime
) -> None:
    submit(attempt, 0, ada, now)

    page = words(browser.get(reverse("attempt", args=[attempt.uuid])))

    assert "0 of 4, 3 needed" in page
    assert "While you have attempts left" in page
    assert page.count("No result is named.") == 4
    assert "The need is not stated." not in page
    assert "Right answer" not in page


def test_after_a_pass_every_reason_is_shown(
    browser: Client, attempt: Attempt, ada: User, now: datetime
) -> None:
    submit(attempt, 3, ada, now)

    page = words(browser.get(reverse("attempt", args=[attempt.uuid])))

    assert "You passed" in page
    assert page.count("Hours are not a need.") == 4
    assert page.count("Right answer") == 1


def test_after_the_last_attempt_every_reason_is_shown_and_the_way_on_is_said(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, ada: User, now: datetime
) -> None:
    for _ in range(3):
        last = submit(attempts.start(enrolment, quiz, by=ada, at=now), 0, ada, now)

    result = words(browser.get(reverse("attempt", args=[last.uuid])))
    page = words(browser.get(quiz.url))

    assert result.count("Right answer") == 4
    assert "You have used all 3 attempts" in page
    assert "office@aldermoor.example.org" in page
    assert "Start" not in page


def test_an_open_last_attempt_keeps_the_keys_of_the_earlier_ones_closed(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, ada: User, now: datetime
) -> None:
    first = submit(attempts.start(enrolment, quiz, by=ada, at=now), 0, ada, now)
    submit(attempts.start(enrolment, quiz, by=ada, at=now), 0, ada, now)
    attempts.start(enrolment, quiz, by=ada, at=now)

    page = words(browser.get(reverse("attempt", args=[first.uuid])))

    assert "Right answer" not in page


def test_practice_on_the_pool_of_a_certifying_quiz_shows_no_key(
    browser: Client, enrolment: Enrolment, quiz: QuizPage, module: ModulePage, ada: User, now: datetime
) -> None:
    practice = factory.quiz(module, pool=quiz.pool, draw=4, attempts_allowed=0, slug="practice")
    attempt = submit(attempts.start(enrolment, practice, by=ada, at=now), 0, ada, now)

    page = words(browser.get(reverse("attempt", args=[attempt.uuid])))

    assert "Right answer" not in page


def test_a_typed_answer_is_shown_as_text_and_not_as_markup(
    browser: Client, enrolment: Enrolment, kinds: QuizPage, ada: User, now: datetime
) -> None:
    attempt = attempts.start(enrolment, kinds, by=ada, at=now)
    asked = attempt.questions.get(version__kind="short_text")
    hostile = '<img src=x onerror="alert(1)">'
    attempts.save(attempt, asked.position, hostile, base_revision=0, by=ada, at=now)

    pages = [question_url(attempt, asked.position), reverse("attempt_check", args=[attempt.uuid])]
    seen = [browser.get(url).content.decode() for url in pages]
    attempts.submit(attempt, by=ada, at=now)
    seen.append(browser.get(reverse("attempt", args=[attempt.uuid])).content.decode())

    assert ["<img src=x" in page for page in seen] == [False, False, False]
    assert ["&lt;img src=x" in page for page in seen] == [True, True, True]


def test_an_attempt_is_nobody_elses_business(
    attempt: Attempt, ben: User, adil: User, lena: User, sign_in: SignIn
) -> None:
    urls = [
        reverse("attempt", args=[attempt.uuid]),
        question_url(attempt, 1),
        reverse("attempt_check", args=[attempt.uuid]),
    ]
    posts = [reverse("attempt_submit", args=[attempt.uuid]), reverse("answer_save", args=[attempt.uuid, 1])]

    for person in (ben, adil, lena):
        other = sign_in(person)
        assert [other.get(url).status_code for url in urls] == [404, 404, 404]
        assert [other.post(url, {"answer": "1", "base_revision": 0}).status_code for url in posts] == [
            404,
            404,
        ]
    attempt.refresh_from_db()
    assert attempt.is_open


def test_somebody_elses_enrolment_starts_nothing(
    enrolment: Enrolment, quiz: QuizPage, ben: User, sign_in: SignIn
) -> None:
    response = sign_in(ben).post(reverse("attempt_start", args=[enrolment.uuid, quiz.pk]))

    assert response.status_code == 404
    assert Attempt.objects.count() == 0


def test_a_visitor_is_asked_to_sign_in(attempt: Attempt) -> None:
    response = Client().get(question_url(attempt, 1))

    assert response.url == f"/accounts/login/?next={question_url(attempt, 1)}"


def test_the_wrong_state_is_answered_with_409_and_a_way_on(
    browser: Client, enrolment: Enrolment, attempt: Attempt, ada: User, now: datetime
) -> None:
    submit(attempt, 4, ada, now)

    late = post_answer(browser, attempt, 1, "b", seen=1)
    again = browser.post(reverse("attempt_start", args=[enrolment.uuid, attempt.quiz_id]))

    assert (late.status_code, again.status_code) == (409, 409)
    assert "This attempt has been handed in." in words(late)
    assert "You have passed this quiz." in words(again)


def test_the_pages_of_a_submitted_attempt_lead_to_its_result(
    browser: Client, attempt: Attempt, ada: User, now: datetime
) -> None:
    submit(attempt, 4, ada, now)

    result = reverse("attempt", args=[attempt.uuid])
    for url in (question_url(attempt, 1), reverse("attempt_check", args=[attempt.uuid])):
        assert browser.get(url).url == result


def test_a_quiz_whose_pool_is_too_small_says_so_and_offers_no_start(
    browser: Client, enrolment: Enrolment, module: ModulePage
) -> None:
    quiz = factory.quiz(module, questions=2, draw=5)

    page = words(browser.get(quiz.url))

    assert "This quiz cannot be started yet" in page
    assert "Start the quiz" not in page


def test_staff_read_a_quiz_without_a_start(quiz: QuizPage, adil: User, sign_in: SignIn) -> None:
    page = words(sign_in(adil).get(quiz.url))

    assert "Before you start" in page
    assert "Start the quiz" not in page


def queries(browser: Client, url: str) -> int:
    browser.get(url)  # content types and the site's root are kept in the process
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("questions", [1, 30])
def test_an_attempt_of_any_length_costs_the_same(
    browser: Client, enrolment: Enrolment, module: ModulePage, ada: User, now: datetime, questions: int
) -> None:
    quiz = factory.quiz(module, questions=questions)
    attempt = attempts.start(enrolment, quiz, by=ada, at=now)
    open_pages = [question_url(attempt, 1), reverse("attempt_check", args=[attempt.uuid])]

    counts = [queries(browser, url) for url in open_pages]
    submit(attempt, questions, ada, now)
    counts.append(queries(browser, reverse("attempt", args=[attempt.uuid])))

    assert counts == [9, 8, 11]


def test_the_quiz_page_stays_within_its_budget(
    browser: Client, enrolment: Enrolment, attempt: Attempt, ada: User, now: datetime
) -> None:
    submit(attempt, 0, ada, now)

    assert queries(browser, attempt.quiz.url) <= 15
