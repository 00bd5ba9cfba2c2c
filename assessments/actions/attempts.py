"""An attempt's life: start, save, submit; and the sweep that submits what its deadline has overtaken."""

import logging
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from assessments import drawing, rules
from assessments.actions import results, versions
from assessments.models import (
    Adjustment,
    Answer,
    Attempt,
    AttemptQuestion,
    QuestionVersion,
    QuizPage,
    QuizVersion,
    Response,
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


class NotYourAttempt(Refusal):
    """The attempt is somebody else's, or in a course that its learner has left."""


class AnswerLate(Refusal):
    """The answer came after the end; it was kept and does not count."""


class AnswerStale(Refusal):
    """The answer came from a page that had not seen the newest one; both are kept, `newer` counts."""

    def __init__(self, sentence: str, newer: Answer | None) -> None:
        super().__init__(sentence)
        self.newer = newer


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


def save(
    attempt: Attempt, position: int, response: object, *, base_revision: int, by: User, at: datetime
) -> Answer:
    """Keep an answer; `base_revision` is the newest one that the page had seen, 0 for none.

    Raises AnswerLate or AnswerStale after having kept the answer beside the one that counts, and
    NotYourAttempt. Saving what is saved already adds nothing, so that a request may be repeated.
    """
    with transaction.atomic():
        locked = _locked(attempt, "enrolment")
        if not rules.may_answer(by, locked):
            raise NotYourAttempt("This attempt cannot be continued, because its course was left.")
        asked = locked.questions.get(position=position)
        earlier = list(asked.answers.all())
        newest = next((each for each in reversed(earlier) if each.counts), None)
        digest = chain.digest(response)
        if newest and newest.response_digest == digest:
            return newest
        answer = Answer(
            asked=asked,
            response_digest=digest,
            received_at=at,
            is_late=not (locked.is_open and rules.is_in_time(locked, at)),
            is_stale=base_revision != (newest.revision if newest else 0),
        )
        answer = _kept(answer, response, earlier)
    if answer.is_late:
        raise AnswerLate(_too_late(locked))
    if answer.is_stale:
        raise AnswerStale("You answered this question in another window since this page was opened.", newest)
    return answer


def submit(attempt: Attempt, *, by: User, at: datetime) -> Attempt:
    """Hand the attempt in and score it. A second call returns it with the same receipt.

    After the deadline what was saved in time is handed in. Raises NotYourAttempt.
    """
    with transaction.atomic():
        locked = _locked(attempt, *FOR_CLOSING)
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
    pool = version.questions.select_related("question", "competency__domain")
    versions_by_key = {str(each.question.uuid): each for each in pool}
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


def _locked(attempt: Attempt, *related: str) -> Attempt:
    """The attempt as it is now, held until the transaction ends: saves and hand-in come one by one."""
    held = Attempt.objects.select_for_update(no_key=True, of=("self",))
    return held.select_related(*related).get(pk=attempt.pk)


def _kept(answer: Answer, response: object, earlier: list[Answer]) -> Answer:
    """The answer as the next of its question; a request that is repeated finds the one that it made."""
    last = earlier[-1] if earlier else None
    if last and last.is_repeated_by(answer):
        return last
    answer.revision = last.revision + 1 if last else 1
    answer.save()
    Response.objects.create(answer=answer, body=response)
    return answer


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
            attempt = _locked(Attempt(pk=pk), *FOR_CLOSING)
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


def _too_late(attempt: Attempt) -> str:
    if attempt.is_open:
        return "Your time for this attempt is over. The answers that were saved before are handed in by themselves."
    return "This attempt has been handed in. What you chose after that was kept and does not count."
