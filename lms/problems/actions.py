"""Reporting a problem, and answering it once."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from lms.audit.trail import record
from lms.people.models import Institute, User
from lms.people.refusals import Refusal
from lms.problems import notices, rules
from lms.problems.models import AnswerWords, Kind, Problem, ProblemAnswer, ProblemWords

REPORTS_AN_HOUR = 20


class TooManyReports(Refusal):
    """This person has reported a great deal within the hour."""


class NotToBeAnswered(Refusal):
    """The problem has its answer already, or lies on another desk."""


@dataclass(frozen=True)
class Subject:
    """What is reported: `title` and `address` are the institute's own, and name no person."""

    institute: Institute
    kind: Kind
    uuid: UUID
    title: str
    address: str


def report(subject: Subject, text: str, *, by: User | None, email: str = "", at: datetime) -> Problem:
    """Bring a problem to its desk; the same words about the same thing, while open, are one report.

    `email` is where a stranger wants the answer. Raises TooManyReports for somebody with an account.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic():
        # Its row is the lock that makes one report of two clicks.
        Institute.objects.select_for_update(no_key=True).get(pk=subject.institute.pk)
        again = Problem.objects.open().filter(subject=subject.uuid, reporter=by, words_digest=digest).first()
        if again:
            return again
        if by and by.problems.filter(reported_at__gt=at - timedelta(hours=1)).count() >= REPORTS_AN_HOUR:
            raise TooManyReports(
                "You have reported a great deal within an hour, and it is being read. Come back in a while."
            )
        problem = Problem.objects.create(
            institute=subject.institute,
            kind=subject.kind,
            subject=subject.uuid,
            title=subject.title,
            address=subject.address,
            reporter=by,
            words_digest=digest,
            reported_at=at,
        )
        ProblemWords.objects.create(problem=problem, text=text, email="" if by else email)
        notices.reported(problem, at)
        record(
            "problem.reported",
            problem,
            by=by,
            at=at,
            institute=subject.institute,
            facts={"kind": subject.kind.value, "subject": str(subject.uuid)},
        )
        return problem


def answer(problem: Problem, state: Problem.State, text: str, *, by: User, at: datetime) -> ProblemAnswer:
    """Answer a problem, or close it, with a sentence to whoever reported it. Raises NotToBeAnswered."""
    if not rules.may_answer(by, problem):
        raise NotToBeAnswered("This problem lies on another desk.")
    with transaction.atomic():
        if not Problem.objects.open().filter(pk=problem.pk).update(state=state):
            raise NotToBeAnswered("This problem was answered meanwhile. Nothing was sent twice.")
        given = ProblemAnswer.objects.create(problem=problem, by=by, at=at)
        AnswerWords.objects.create(answer=given, text=text)
        notices.answered(problem, text, at)
        record(f"problem.{state}", problem, by=by, at=at, institute=problem.institute)
        return given
