"""An attempt's life: start and submit; and the sweep that submits what its deadline has overtaken."""

import logging
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from assessments import drawing, rules
from assessments.actions import results, versions
from assessments.actions.answers import NotYourAttempt
from assessments.models import (
    Adjustment,
    Answer,
    Attempt,
    AttemptQuestion,
    QuestionVersion,
    QuizPage,
    QuizVersion,
)
from courses.models import Enrolment
from lms.audit import chain
from lms.audit.trail import record
from lms.people.models import User
from lms.people.refusals import Refusal

logger = logging.getLogger(__name__)

# What closing an attempt reads of the rows beside it.
FOR_CLOSING = ("enrolment", "quiz__pool__institute", "version")


class NoAttemptToBegin(Refusal):
    """This learner may not begin an attempt at this quiz now."""


class QuizNotReady(Refusal):
    """The pool holds fewer live questions than the quiz draws."""


def start(enrolment: Enrolment, quiz: QuizPage, *, by: User, at: datetime) -> Attempt:
    """Begin an attempt, or return the one that is open: two clicks begin one.

    Raises NoAttemptToBegin or QuizNotReady.
    """
    with transaction.atomic():
        Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
        found = rules.standing(enrolment, quiz)
        if found.open_attempt and rules.may_answer(by, found.open_attempt):
            return found.open_attempt
        if not rules.may_attempt(by, enrolment, found):
            raise NoAttemptToBegin(_why_not(enrolment, found))
        return _begin(enrolment, quiz, at)


def submit(attempt: Attempt, *, by: User, at: datetime) -> Attempt:
    """Hand the attempt in and score it. A second call returns it with the same receipt.

    After the deadline what was saved in time is handed in. Raises NotYourAttempt.
    """
    with transaction.atomic():
        locked = Attempt.objects.held(*FOR_CLOSING).get(pk=attempt.pk)
        if not locked.is_open:
            return locked
        if not rules.may_answer(by, locked):
            raise NotYourAttempt("This attempt cannot be handed in, because its course was left.")
        in_time = rules.is_in_time(locked, at)
        return _close(locked, Attempt.ClosedBy.LEARNER if in_time else Attempt.ClosedBy.DEADLINE, by, at)


def close_overdue(at: datetime) -> int:
    """Submit every open attempt whose deadline and grace have passed, with what was saved."""
    overdue = Attempt.objects.overdue(at - rules.GRACE).order_by("deadline_at")
    return sum(_close_one(pk, at) for pk in list(overdue.values_list("pk", flat=True)))


def extra_percent(enrolment: Enrolment) -> int:
    """How much more time this learner has agreed with the course's institute, in per cent of the limit."""
    agreed = Adjustment.objects.filter(
        institute=enrolment.course.institute_id, learner=enrolment.learner_id, ended_at__isnull=True
    )
    return agreed.values_list("extra_percent", flat=True).first() or 0


def receipt(attempt: Attempt, counted: Mapping[int, tuple[int, str]]) -> str:
    """Digest of the answers that count, by place as (revision, digest); changes if one were lost or altered."""
    answers = [[place, *counted[place]] for place in sorted(counted)]
    return chain.digest({"attempt": str(attempt.uuid), "answers": answers})


def _begin(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> Attempt:
    version = versions.quiz_version(quiz, at)
    extra = extra_percent(enrolment)
    seed = secrets.token_hex(32)
    drawn = _draw(seed, version, _met(enrolment, quiz) if version.blueprint else Counter())
    limit = timedelta(seconds=quiz.minutes_allowed * 60 * (100 + extra) // 100)
    number = enrolment.attempts.filter(quiz=quiz).aggregate(last=Max("number", default=0))["last"] + 1
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                enrolment=enrolment,
                quiz=quiz,
                version=version,
                number=number,
                seed=seed,
                started_at=at,
                deadline_at=at + limit if limit else None,
                extra_percent=extra,
            )
            AttemptQuestion.objects.bulk_create(_asked(attempt, drawn))
            return attempt
    except IntegrityError:
        # Two of them began at once past the lock, and the database kept one.
        return enrolment.attempts.open().get(quiz=quiz)


def _met(enrolment: Enrolment, quiz: QuizPage) -> Counter[str]:
    """How often the learner was asked each question in earlier attempts at the quiz."""
    asked = AttemptQuestion.objects.filter(
        attempt__quiz=quiz, attempt__enrolment__learner=enrolment.learner_id
    )
    return Counter(str(uuid) for uuid in asked.values_list("version__question__uuid", flat=True))


def _draw(seed: str, version: QuizVersion, met: Counter[str]) -> list[QuestionVersion]:
    pool = version.questions.select_related(
        "question", *(["competency__domain"] if version.blueprint else [])
    )
    versions_by_key = {str(each.question.uuid): each for each in pool.order_by()}
    try:
        if version.blueprint:
            cells = {key: each.cell for key, each in versions_by_key.items()}
            keys = drawing.draw_by_rows(bytes.fromhex(seed), cells, version.rows, met)
        else:
            keys = drawing.draw(bytes.fromhex(seed), versions_by_key, version.draw)
    except drawing.PoolTooSmall as shortage:
        raise QuizNotReady(f"{shortage} Tell your institute, which keeps the questions.") from shortage
    return [versions_by_key[key] for key in keys]


def _asked(attempt: Attempt, drawn: Iterable[QuestionVersion]) -> Iterator[AttemptQuestion]:
    for position, version in enumerate(drawn, start=1):
        order = drawing.shuffled(
            bytes.fromhex(attempt.seed), str(version.question.uuid), version.shuffled_keys
        )
        yield AttemptQuestion(attempt=attempt, position=position, version=version, option_order=list(order))


def _close(attempt: Attempt, closed_by: Attempt.ClosedBy, by: User | None, at: datetime) -> Attempt:
    """Turn an open attempt into a submitted and scored one; the caller holds its row."""
    answers = attempt.counted_answers()
    closed = Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.OPEN).update(
        state=Attempt.State.SUBMITTED,
        submitted_at=at,
        closed_by=closed_by,
        receipt=_receipt(attempt, answers),
    )
    attempt.refresh_from_db(fields=["state", "submitted_at", "closed_by", "receipt"])
    if closed:
        results.score(attempt, answers, at=at)
        record(
            "attempt.submitted",
            attempt,
            by=by,
            at=at,
            institute=attempt.quiz.pool.institute,
            facts={"number": attempt.number, "closed_by": closed_by, "receipt": attempt.receipt},
        )
    return attempt


def _close_one(pk: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            attempt = Attempt.objects.held(*FOR_CLOSING).get(pk=pk)
            return attempt.is_open and not _close(attempt, Attempt.ClosedBy.DEADLINE, None, at).is_open
    except Exception:
        # One attempt that cannot be closed must not keep every other learner's open.
        logger.exception("The overdue attempt %s could not be closed.", pk)
        return False


def _receipt(attempt: Attempt, answers: dict[int, Answer]) -> str:
    return receipt(attempt, {place: (each.revision, each.response_digest) for place, each in answers.items()})


def _why_not(enrolment: Enrolment, found: rules.Standing) -> str:
    if not enrolment.is_open:
        return "You have left this course. Enrol again to take its quizzes."
    if found.has_passed:
        return "You have passed this quiz. There is nothing more to do here."
    return (
        f"You have used all {found.allowed} attempts at this quiz. "
        "Ask your institute: somebody there can give you another one."
    )
