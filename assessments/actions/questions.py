"""Keeping questions: drafting, publishing and retiring them. Nothing that was asked is ever changed."""

from datetime import datetime

from django.db import transaction

from assessments import rules
from assessments.actions.versions import Wording, question_version
from assessments.content_files.questions import faults_of
from assessments.models import Pool, Question, QuestionVersion
from lms.audit.trail import record
from lms.people.models import User
from lms.people.refusals import Refusal


class QuestionUnfit(Refusal):
    """The question cannot be asked as it is written; `faults` says why, a sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


class NotYourQuestions(Refusal):
    """This person does not keep the questions of this institute."""


class AlreadyRetired(Refusal):
    """Only a live or drafted question can be retired."""


def draft(pool: Pool, key: str, wording: Wording, *, by: User, at: datetime) -> Question:
    """Keep a new question that no quiz draws yet. Raises NotYourQuestions."""
    _check_keeper(pool, by)
    with transaction.atomic():
        question = Question.objects.create(institute=pool.institute, pool=pool, key=key)
        question_version(question, wording, by=by, at=at)
        return question


def redraft(question: Question, wording: Wording, *, by: User, at: datetime) -> QuestionVersion:
    """Keep another wording of a question that was never live. Raises NotYourQuestions, QuestionUnfit."""
    _check_keeper(question.pool, by)
    if question.state != Question.State.DRAFT:
        raise QuestionUnfit(["This question is asked already: a change of it is published, not drafted."])
    return question_version(question, wording, by=by, at=at)


def publish(question: Question, wording: Wording, *, by: User, at: datetime) -> QuestionVersion:
    """Ask the question in these words from the next attempt on; attempts under way keep theirs.

    Raises NotYourQuestions, or QuestionUnfit with every fault of the wording.
    """
    _check_keeper(question.pool, by)
    check(wording)
    with transaction.atomic():
        version = question_version(question, wording, by=by, at=at)
        Question.objects.filter(pk=question.pk).update(state=Question.State.LIVE)
        _record("question.published", question, by, at, version)
        return version


def check(wording: Wording) -> None:
    """Raise QuestionUnfit with every fault that keeps these words from being asked."""
    faults = list(faults_of(wording.kind, wording.body))
    if not wording.stem.strip():
        faults.insert(0, "The question is not written yet.")
    if faults:
        raise QuestionUnfit(faults)


def retire(question: Question, *, by: User, at: datetime) -> None:
    """Draw the question no more; what was asked of it stays. Raises NotYourQuestions, AlreadyRetired."""
    _check_keeper(question.pool, by)
    with transaction.atomic():
        standing = Question.objects.filter(pk=question.pk).exclude(state=Question.State.RETIRED)
        if not standing.update(state=Question.State.RETIRED):
            raise AlreadyRetired("This question is retired already. Publish it to ask it again.")
        _record("question.retired", question, by, at, question.versions.latest("number"))


def _check_keeper(pool: Pool, by: User) -> None:
    if not rules.may_keep_questions(by, pool.institute):
        raise NotYourQuestions("Only authors of the institute keep its questions.")


def _record(verb: str, question: Question, by: User, at: datetime, version: QuestionVersion) -> None:
    institute, facts = question.institute, {"key": question.key, "version": version.number}
    record(verb, question, by=by, at=at, institute=institute, facts=facts)
