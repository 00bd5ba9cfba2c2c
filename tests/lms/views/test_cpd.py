"""The record of continuing professional development."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from certificates import rendering
from courses.actions import steps
from courses.actions.activities import keep_answer
from courses.models import CpdMinutes, Enrolment, LessonPage, ModulePage
from courses.models.activities import activities_in
from courses.models.cpd import cpd_of
from lms.people.models import User
from tests.factories import courses as factory

CHOICES = [{"text": words, "consequence": "<p>So.</p>"} for words in ("Ask.", "Wait.")]
DECISION = {"title": "First", "situation": "", "question": "What first?", "choices": CHOICES}
LATE = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def answer(enrolment: Enrolment, lesson: LessonPage, at: datetime) -> None:
    _, _, sheet = next(activities_in(lesson))
    keep_answer(enrolment, lesson, sheet, ["0"], at=at)


@pytest.fixture
def deciding(module: ModulePage) -> LessonPage:
    return factory.lesson(module, "=Deciding", slug="deciding", body=[("decision", DECISION)])


def test_a_lesson_counts_when_its_activity_is_answered_and_one_without_when_it_is_finished(
    ada: User, enrolment: Enrolment, lesson: LessonPage, deciding: LessonPage, at: datetime
) -> None:
    steps.finish(enrolment, deciding, by_what="reading", at=at)
    assert cpd_of(ada) == []

    steps.finish(enrolment, lesson, by_what="reading", at=at)
    answer(enrolment, deciding, LATE)
    answer(enrolment, deciding, at)

    assert [(each.lesson.title, str(each.on), each.minutes) for each in cpd_of(ada)] == [
        ("What, not how", "2026-11-23", 25),
        ("=Deciding", "2025-12-31", 25),
    ]


def test_the_record_shows_years_and_courses_with_their_totals(
    sign_in: Any, ada: User, enrolment: Enrolment, lesson: LessonPage, deciding: LessonPage, at: datetime
) -> None:
    client = sign_in(ada)
    assert "Nothing counts yet" in text(client.get("/my/cpd/"))
    answer(enrolment, deciding, LATE)
    steps.finish(enrolment, lesson, by_what="reading", at=at)

    page = text(client.get("/my/cpd/"))

    assert "50 minutes of continuing professional development" in page
    assert page.index("2026: 25 minutes") < page.index("2025: 25 minutes")


def test_minutes_are_lowered_and_never_raised(
    sign_in: Any, ada: User, enrolment: Enrolment, deciding: LessonPage, at: datetime
) -> None:
    answer(enrolment, deciding, at)
    client, url = sign_in(ada), f"/my/cpd/{enrolment.uuid}/{deciding.pk}/"

    client.post(url, {"minutes": "10"})
    assert "10 minutes<small>of 25</small>" in text(client.get("/my/cpd/"))
    for wrong in ("26", "-1", "", "ten", "99999", "9.5"):
        assert "now counts" not in text(client.post(url, {"minutes": wrong}, follow=True))
    assert CpdMinutes.objects.get().minutes == 10

    client.post(url, {"minutes": "25"})
    assert cpd_of(ada)[0].minutes == 25
    LessonPage.objects.filter(pk=deciding.pk).update(minutes=20)
    assert cpd_of(ada)[0].minutes == 20


def test_others_cannot_touch_it_and_what_does_not_count_is_not_there(
    sign_in: Any, ada: User, ben: User, enrolment: Enrolment, deciding: LessonPage, at: datetime
) -> None:
    url = f"/my/cpd/{enrolment.uuid}/{deciding.pk}/"
    assert sign_in(ada).post(url, {"minutes": "1"}).status_code == 404
    answer(enrolment, deciding, at)

    assert sign_in(ben).post(url, {"minutes": "1"}).status_code == 404
    assert "Deciding" not in text(sign_in(ben).get("/my/cpd/record.csv"))


def test_the_record_goes_out_as_csv_without_formulas(
    sign_in: Any, ada: User, enrolment: Enrolment, deciding: LessonPage, at: datetime
) -> None:
    answer(enrolment, deciding, at)

    lines = sign_in(ada).get("/my/cpd/record.csv").content.decode("utf-8-sig").splitlines()

    assert lines == [
        "Date,Course,Institute,Lesson,Minutes",
        "2026-11-23,Foundations,Aldermoor Institute of Commissioning,'=Deciding,25",
    ]


@pytest.mark.skipif(bool(rendering.pango_problem()), reason="Pango is not installed")
def test_the_record_goes_out_as_pdf(
    sign_in: Any, ada: User, enrolment: Enrolment, deciding: LessonPage, at: datetime
) -> None:
    answer(enrolment, deciding, at)

    response = sign_in(ada).get("/my/cpd/record.pdf")

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF-")


def test_without_the_library_that_sets_text_the_page_says_what_to_do(
    sign_in: Any, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "pango_problem", lambda: "Pango is missing.")

    page = text(sign_in(ada).get("/my/cpd/record.pdf", follow=True))

    assert "The PDF could not be made: Pango is missing. Print this page instead." in page


def test_a_record_of_thirty_lessons_costs_what_one_costs(
    sign_in: Any, ada: User, enrolment: Enrolment, module: ModulePage, at: datetime
) -> None:
    client, counts = sign_in(ada), []
    for more in (1, 29):
        for number in range(more):
            page = factory.lesson(
                module, f"L{more}-{number}", slug=f"l{more}-{number}", body=[("decision", DECISION)]
            )
            answer(enrolment, page, at)
        with CaptureQueriesContext(connection) as captured:
            client.get("/my/cpd/")
        counts.append(len(captured))

    assert counts[0] == counts[1]
