"""A quiz page in the CMS: it draws from its own institute's pools, and its preview needs no learner."""

import pytest
from django.core.exceptions import ValidationError

from assessments.models import QuizPage
from courses.models import ModulePage
from lms.people.models import Institute
from tests.factories import assessments as factory


def test_a_quiz_refuses_the_pool_of_another_institute(module: ModulePage, fenwick: Institute) -> None:
    quiz = factory.quiz(module)
    quiz.pool = factory.pool(fenwick, slug="theirs")

    with pytest.raises(ValidationError, match="belongs to another institute"):
        quiz.full_clean()


def test_a_quiz_keeps_a_pool_of_its_own_institute(module: ModulePage) -> None:
    quiz = factory.quiz(module)

    quiz.full_clean()


def test_the_preview_of_a_quiz_shows_its_rules_and_no_start(module: ModulePage) -> None:
    quiz: QuizPage = factory.quiz(module, minutes_allowed=20)

    page = quiz.make_preview_request().rendered_content

    assert "drawn from a larger pool" in page
    assert "20 minutes" in page
    assert "Start the quiz" not in page
