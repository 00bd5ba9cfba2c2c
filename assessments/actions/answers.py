"""Keeping what a learner answers: nothing is overwritten, and each answer says whether it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments import rules
from assessments.models import Answer, Attempt, AttemptQuestion, Response
from lms.audit import chain
from lms.people.models import User
from lms.people.refusals import Refusal


class NotYourAttempt(Refusal):
    """The attempt is somebody else's, or in a course that its learner has left."""


class AnswerLate(Refusal):
    """The answer came after the end; it was kept and does not count."""


class AnswerStale(Refusal):
    """The answer came from a page that had not seen the newest one; both are kept, `newer` counts."""

    def __init__(self, newer: Answer | None) -> None:
        super().__init__("You answered this question in another window since this page was opened.")
        self.newer = newer


@dataclass(frozen=True)
class Given:
    """What a page sends for one question; `base_revision` is the newest answer it had seen, 0 for none."""

    asked: AttemptQuestion
    response: object
    base_revision: int


@dataclass(frozen=True)
class Kept:
    """What became of it; `newer` counts in its place where the answer is stale."""

    answer: Answer
    newer: Answer | None


def save(
    attempt: Attempt, position: int, response: object, *, base_revision: int, by: User, at: datetime
) -> Answer:
    """Keep one answer, as `save_all` does; raises AnswerStale as well, after having kept it."""
    asked = attempt.questions.get(position=position)
    kept = save_all(attempt, [Given(asked, response, base_revision)], by=by, at=at)[position]
    if kept.answer.is_stale:
        raise AnswerStale(kept.newer)
    return kept.answer


def save_all(attempt: Attempt, given: Sequence[Given], *, by: User, at: datetime) -> dict[int, Kept]:
    """Keep the answers of one page together, each at its question's place; a stale one holds up no other.

    Raises AnswerLate after having kept them, and NotYourAttempt. Saving what is saved already adds
    nothing, so that a request may be repeated.
    """
    with transaction.atomic():
        held = Attempt.objects.held("enrolment").get(pk=attempt.pk)
        if not rules.may_answer(by, held):
            raise NotYourAttempt("This attempt cannot be continued, because its course was left.")
        is_late = not (held.is_open and rules.is_in_time(held, at))
        earlier = _earlier(held, given)
        kept = {each.asked.position: _judged(each, earlier[each.asked.pk], is_late, at) for each in given}
        _add([(kept[each.asked.position].answer, each.response) for each in given])
    if any(each.answer.is_late for each in kept.values()):
        raise AnswerLate(_too_late(held))
    return kept


def _earlier(held: Attempt, given: Sequence[Given]) -> Mapping[int, list[Answer]]:
    """Every answer that these questions of the attempt had, oldest first, by the question's key."""
    found: dict[int, list[Answer]] = {each.asked.pk: [] for each in given}
    for answer in Answer.objects.filter(asked__in=list(found), asked__attempt=held):
        found[answer.asked_id].append(answer)
    return found


def _judged(each: Given, earlier: list[Answer], is_late: bool, at: datetime) -> Kept:
    """The answer as the next of its question; what is said already is found again, not said twice."""
    newest = next((answer for answer in reversed(earlier) if answer.counts), None)
    digest = chain.digest(each.response)
    if newest and newest.response_digest == digest:
        return Kept(newest, None)
    last = earlier[-1] if earlier else None
    answer = Answer(
        asked=each.asked,
        revision=last.revision + 1 if last else 1,
        response_digest=digest,
        received_at=at,
        is_late=is_late,
        is_stale=each.base_revision != (newest.revision if newest else 0),
    )
    return Kept(last if last and last.is_repeated_by(answer) else answer, newest if answer.is_stale else None)


def _add(said: list[tuple[Answer, object]]) -> None:
    """Add those answers that are new, with what they say."""
    new = [(answer, response) for answer, response in said if answer.pk is None]
    Answer.objects.bulk_create([answer for answer, _response in new])
    Response.objects.bulk_create([Response(answer=answer, body=response) for answer, response in new])


def _too_late(attempt: Attempt) -> str:
    if attempt.is_open:
        return "Your time for this attempt is over. The answers that were saved before are handed in by themselves."
    return "This attempt has been handed in. What you chose after that was kept and does not count."
