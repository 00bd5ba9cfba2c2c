"""What the CMS offers an author of a quiz or an assignment: their own institute's pools and rubrics."""

from typing import Any

import pytest

from assessments.models import AssignmentPage, QuizPage
from courses.models import ModulePage, StepPage
from lms.people.models import Institute, User
from tests.factories import assessments as factory

pytestmark = pytest.mark.django_db


def form_of(page: StepPage, author: User) -> Any:
    return (
        type(page)
        .get_edit_handler()
        .get_form_class()(instance=page, parent_page=page.get_parent(), for_user=author)
    )


def new_form(kind: type[StepPage], module: ModulePage, author: User) -> Any:
    return kind.get_edit_handler().get_form_class()(instance=kind(), parent_page=module, for_user=author)


def test_a_quiz_draws_from_a_pool_of_its_own_institute(
    module: ModulePage, fenwick: Institute, adil: User
) -> None:
    quiz = factory.quiz(module)
    factory.pool(fenwick, questions=0)

    assert list(form_of(quiz, adil).fields["pool"].queryset) == [quiz.pool]
    assert list(new_form(QuizPage, module, adil).fields["pool"].queryset) == [quiz.pool]


def test_an_assignment_is_marked_by_a_rubric_of_its_own_institute(
    module: ModulePage, fenwick: Institute, adil: User
) -> None:
    assignment = factory.assignment(module)
    factory.rubric(fenwick)

    assert list(form_of(assignment, adil).fields["rubric"].queryset) == [assignment.rubric]
    assert list(new_form(AssignmentPage, module, adil).fields["rubric"].queryset) == [assignment.rubric]
