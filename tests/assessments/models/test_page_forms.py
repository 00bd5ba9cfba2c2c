"""What the CMS offers an author of a quiz or an assignment: their own institute's pools and rubrics."""

from typing import Any

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

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


def rules_of(exam: QuizPage, author: User, **changed: Any) -> dict[str, list[str]]:
    """The errors of the exam's form when an author saves it with these rules."""
    for name, value in changed.items():
        setattr(exam, name, value)
    data = nested_form_data(
        {
            "title": exam.title,
            "slug": exam.slug,
            "code": "FC1",
            "minutes": 75,
            "summary": "",
            "introduction": rich_text("<p>Six questions.</p>"),
            "pool": exam.pool_id,
            "draw": exam.draw,
            "pass_percent": exam.pass_percent,
            "minutes_allowed": 0,
            "attempts_allowed": exam.attempts_allowed,
            "layout": exam.layout,
            "review": exam.review,
            "blueprint": streamfield([(each.block_type, dict(each.value)) for each in exam.blueprint]),
            "must_pass": streamfield([(each.block_type, dict(each.value)) for each in exam.must_pass]),
            "comments": inline_formset([]),
        }
    )
    form = (
        type(exam)
        .get_edit_handler()
        .get_form_class()(
            data, instance=QuizPage.objects.get(pk=exam.pk), parent_page=exam.get_parent(), for_user=author
        )
    )
    return {name: list(errors) for name, errors in form.errors.items()}


def test_a_blueprint_that_the_pool_can_fill_is_saved(module: ModulePage, adil: User) -> None:
    assert rules_of(factory.exam(module), adil) == {}


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        (
            {"draw": 7},
            {
                "draw": [
                    "The rows of the blueprint draw 6 questions together. Say the same number here, or change the rows."
                ]
            },
        ),
        (
            {"draw": 13, "blueprint": [factory.row("D1", 11), factory.row("D5", 2, "lead", "judge")]},
            {"blueprint": ["D1, foundation, recall: the pool holds 8, and the row draws 11."]},
        ),
        (
            {"blueprint": [factory.row("D1", 4), factory.row("D9", 2)], "must_pass": []},
            {"blueprint": ["The framework has no domain D9."]},
        ),
        (
            {"blueprint": [factory.row("D1", 4), factory.row("D1", 2)], "must_pass": []},
            {"blueprint": ["Two rows are for the same domain, level and demand. Make one of them."]},
        ),
        (
            {"must_pass": [("domain", {"domain": "D5", "right": 3})]},
            {"must_pass": ["The rows draw 2 questions of D5; 3 marks could not be reached."]},
        ),
        (
            {"must_pass": [("domain", {"domain": "D2", "right": 1})]},
            {"must_pass": ["No row of the blueprint draws questions of D2, so nobody could pass it."]},
        ),
        (
            {"must_pass": 2 * [("domain", {"domain": "D5", "right": 1})]},
            {"must_pass": ["D5 stands here twice."]},
        ),
    ],
)
def test_a_blueprint_that_does_not_add_up_is_refused_where_it_can_be_mended(
    module: ModulePage, adil: User, changed: dict[str, Any], errors: dict[str, list[str]]
) -> None:
    assert rules_of(factory.exam(module), adil, **changed) == errors


def test_a_domain_to_be_passed_without_a_blueprint_is_refused(module: ModulePage, adil: User) -> None:
    errors = rules_of(factory.exam(module), adil, blueprint=[])

    assert errors == {
        "must_pass": ["It needs a blueprint: say above how many questions of this domain are drawn."]
    }
