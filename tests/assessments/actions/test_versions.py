"""Pinning: versions are made on first use, found again by content, and never edited."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import DatabaseError, transaction

from assessments.actions import versions
from assessments.actions.versions import Wording
from assessments.models import Pool, Question, QuestionVersion, QuizPage, QuizVersion
from lms.people.models import Institute, User
from tests.factories import assessments as factory
from tests.factories import courses as course_factory


@pytest.fixture
def question(aldermoor: Institute) -> Question:
    pool = Pool.objects.create(institute=aldermoor, slug="m11", title="M1.1")
    return Question.objects.create(institute=aldermoor, pool=pool, key="m11-purchase")


@pytest.fixture
def wording(aldermoor: Institute) -> Wording:
    return Wording(
        kind="single",
        demand="apply",
        level="foundation",
        competency=course_factory.competency(aldermoor),
        lesson=None,
        stem="What has she asked for?",
        body=factory.single_choice(),
    )


def test_the_same_wording_is_the_same_version(
    question: Question, wording: Wording, adil: User, at: datetime
) -> None:
    first = versions.question_version(question, wording, by=adil, at=at)
    second = versions.question_version(question, replace(wording), by=None, at=at)

    assert second == first
    assert (first.number, first.made_by) == (1, adil)


def test_each_change_of_wording_makes_the_next_version(
    question: Question, wording: Wording, adil: User, at: datetime
) -> None:
    versions.question_version(question, wording, by=adil, at=at)
    changed = versions.question_version(question, replace(wording, stem="What is it?"), by=adil, at=at)

    assert changed.number == 2


def test_a_wording_that_comes_back_is_the_newest_version_again(
    question: Question, wording: Wording, adil: User, at: datetime
) -> None:
    other = replace(wording, stem="What is it?")

    numbers = [
        versions.question_version(question, each, by=adil, at=at).number
        for each in (wording, other, wording, wording, other, other)
    ]

    assert numbers == [1, 2, 3, 3, 4, 4]


def test_a_version_can_be_neither_changed_nor_deleted(
    question: Question, wording: Wording, adil: User, at: datetime
) -> None:
    version = versions.question_version(question, wording, by=adil, at=at)
    row = QuestionVersion.objects.filter(pk=version.pk)

    for wrong in (lambda: row.update(stem="Another"), row.delete):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            wrong()


def test_a_quiz_is_pinned_once_while_nothing_changes(quiz: QuizPage, at: datetime) -> None:
    first = versions.quiz_version(quiz, at)
    second = versions.quiz_version(quiz, at)

    assert second == first
    assert first.questions.count() == 4


def test_a_changed_rule_a_changed_question_and_a_retired_one_each_pin_the_quiz_anew(
    quiz: QuizPage, wording: Wording, at: datetime
) -> None:
    versions.quiz_version(quiz, at)

    quiz.pass_percent = 80
    versions.quiz_version(quiz, at)
    question = quiz.pool.questions.first()
    changed = versions.question_version(question, wording, by=None, at=at)
    quiz.pool.questions.filter(pk=question.pk).update(asked=changed.number)
    versions.quiz_version(quiz, at)
    quiz.pool.questions.filter(pk=question.pk).update(state=Question.State.RETIRED)
    last = versions.quiz_version(quiz, at)

    assert [version.number for version in QuizVersion.objects.all()] == [1, 2, 3, 4]
    assert last.questions.count() == 3


def test_the_version_that_a_live_question_asks_is_in_force_and_not_a_newer_one(
    question: Question, wording: Wording, at: datetime
) -> None:
    asked = versions.question_version(question, wording, by=None, at=at)
    versions.question_version(question, replace(wording, stem="What is it?"), by=None, at=at)
    as_draft = list(QuestionVersion.objects.in_force())
    Question.objects.update(state=Question.State.LIVE, asked=asked.number)

    assert as_draft == []
    assert list(QuestionVersion.objects.in_force()) == [asked]
