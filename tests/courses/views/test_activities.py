"""Answering the activities of a lesson."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.content_files.shapes import stored
from courses.models import ActivityAnswer, Enrolment, LessonPage, ModulePage
from courses.models.activities import activities_in
from lms.people.models import User
from tests.courses.practice.test_faults import EXAMPLES
from tests.factories import courses as factory

LESSON = "/aldermoor/foundations/what-commissioning-is/practice/"
DECISION = {
    "title": "The Friday tender",
    "situation": "People are waiting.",
    "question": "What do you do first?",
    "choice": [
        {"text": "Send it.", "consequence": "It goes out."},
        {"text": "Ask.", "consequence": "You find out."},
    ],
}
ALL = {**EXAMPLES, "decision": DECISION}
# An answer to each, partly unlike ours, and what the page then says.
ANSWERS: dict[str, tuple[dict[str, str], list[str]]] = {
    "decision": ({"a0": "1"}, ["<b>You chose:</b> Ask.", "<p>You find out.</p>", "Had you chosen otherwise"]),
    "sort": (
        {"a0": "0", "a1": "1", "a2": "1", "a3": "1"},
        ["<b>3 of 4</b> cards where we would", "You: Procurement · we: <b>Commissioning</b>", "<p>It comes <i>first</i>.</p>"],
    ),
    "order": (
        {"a0": "1", "a1": "3", "a2": "2"},
        ["<b>1 of 3</b> stand where we would put them", "You put it at 3", "<p>It may be there.</p>"],
    ),
    "passage": (
        {"a0": "1", "a1": "1"},
        ["agree on <b>2 of 4</b> parts", "You found it", "You left it", "We would leave it"],
    ),
    "matrix": (
        {"a0": "0", "a1": "1", "a2": "1", "a3": "0"},
        ["agree on <b>3 of 4</b> answers", "You: No", "<p>Both.</p>"],
    ),
    "calculator": ({"a0": "20", "a1": "10"}, ["£22.00", "814", "More than <i>it seems</i>."]),
    "rewrite": ({"a0": "I sing."}, ["<p>I sing.</p>", "“I go to the choir.”", "Whose life?"]),
}  # fmt: skip
UNFINISHED: dict[str, tuple[dict[str, str], str]] = {
    "decision": ({"a0": "9"}, "Choose one, then read what follows."),
    "sort": ({"a0": "0", "a1": "7"}, "Put every card in a group; 3 still to go."),
    "order": ({"a0": "1", "a1": "1", "a2": "2"}, "Two of the steps stand in the same place."),
    "passage": ({}, "Mark at least one part, then look."),
    "matrix": ({"a0": "0"}, "Answer every line; 3 still to go."),
    "calculator": ({"a0": "41", "a1": "1"}, "“Wage” cannot be above 40."),
    "rewrite": ({"a0": "  "}, "Write at least one of them, then compare."),
}


@pytest.fixture
def practice(module: ModulePage) -> LessonPage:
    return factory.lesson(
        module, "Practice", body=[(name, stored(name, values)) for name, values in ALL.items()]
    )


def name_of(lesson: LessonPage, kind: str) -> str:
    return next(sheet.name for _, _, sheet in activities_in(lesson) if sheet.kind == kind)


def send(
    client: Client, enrolment: Enrolment, lesson: LessonPage, kind: str, sent: dict[str, str], **extra: Any
) -> Any:
    name = name_of(lesson, kind)
    url = f"/my/enrolments/{enrolment.uuid}/lessons/{lesson.pk}/activities/{name}/"
    return client.post(url, sent, **extra)


def text(response: HttpResponse, status: int = 200) -> str:
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def block(page: str, name: str) -> str:
    return page.split(f'id="{name}"', 1)[1].split("</section>", 1)[0]


@pytest.mark.parametrize("kind", sorted(ALL))
def test_an_answer_is_kept_and_the_page_comes_back_at_the_activity_with_what_follows(
    sign_in: Any, ada: User, enrolment: Enrolment, practice: LessonPage, kind: str
) -> None:
    client, (sent, said) = sign_in(ada), ANSWERS[kind]
    name = name_of(practice, kind)
    if kind != "calculator":
        assert "data-comes-first" not in block(text(client.get(LESSON)), name)

    response = send(client, enrolment, practice, kind, sent)

    assert (response.status_code, response["Location"]) == (302, f"{LESSON}#{name}")
    shown = block(text(client.get(LESSON)), name)
    assert [words for words in said if words not in shown] == []
    assert ActivityAnswer.objects.get().activity == name


@pytest.mark.parametrize("kind", sorted(ALL))
def test_an_unfinished_answer_is_not_kept_and_the_page_says_what_is_missing_with_what_was_sent(
    sign_in: Any, ada: User, enrolment: Enrolment, practice: LessonPage, kind: str
) -> None:
    sent, sentence = UNFINISHED[kind]

    page = text(send(sign_in(ada), enrolment, practice, kind, sent))

    assert sentence in block(page, name_of(practice, kind))
    assert not ActivityAnswer.objects.exists()


def test_a_second_answer_replaces_the_first_and_keeps_its_day(
    sign_in: Any, ada: User, enrolment: Enrolment, practice: LessonPage
) -> None:
    client = sign_in(ada)
    send(client, enrolment, practice, "decision", {"a0": "0"})
    first = ActivityAnswer.objects.get()

    send(client, enrolment, practice, "decision", {"a0": "1"})

    kept = ActivityAnswer.objects.get()
    assert (kept.answers, kept.first_at) == (["1"], first.first_at)


def test_with_a_script_the_activity_alone_comes_back(
    sign_in: Any, ada: User, enrolment: Enrolment, practice: LessonPage
) -> None:
    response = send(
        sign_in(ada), enrolment, practice, "decision", {"a0": "1"}, headers={"HX-Request": "true"}
    )

    page = text(response)
    assert page.startswith(f'<section class="block activity decision" id="{name_of(practice, "decision")}"')
    assert "data-comes-first" in page
    assert ActivityAnswer.objects.count() == 1


def test_a_calculator_reckons_while_one_types_and_keeps_nothing(
    sign_in: Any, ada: User, enrolment: Enrolment, practice: LessonPage
) -> None:
    client = sign_in(ada)
    assert "£14.24" in text(client.get(LESSON))

    sent = {"a0": "30", "a1": "0", "live": "1"}
    page = text(send(client, enrolment, practice, "calculator", sent, headers={"HX-Request": "true"}))

    assert "£30.00" in page
    assert not ActivityAnswer.objects.exists()


def test_an_answer_to_an_activity_that_has_changed_since_is_refused_and_an_old_one_is_not_shown(
    sign_in: Any, ada: User, enrolment: Enrolment, practice: LessonPage
) -> None:
    client = sign_in(ada)
    send(client, enrolment, practice, "decision", {"a0": "1"})
    changed = {**DECISION, "question": "And now?"}
    old = next(sheet.digest for _, _, sheet in activities_in(practice) if sheet.kind == "decision")
    practice.body = [("decision", stored("decision", changed))]
    practice.save_revision().publish()

    refused = send(client, enrolment, practice, "decision", {"a0": "1", "digest": old})

    assert "This activity has changed since you opened the lesson." in text(refused, 409)
    assert "You chose" not in text(client.get(LESSON))


def test_others_answers_are_their_own(
    sign_in: Any, ada: User, ben: User, enrolment: Enrolment, practice: LessonPage
) -> None:
    send(sign_in(ada), enrolment, practice, "decision", {"a0": "1"})
    own = factory.enrol(ben, enrolment.course)

    client = sign_in(ben)

    assert "You chose" not in text(client.get(LESSON))
    assert send(client, enrolment, practice, "decision", {"a0": "1"}).status_code == 404
    assert send(client, own, practice, "decision", {"a0": "1"}).status_code == 302


def test_after_signing_in_again_the_address_leads_back_to_the_activity(
    sign_in: Any, ada: User, enrolment: Enrolment, practice: LessonPage
) -> None:
    name = name_of(practice, "sort")

    response = sign_in(ada).get(f"/my/enrolments/{enrolment.uuid}/lessons/{practice.pk}/activities/{name}/")

    assert response["Location"] == f"{LESSON}#{name}"


def test_staff_read_what_follows_and_send_nothing(sign_in: Any, asif: User, practice: LessonPage) -> None:
    page = text(sign_in(asif).get(LESSON))

    assert page.count("Learners read this once they have answered.") == len(ALL) - 1
    assert "<p>It may be there.</p>" in page
    assert "/activities/" not in page.replace("/css/activities", "")


def test_a_lesson_of_thirty_activities_costs_what_one_costs(
    sign_in: Any, ada: User, enrolment: Enrolment, module: ModulePage
) -> None:
    client, counts = sign_in(ada), []
    for count in (1, 30):
        body = [("decision", stored("decision", {**DECISION, "title": f"Story {n}"})) for n in range(count)]
        lesson = factory.lesson(module, "Practice", slug=f"practice-{count}", body=body)
        for _, _, sheet in activities_in(lesson):
            url = f"/my/enrolments/{enrolment.uuid}/lessons/{lesson.pk}/activities/{sheet.name}/"
            client.post(url, {"a0": "1"})
        with CaptureQueriesContext(connection) as captured:
            page = text(client.get(f"/aldermoor/foundations/what-commissioning-is/practice-{count}/"))
        counts.append(len(captured))
        assert page.count("You chose") == count

    assert counts == [9, 9]
