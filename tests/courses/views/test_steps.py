"""Modules and lessons for those who study them, and finishing a lesson."""

from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail import hooks
from wagtail.models import Page

from courses.actions import enrolments, steps
from courses.models import Enrolment, Fact, LessonPage, ModulePage, StepDone
from lms.people.models import Institute, User
from tests.factories import assessments
from tests.factories import courses as factory

COURSE = "/aldermoor/foundations/"
MODULE = f"{COURSE}what-commissioning-is/"
LESSON = f"{MODULE}what-not-how/"
NOTICE = "is part of this course. Enrol to open it."


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def finish_url(enrolment: Enrolment, step: Page) -> str:
    return f"/my/enrolments/{enrolment.uuid}/steps/{step.pk}/finish/"


@pytest.fixture
def second(module: ModulePage, lesson: LessonPage) -> LessonPage:
    return factory.lesson(module, "The cycle")


def test_a_lesson_is_read_in_its_place(
    sign_in: Any, ada: User, enrolment: Enrolment, second: LessonPage
) -> None:
    page = text(sign_in(ada), LESSON)

    assert "Step 1 of 2 · Lesson · 25 minutes" in page
    assert "<p>Ask what people need before how to buy it.</p>" in page
    assert f'href="{LESSON}" aria-current="page"' in page
    assert f'href="{MODULE}the-cycle/"' in page
    assert "Mark as complete and continue" in page


def test_a_lesson_shows_its_notes_its_sources_and_what_is_invented(
    sign_in: Any, ada: User, enrolment: Enrolment, module: ModulePage, aldermoor: Institute
) -> None:
    Fact.objects.create(
        institute=aldermoor,
        key="ofsted",
        claim="Ofsted looked at 12 areas.",
        source="Ofsted, August 2011",
        as_at=date(2026, 7, 1),
        review_by=date(2027, 7, 1),
        mark="X",
    )
    factory.lesson(
        module,
        "Hard",
        body=[("text", '<p>They saw <a href="#source-ofsted">12</a>.</p>')],
        content_note="It is about abuse.",
        support="Talk to somebody.",
        invented=["200 hours"],
    )

    page = text(sign_in(ada), f"{MODULE}hard/")

    assert "It is about abuse." in page
    assert "Talk to somebody." in page
    assert "Marlshire is an invented county." in page
    assert '<a class="fact-link" href="#source-ofsted">12</a>' in page
    assert '<li id="source-ofsted">Ofsted looked at 12 areas.<small>Ofsted, August 2011. Read on 1 July 2026; to be checked again by 1 July 2027.' in page  # fmt: skip
    assert "Disputed" in page


BLOCKS: list[tuple[str, Any]] = [
    ("text", "{}"),
    ("key_terms", {"terms": [{"name": "{}", "meaning": "{}"}]}),
    ("timeline", {"title": "{}", "events": [{"when": "{}", "title": "{}", "text": "{}", "fact": "{}"}]}),
    ("comparison", {"title": "{}", "caption": "{}", "columns": ["{}"], "rows": [{"heading": "{}", "cells": ["{}"]}]}),
    ("case_study", {"title": "{}", "real": True, "text": "{}"}),
    ("decision", {"title": "{}", "situation": "{}", "question": "{}", "choices": [{"text": "{}", "consequence": "{}"}]}),
    ("callout", {"title": "{}", "text": "{}"}),
    ("sort", {"title": "{}", "instruction": "{}", "groups": ["{}", "b"], "cards": [{"text": "{}", "group": "{}", "reason": "{}"}]}),
    ("order", {"title": "{}", "instruction": "{}", "items": [{"text": "{}", "reason": "{}"}, {"text": "b", "reason": ""}]}),
    ("passage", {"title": "{}", "instruction": "{}", "parts": [{"text": "{}", "marked": True, "reason": "{}"}]}),
    ("matrix", {"title": "{}", "instruction": "{}", "columns": ["{}"], "options": ["{}"], "rows": [{"heading": "{}", "answers": ["{}"], "reason": "{}"}]}),
    ("calculator", {"title": "{}", "instruction": "{}", "inputs": [{"key": "{}", "label": "{}", "before": "{}", "after": "{}", "value": "{}", "fact": "{}", "least": "{}", "most": "{}"}], "results": [{"key": "{}", "label": "{}", "formula": "{}"}], "remarks": [{"when": "{}", "text": "{}"}]}),
    ("rewrite", {"title": "{}", "instruction": "{}", "items": [{"text": "{}", "example": "{}", "note": "{}"}]}),
]  # fmt: skip
HOSTILE = '<p onclick="x()">a<script>alert(1)</script><img src=x onerror=alert(1)></p>'


def _filled(value: Any, words: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, words) for each in value]
    return words if value == "{}" else value


@pytest.mark.parametrize(("name", "value"), BLOCKS)
def test_markup_that_a_fixture_wrote_into_a_block_does_not_reach_the_page(
    sign_in: Any, ada: User, enrolment: Enrolment, module: ModulePage, name: str, value: Any
) -> None:
    factory.lesson(module, "Hostile", body=[(name, _filled(value, HOSTILE))])

    page = text(sign_in(ada), f"{MODULE}hostile/")

    assert "<script>alert" not in page
    assert "onclick=" not in page.replace("&lt;p onclick=", "")
    assert "<img" not in page


def test_a_lesson_that_is_done_leads_on_instead_of_asking_again(
    sign_in: Any, ada: User, enrolment: Enrolment, lesson: LessonPage, second: LessonPage, at: datetime
) -> None:
    steps.finish(enrolment, lesson, by_what="reading", at=at)

    page = text(sign_in(ada), LESSON)

    assert "Mark as complete" not in page
    assert f'<a class="button" href="{MODULE}the-cycle/">Continue' in page


def test_finishing_a_lesson_leads_to_the_next_step(
    sign_in: Any, ada: User, enrolment: Enrolment, lesson: LessonPage, second: LessonPage
) -> None:
    response = sign_in(ada).post(finish_url(enrolment, lesson))

    assert (response.status_code, response["Location"]) == (302, f"{MODULE}the-cycle/")
    assert list(StepDone.objects.values_list("step", "by_what")) == [(lesson.pk, "reading")]


def test_finishing_the_last_lesson_leads_back_to_what_was_left_out(
    sign_in: Any, ada: User, enrolment: Enrolment, lesson: LessonPage, second: LessonPage
) -> None:
    response = sign_in(ada).post(finish_url(enrolment, second))

    assert response["Location"] == LESSON


def test_finishing_everything_leads_to_the_course_with_a_word_of_praise(
    sign_in: Any, ada: User, enrolment: Enrolment, lesson: LessonPage
) -> None:
    response = sign_in(ada).post(finish_url(enrolment, lesson), follow=True)

    assert response.redirect_chain == [(COURSE, 302)]
    assert [str(each) for each in response.context["messages"]] == [
        "You have done every step of “Foundations”."
    ]


def test_a_quiz_is_not_finished_by_a_button(
    sign_in: Any, ada: User, enrolment: Enrolment, module: ModulePage
) -> None:
    quiz = assessments.quiz(module)

    response = sign_in(ada).post(finish_url(enrolment, quiz))

    assert response.status_code == 409
    assert "“Quiz: what commissioning is” is finished by its result." in response.content.decode()
    assert not StepDone.objects.exists()


def test_nobody_finishes_a_step_of_another_s_enrolment(
    sign_in: Any, ben: User, client: Client, enrolment: Enrolment, lesson: LessonPage
) -> None:
    assert sign_in(ben).post(finish_url(enrolment, lesson)).status_code == 404
    assert client.post(finish_url(enrolment, lesson))["Location"].startswith("/accounts/login/")
    assert not StepDone.objects.exists()


def test_a_step_is_finished_by_post_alone(
    sign_in: Any, ada: User, enrolment: Enrolment, lesson: LessonPage
) -> None:
    assert sign_in(ada).get(finish_url(enrolment, lesson)).status_code == 405


def test_a_step_outside_the_course_a_draft_and_a_left_course_are_not_found(
    sign_in: Any, ada: User, enrolment: Enrolment, lesson: LessonPage, module: ModulePage, at: datetime
) -> None:
    elsewhere = factory.lesson(factory.module(factory.course(enrolment.course.institute, "Another")))
    draft = factory.lesson(module, "Draft", live=False)
    client = sign_in(ada)

    assert client.post(finish_url(enrolment, elsewhere)).status_code == 404
    assert client.post(finish_url(enrolment, draft)).status_code == 404
    enrolments.leave(enrolment, by=ada, at=at)
    assert client.post(finish_url(enrolment, lesson)).status_code == 404
    assert not StepDone.objects.exists()


@pytest.mark.parametrize("address", [MODULE, LESSON])
def test_who_is_not_enrolled_is_led_to_the_course_with_a_sentence(
    sign_in: Any, ben: User, lesson: LessonPage, address: str
) -> None:
    for client in (Client(), sign_in(ben)):
        response = client.get(address)

        assert (response.status_code, response["Location"]) == (302, COURSE)
        assert [NOTICE in str(each) for each in get_messages(response.wsgi_request)] == [True]


def test_staff_of_another_institute_are_not_enrolled_either(
    sign_in: Any, otto: User, lesson: LessonPage
) -> None:
    assert sign_in(otto).get(LESSON)["Location"] == COURSE


def test_staff_read_a_lesson_and_leave_no_trace(sign_in: Any, adil: User, lesson: LessonPage) -> None:
    page = text(sign_in(adil), LESSON)

    assert "You are reading this as staff of Aldermoor Institute of Commissioning." in page
    assert "Mark as complete" not in page


@pytest.mark.parametrize("depth", [3, 4, 5, 6])
def test_a_draft_anywhere_above_is_not_found_by_anybody(
    sign_in: Any, ada: User, adil: User, enrolment: Enrolment, lesson: LessonPage, depth: int
) -> None:
    Page.objects.filter(depth=depth).update(live=False)

    for client in (Client(), sign_in(ada), sign_in(adil)):
        assert client.get(LESSON).status_code == 404


def test_a_module_lists_its_steps_and_where_to_begin(
    sign_in: Any, ada: User, enrolment: Enrolment, second: LessonPage
) -> None:
    page = text(sign_in(ada), MODULE)

    assert "Module 1 of 1" in page
    assert f'<a class="button" href="{LESSON}">Start with What, not how' in page
    assert f'<a href="{MODULE}the-cycle/">The cycle</a>' in page


def test_a_step_of_another_app_is_served_by_that_app_once_the_right_to_it_was_asked(
    sign_in: Any, ada: User, adil: User, ben: User, enrolment: Enrolment, module: ModulePage
) -> None:
    assessments.quiz(module)
    asked = []

    def serve(request: Any, page: Page, enrolment: Enrolment | None) -> HttpResponse:
        asked.append((page.title, enrolment))
        return HttpResponse("the quiz")

    with hooks.register_temporarily("serve_step", serve, order=-1):
        answers = [sign_in(person).get(f"{MODULE}quiz/") for person in (ada, adil, ben)]

    assert asked == [("Quiz: what commissioning is", enrolment), ("Quiz: what commissioning is", None)]
    assert [answer.status_code for answer in answers] == [200, 200, 302]


def test_the_lesson_takes_the_same_few_queries_in_a_short_and_a_long_course(
    sign_in: Any, ada: User, enrolment: Enrolment, module: ModulePage
) -> None:
    client = sign_in(ada)
    counts = []
    for more in (0, 29):
        for number in range(more):
            factory.lesson(module, f"Lesson {number}")
        client.get(LESSON)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LESSON).status_code == 200
        counts.append(len(captured))

    assert counts == [8, 8]
