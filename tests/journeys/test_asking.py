"""A question on its way to learners: one author writes it row by row, a second one reads it, and attempts may draw it."""

import pytest
from django.urls import reverse

from assessments.models import Pool, Question, QuestionVersion
from courses.models import CoursePage
from lms.people.models import User
from lms.people.roles import Role
from tests.factories import people
from tests.journeys.conftest import Visit
from tests.journeys.visitors import Visitor

ROWS = (
    ("Ask what should be different for people", "The result comes first; everything else serves it."),
    ("Copy last year’s specification", "It says how the service was run, not whether it helped."),
    ("Ask three providers for a price", "A price for what? Nothing has been said of the need."),
    ("Choose the shortest route to the open market", "The route carries out a plan that is not made yet."),
    ("Wait until the contract has ended", "Then people are without help while somebody thinks."),
)


@pytest.fixture
def bea(foundations: CoursePage) -> User:
    person = people.person("Bea", "Novak")
    people.appoint(person, Role.AUTHOR, foundations.institute)
    return person


@pytest.mark.parametrize("way", ["by mouse", "without JavaScript"])
def test_a_question_is_written_row_by_row_read_by_a_second_author_and_asked(
    visit: Visit, foundations: CoursePage, adil: User, bea: User, way: str
) -> None:
    writer = visit(adil)
    write_five_answers(writer)
    writer.presses("Preview")
    writer.stands_before("As a learner sees it")
    writer.presses("Publish")
    writer.stands_before("Version 1 waits for review")
    question = Question.objects.get(key="a-contract-ends-in-a-year")
    assert not QuestionVersion.objects.in_force().filter(question=question).exists()

    reader = visit(bea)
    reader.opens(reverse("question_list", args=["aldermoor"]))
    reader.follows("1 question waits for review")
    reader.follows("A contract ends in a year. What do you do first?")
    reader.follows("Review version 1")
    reader.chooses("Approve")
    reader.presses("Record the decision")
    reader.reads("Approved. Attempts that begin from now on may draw it.")

    asked = QuestionVersion.objects.in_force().reviewed().get(question=question)
    assert [option["text"] for option in asked.body["options"]] == [text for text, _ in ROWS]


def write_five_answers(writer: Visitor) -> None:
    """Four rows stand there; the fifth is asked for, and the cursor is in it."""
    writer.opens(reverse("question_write", args=["aldermoor", "single"]))
    writer.writes("The question", "A contract ends in a year. What do you do first?")
    for number, (text, reason) in enumerate(ROWS, start=1):
        row = writer.page.get_by_role("group", name=f"Answer {number}", exact=True)
        if number == len(ROWS):
            writer.presses("Add an answer")
            row.get_by_label("Text").wait_for()
            assert row.get_by_label("Text").evaluate("field => field === document.activeElement")
        row.get_by_label("Text").fill(text)
        row.get_by_label("Reason").fill(reason)
    writer.chooses("This is the right answer (1)")
    form = writer.page
    form.get_by_label("Pool").select_option(Pool.objects.get().title)
    form.get_by_label("Competency").select_option(index=1)
