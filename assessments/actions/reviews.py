"""Reviewing questions: a second person reads a version, and it is asked or goes back to its author."""

from datetime import datetime

from django.db import transaction

from assessments import rules
from assessments.actions.questions import ask, check_keeper, record_question
from assessments.models import Question, QuestionReview, QuestionVersion, ReviewRemark
from lms.people.models import User
from lms.people.refusals import Refusal

Decision = QuestionReview.Decision


class OwnWords(Refusal):
    """The author of a version does not review it."""


class NothingWaits(Refusal):
    """This version does not wait for review: it was decided, or its author has changed it."""


class RemarkMissing(Refusal):
    """Whoever sends a question back says what to change."""


def approve(
    question: Question, version: QuestionVersion, *, by: User, at: datetime, remark: str = ""
) -> QuestionReview:
    """Let the version be asked from the next attempt on. Raises NotYourQuestions, OwnWords, NothingWaits."""
    with transaction.atomic():
        review = _decide(question, version, Decision.APPROVE, remark, by, at)
        ask(question, version)
        record_question("question.approved", question, by, at, version)
        return review


def send_back(
    question: Question, version: QuestionVersion, *, by: User, at: datetime, remark: str
) -> QuestionReview:
    """Tell the author what to change; attempts go on with the version before.

    Raises NotYourQuestions, OwnWords, NothingWaits, RemarkMissing.
    """
    if not remark.strip():
        raise RemarkMissing("Say what the author has to change.")
    with transaction.atomic():
        review = _decide(question, version, Decision.SEND_BACK, remark, by, at)
        record_question("question.sent_back", question, by, at, version)
        return review


def refuse_unless_reviewable(question: Question, version: QuestionVersion, by: User) -> None:
    """Raise NotYourQuestions, NothingWaits or OwnWords where this person may not review this version now."""
    check_keeper(question.pool, by)
    if question.proposed != version.number:
        raise NothingWaits(
            f"Version {version.number} of this question does not wait for review: "
            "it has been decided, or changed in the meantime."
        )
    if not rules.may_review_question(by, version):
        raise OwnWords("You wrote this version, so another author of the institute has to review it.")


def _decide(
    question: Question, version: QuestionVersion, decision: Decision, remark: str, by: User, at: datetime
) -> QuestionReview:
    refuse_unless_reviewable(question, version, by)
    if not Question.objects.filter(pk=question.pk, proposed=version.number).update(proposed=None):
        raise NothingWaits("Somebody has decided on this version, or changed it, since you opened the page.")
    review = QuestionReview.objects.create(
        version=version, author=version.made_by, reviewer=by, decision=decision, reviewed_at=at
    )
    if remark.strip():
        ReviewRemark.objects.create(review=review, text=remark.strip())
    return review
