"""A whole quiz as a learner without scripts takes it: start, answer twenty questions, check, hand in, read the review."""

from dataclasses import dataclass

from django import forms

from assessments.forms.answers import form_for
from assessments.models import Attempt, AttemptQuestion, QuizPage
from assessments.views.attempt_pages import prefix_of
from lms.benchmark.lines import Fields, Line, ask
from lms.benchmark.newcomers import foundations, newcomer
from lms.benchmark.pages import QUESTIONS, signed_in


@dataclass
class WholeQuiz:
    """One attempt from its start to its review, by somebody new each time; all questions stand on one page."""

    quiz: QuizPage
    name: str = "whole quiz: start, 20 answers, hand in, review"
    budget: int = 330
    weight: float = 1 / 8

    def make(self, line: Line) -> int:
        """Take it, signed in already."""
        enrolment = newcomer()
        cookie = signed_in(enrolment.learner.email)
        ask(line, f"/my/enrolments/{enrolment.uuid}/steps/{self.quiz.pk}/attempt/", cookie, {})
        attempt = Attempt.objects.get(enrolment=enrolment)
        place = f"/my/attempts/{attempt.uuid}/"
        ask(line, f"{place}questions/", cookie, _answers(attempt))
        return len(ask(line, f"{place}submit/", cookie, {}).body)


def whole_quiz() -> WholeQuiz:
    """The second quiz of the course, with all its questions on one page."""
    quiz = QuizPage.objects.descendant_of(foundations()).order_by("path")[1]
    quiz.draw, quiz.layout = QUESTIONS, QuizPage.Layout.ALL
    quiz.save(update_fields=["draw", "layout"])
    return WholeQuiz(quiz)


def _answers(attempt: Attempt) -> Fields:
    """An answer to every question that its form takes, right or wrong."""
    return {
        name: value
        for asked in attempt.questions.select_related("version")
        for name, value in _answer(asked).items()
    }


def _answer(asked: AttemptQuestion) -> Fields:
    form = form_for(asked.version).showing(asked.version, asked.option_order, None, 0, prefix_of(asked))
    base, *answered = form.fields
    chosen = {name: _choice(form.fields[name], number) for number, name in enumerate(answered)}
    return {form.add_prefix(name): value for name, value in {base: 0, **chosen}.items()}


def _choice(field: forms.Field, number: int) -> object:
    """A choice that no other field of the question makes, so that an order is whole."""
    if isinstance(field, forms.ChoiceField):
        choices = [value for value, _ in field.choices if value]  # type: ignore[union-attr]
        return choices[number % len(choices)]
    return "1"
