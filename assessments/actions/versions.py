"""Pinning: what was asked, and by which rules, as rows that are never edited and found again by content."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from assessments import rules
from assessments.models import CasePage, CaseVersion, Question, QuestionVersion, QuizPage, QuizVersion
from courses.models import Competency, StepPage
from lms.audit import chain
from lms.people.models import User


@dataclass(frozen=True)
class Wording:
    """What a question version says: all of it that an author can change."""

    kind: str
    demand: str
    level: str
    competency: Competency
    lesson: StepPage | None
    stem: str
    body: Mapping[str, Any]

    def columns(self) -> dict[str, Any]:
        """The wording as columns of a question version."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def content(self) -> dict[str, Any]:
        """The wording as plain values, without the row numbers of one database."""
        return {
            **self.columns(),
            "competency": self.competency.code,
            "lesson": self.lesson.slug if self.lesson else "",
        }


def next_version(versions: models.QuerySet[Any], content: Mapping[str, Any]) -> tuple[int, str] | None:
    """The number and digest of the version that this content needs; None where the newest holds it.

    Content that comes back after a change gets a version, and a digest, of its own: the newest
    version is the one in force.
    """
    newest = versions.order_by("-number").first()
    number = newest.number + 1 if newest else 1
    plain = chain.digest(content)
    if newest and newest.digest in {plain, chain.digest([content, newest.number])}:
        return None
    if versions.filter(digest=plain).exists():
        return number, chain.digest([content, number])
    return number, plain


def question_version(
    question: Question, wording: Wording, *, by: User | None, at: datetime
) -> QuestionVersion:
    """The version of the question that says this: the newest if it does, else a new one."""
    needed = next_version(question.versions.all(), wording.content())
    if needed is None:
        return question.versions.latest("number")
    number, digest = needed
    try:
        with transaction.atomic():
            return question.versions.create(
                number=number, digest=digest, made_at=at, made_by=by, **wording.columns()
            )
    except IntegrityError:
        # Somebody took the same number at the same instant; theirs is the newest now.
        return question_version(question, wording, by=by, at=at)


def quiz_version(quiz: QuizPage, at: datetime) -> QuizVersion:
    """The quiz's rules and the questions it asks now, pinned on first use."""
    asked = rules.asked_by(quiz)
    found = list(asked.order_by("question__key").values_list("pk", "question__uuid", "number"))
    terms = {
        name: getattr(quiz, name)
        for name in ("draw", "pass_percent", "minutes_allowed", "attempts_allowed", "review")
    }
    # A quiz without a blueprint has the digest that it had before there were any.
    by_rows = {"blueprint": quiz.rows_written, "domains_to_pass": quiz.domains_to_pass}
    terms |= {name: value for name, value in by_rows.items() if value}
    digest = chain.digest({**terms, "questions": [f"{question}:{number}" for _, question, number in found]})
    return _pinned(quiz, digest, terms, at, questions=[pk for pk, _, _ in found])


def case_version(page: CasePage, at: datetime) -> CaseVersion:
    """The case's story, key and rules as they are now, pinned on first use."""
    terms = {
        "body": page.case.body,
        **{name: getattr(page, name) for name in ("pass_percent", "minutes_allowed", "attempts_allowed")},
    }
    return _pinned(page, chain.digest(terms), terms, at)


def _pinned(
    page: QuizPage | CasePage, digest: str, terms: Mapping[str, Any], at: datetime, **pinned: list[int]
) -> Any:
    """The version of the page with this digest, made where there is none; `pinned` are the rows that it keeps beside."""
    if found := page.versions.filter(digest=digest).first():
        return found
    newest = page.versions.aggregate(number=models.Max("number", default=0))
    try:
        with transaction.atomic():
            version = page.versions.create(number=newest["number"] + 1, digest=digest, made_at=at, **terms)
            for name, keys in pinned.items():
                getattr(version, name).add(*keys)
            return version
    except IntegrityError:
        # Two learners began at the same instant, and the other one pinned it.
        return _pinned(page, digest, terms, at, **pinned)
