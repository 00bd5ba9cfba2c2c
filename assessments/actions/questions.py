"""Keeping questions: drafting, publishing, retiring them and bringing them back. Nothing that was asked is ever changed."""

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


class NotRetired(Refusal):
    """Only a retired question can be brought back."""


def draft(pool: Pool, key: str, wording: Wording, *, by: User, at: datetime) -> Question:
    """Keep a new question that no quiz draws yet. Raises NotYourQuestions."""
    check_keeper(pool, by)
    with transaction.atomic():
        question = Question.objects.create(institute=pool.institute, pool=pool, key=key)
        question_version(question, wording, by=by, at=at)
        return question


def redraft(question: Question, wording: Wording, *, by: User, at: datetime) -> QuestionVersion:
    """Keep another wording; what attempts draw stays as it is, and what waited for review waits no more.

    Raises NotYourQuestions.
    """
    check_keeper(question.pool, by)
    with transaction.atomic():
        version = question_version(question, wording, by=by, at=at)
        overtaken = Question.objects.filter(pk=question.pk, proposed__lt=version.number)
        overtaken.update(proposed=None)
        return version


def publish(question: Question, wording: Wording, *, by: User, at: datetime) -> QuestionVersion:
    """Ask the question in these words from the next attempt on, or have them reviewed first where it counts.

    Attempts under way keep their words. Raises NotYourQuestions, or QuestionUnfit with every fault.
    """
    check_keeper(question.pool, by)
    check(wording)
    with transaction.atomic():
        version = question_version(question, wording, by=by, at=at)
        _put_forward(question, version, by, at)
        return version


def publish_new(pool: Pool, key: str, wording: Wording, *, by: User, at: datetime) -> Question:
    """Keep a new question and publish it at once, or neither. Raises as `publish` does."""
    with transaction.atomic():
        question = draft(pool, key, wording, by=by, at=at)
        publish(question, wording, by=by, at=at)
        return question


def check(wording: Wording) -> None:
    """Raise QuestionUnfit with every fault that keeps these words from being asked."""
    faults = list(faults_of(wording.kind, wording.body))
    if not wording.stem.strip():
        faults.insert(0, "The question is not written yet.")
    if faults:
        raise QuestionUnfit(faults)


def retire(question: Question, *, by: User, at: datetime) -> None:
    """Draw the question no more; what was asked of it stays. Raises NotYourQuestions, AlreadyRetired."""
    check_keeper(question.pool, by)
    with transaction.atomic():
        standing = Question.objects.filter(pk=question.pk).exclude(state=Question.State.RETIRED)
        if not standing.update(state=Question.State.RETIRED, proposed=None):
            raise AlreadyRetired("This question is retired already. Bring it back to ask it again.")
        record_question("question.retired", question, by, at, question.versions.latest("number"))


def bring_back(question: Question, *, by: User, at: datetime) -> QuestionVersion:
    """Ask a retired question again, in the words in which it was asked last.

    One that was retired as a draft is a draft again. Raises NotYourQuestions, NotRetired.
    """
    check_keeper(question.pool, by)
    with transaction.atomic():
        state = Question.State.LIVE if question.asked else Question.State.DRAFT
        retired = Question.objects.filter(pk=question.pk, state=Question.State.RETIRED, asked=question.asked)
        if not retired.update(state=state):
            raise NotRetired("This question is not retired, so there is nothing to bring back.")
        version = question.versions.filter(number=question.asked).first() or question.versions.latest(
            "number"
        )
        record_question("question.brought_back", question, by, at, version)
        return version


def ask(question: Question, version: QuestionVersion) -> None:
    """Let attempts that begin from now on draw this version."""
    now = {"state": Question.State.LIVE, "asked": version.number, "proposed": None}
    Question.objects.filter(pk=question.pk).update(**now)


def check_keeper(pool: Pool, by: User) -> None:
    """Raise NotYourQuestions for anybody but an author of the pool's institute."""
    if not rules.may_keep_questions(by, pool.institute):
        raise NotYourQuestions("Only authors of the institute keep its questions.")


def record_question(verb: str, question: Question, by: User, at: datetime, version: QuestionVersion) -> None:
    """Write the deed into the institute's trail, with the version it was done to."""
    institute, facts = question.institute, {"key": question.key, "version": version.number}
    record(verb, question, by=by, at=at, institute=institute, facts=facts)


def _put_forward(question: Question, version: QuestionVersion, by: User, at: datetime) -> None:
    if rules.needs_review(question.pool) and not rules.is_reviewed(version):
        if rules.was_sent_back(version):
            raise QuestionUnfit(
                ["These words were sent back by a reviewer. Change them, then publish again."]
            )
        Question.objects.filter(pk=question.pk).update(proposed=version.number)
        record_question("question.proposed", question, by, at, version)
        return
    ask(question, version)
    record_question("question.published", question, by, at, version)
