"""What a submitted attempt came to: marks, receipt, each question, and what to do next."""

from collections.abc import Iterable
from typing import Any

from assessments import rules
from assessments.actions.results import response_of
from assessments.models import Attempt, AttemptQuestion, ResultEvent
from assessments.views.review import Reviewed, reviewed
from courses.models import Enrolment, Fact
from courses.models.outlines import address, outline_shown
from courses.outline import NotInOutline, Step

# The receipt is read out and compared in groups of this many characters.
GROUP = 8


def result_page(attempt: Attempt) -> dict[str, Any]:
    """The page of a submitted attempt, which its own learner may read."""
    found = rules.standing(attempt.enrolment, attempt.quiz)
    with_key = rules.may_review_keys(attempt, found)
    answers = attempt.counted_answers()
    asked = list(attempt.questions.select_related("version", "version__lesson"))
    questions = [reviewed(each, response_of(answers.get(each.position)), with_key=with_key) for each in asked]
    with_reasons = rules.may_review(attempt, found)
    score = attempt.score
    return {
        "attempt": attempt,
        "quiz": attempt.quiz,
        "quiz_url": address(attempt.quiz.url_path),
        "course": attempt.enrolment.course,
        "course_url": address(attempt.enrolment.course.url_path),
        "standing": found,
        "score": score,
        "percent": int(100 * score.points / score.marks_available),
        "questions": _with_sources(questions, attempt) if with_reasons else (),
        "with_key": with_key,
        "answered": sum(question.state != "blank" for question in questions),
        "receipt": in_groups(attempt.receipt),
        "lessons": _lessons(asked, questions),
        "withdrawn": withdrawal_of(result__attempt=attempt),
        "next_step": next_step_after(attempt.enrolment, attempt.quiz_id)
        if found.has_passed or found.quiz.is_practice
        else None,
    }


def _lessons(asked: Iterable[AttemptQuestion], questions: Iterable[Reviewed]) -> list[dict[str, str]]:
    """The lessons that teach what was missed, each once, in the order of the questions."""
    missed = {
        each.version.lesson.pk: each.version.lesson
        for each, question in zip(asked, questions, strict=True)
        if question.state != "right" and each.version.lesson
    }
    in_order = sorted(missed.values(), key=lambda lesson: lesson.path)
    return [{"title": lesson.title, "url": address(lesson.url_path)} for lesson in in_order if lesson.live]


def _with_sources(questions: Iterable[Reviewed], attempt: Attempt) -> list[dict[str, Any]]:
    keys = {key for question in questions for key in question.facts}
    found = Fact.objects.filter(institute=attempt.quiz.pool.institute_id, key__in=keys) if keys else ()
    facts = {fact.key: fact for fact in found}
    return [
        {"asked": question, "sources": [facts[key] for key in question.facts if key in facts]}
        for question in questions
    ]


def in_groups(receipt: str) -> list[str]:
    """The receipt in pieces that a person can read out."""
    return [receipt[n : n + GROUP] for n in range(0, len(receipt), GROUP)]


def withdrawal_of(**of: object) -> ResultEvent | None:
    """The event that took the result back, with the words to the learner, if one did."""
    withdrawn = ResultEvent.objects.filter(kind=ResultEvent.Kind.WITHDRAWN, **of)
    return withdrawn.select_related("reason").first()


def next_step_after(enrolment: Enrolment, step: int) -> Step | None:
    """What follows a step (by key) in its course; nothing where the step is gone from it."""
    try:
        return outline_shown(enrolment.course).after(step)
    except NotInOutline:
        return None
