"""A learner's way through a case: start, decide, pause, resume; and the sweep that ends what the clock has overtaken."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from assessments import rules
from assessments.actions import results, versions
from assessments.actions.answers import NotYourAttempt
from assessments.actions.attempts import NoAttemptToBegin, extra_percent
from assessments.models import CaseAttempt, CaseChoice, CasePage, CasePause
from courses.branching.playing import NoSuchChoice, Standing, stand
from courses.models import Enrolment
from lms.audit import chain
from lms.audit.trail import record
from lms.people.models import User
from lms.people.refusals import Refusal

logger = logging.getLogger(__name__)

# What ending an attempt reads of the rows beside it.
FOR_ENDING = ("enrolment__course", "page__case__institute", "version")


class AlreadyDecided(Refusal):
    """The story has gone on from this moment: what was chosen there stays."""


class ClockStopped(Refusal):
    """The clock is paused: nothing is decided until the learner goes on."""


class TimeOver(Refusal):
    """The time ended before the decision came; what was decided before counts."""


def start(enrolment: Enrolment, page: CasePage, *, by: User, at: datetime) -> CaseAttempt:
    """Begin an attempt, or return the one that is open: two clicks begin one. Raises NoAttemptToBegin."""
    with transaction.atomic():
        Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
        found = rules.case_standing(enrolment, page)
        if found.open_attempt and rules.may_answer(by, found.open_attempt):
            return found.open_attempt
        if not rules.may_attempt(by, enrolment, found):
            raise NoAttemptToBegin(_why_not(enrolment, found))
        return _begin(enrolment, page, at)


def decide(attempt: CaseAttempt, position: int, choice: str, *, by: User, at: datetime) -> Standing:
    """Take the decision that stands at `position`, counted from 1, and go on; the last one ends the case.

    Deciding the same again changes nothing. Raises AlreadyDecided for another choice at a moment that has
    passed, NoSuchChoice for one that does not stand there, ClockStopped, NotYourAttempt, and TimeOver after
    having ended the attempt with what was decided in time.
    """
    with transaction.atomic():
        locked = _locked(attempt, by)
        chosen = list(locked.choices.values_list("choice", flat=True))
        if 1 <= position <= len(chosen):
            return _decided_before(locked, chosen, position, choice)
        _refuse_unless_running(locked)
        if position != len(chosen) + 1:
            raise NoSuchChoice(choice)
        is_in_time = rules.is_in_time(locked, at)
        standing = stand(locked.version.script, [*chosen, choice] if is_in_time else chosen)
        if is_in_time:
            CaseChoice.objects.create(attempt=locked, position=position, choice=choice, at=at)
        if standing.ending or not is_in_time:
            closed_by = CaseAttempt.ClosedBy.LEARNER if is_in_time else CaseAttempt.ClosedBy.DEADLINE
            _end(locked, standing, closed_by, by, at)
    if not is_in_time:
        raise TimeOver(
            "Your time was over before this decision came. What you had decided until then counts."
        )
    return standing


def pause(attempt: CaseAttempt, *, by: User, at: datetime) -> CaseAttempt:
    """Stop the clock; a second call changes nothing. Raises NotYourAttempt, or TimeOver where it has run out."""
    with transaction.atomic():
        locked = _locked(attempt, by)
        if not locked.is_open or locked.is_paused or locked.deadline_at is None:
            return locked
        if at > locked.deadline_at:
            raise TimeOver("Your time is over, so the clock cannot be paused any more.")
        CaseAttempt.objects.filter(pk=locked.pk, state=CaseAttempt.State.OPEN, paused_at=None).update(
            paused_at=at
        )
        locked.refresh_from_db(fields=["paused_at"])
        return locked


def resume(attempt: CaseAttempt, *, by: User, at: datetime) -> CaseAttempt:
    """Let the clock run again: the deadline moves by as long as it stood. A second call changes nothing."""
    with transaction.atomic():
        locked = _locked(attempt, by)
        if not locked.is_open or locked.paused_at is None or locked.deadline_at is None:
            return locked
        stood = CasePause.objects.create(attempt=locked, paused_at=locked.paused_at, resumed_at=at)
        CaseAttempt.objects.filter(pk=locked.pk, paused_at=stood.paused_at).update(
            paused_at=None, deadline_at=locked.deadline_at + (at - stood.paused_at)
        )
        locked.refresh_from_db(fields=["paused_at", "deadline_at"])
        return locked


def end_overdue(at: datetime) -> int:
    """End every open attempt whose clock has run out, grace included, with what was decided."""
    overdue = CaseAttempt.objects.overdue(at - rules.GRACE).order_by("deadline_at")
    return sum(_end_one(pk, at) for pk in list(overdue.values_list("pk", flat=True)))


def receipt(attempt: CaseAttempt, chosen: list[str]) -> str:
    """Digest of the decisions that count, in order; changes if one were lost or altered."""
    return chain.digest({"attempt": str(attempt.uuid), "decisions": chosen})


def _begin(enrolment: Enrolment, page: CasePage, at: datetime) -> CaseAttempt:
    version = versions.case_version(page, at)
    extra = extra_percent(enrolment)
    limit = timedelta(seconds=version.minutes_allowed * 60 * (100 + extra) // 100)
    earlier = enrolment.case_attempts.filter(page=page)
    try:
        with transaction.atomic():
            return CaseAttempt.objects.create(
                enrolment=enrolment,
                page=page,
                version=version,
                number=earlier.aggregate(last=Max("number", default=0))["last"] + 1,
                started_at=at,
                deadline_at=at + limit if limit else None,
                extra_percent=extra,
            )
    except IntegrityError:
        # Two of them began at once past the lock, and the database kept one.
        return earlier.open().get()


def _locked(attempt: CaseAttempt, by: User) -> CaseAttempt:
    """The attempt as it is now, held until the transaction ends: decisions come one by one. Raises NotYourAttempt."""
    locked = CaseAttempt.objects.held(*FOR_ENDING).get(pk=attempt.pk)
    if not rules.may_answer(by, locked):
        raise NotYourAttempt("This case cannot be continued, because its course was left.")
    return locked


def _decided_before(attempt: CaseAttempt, chosen: list[str], position: int, choice: str) -> Standing:
    if chosen[position - 1] != choice:
        raise AlreadyDecided("You have decided this already, and the story has gone on from there.")
    return stand(attempt.version.script, chosen)


def _refuse_unless_running(attempt: CaseAttempt) -> None:
    if not attempt.is_open:
        raise AlreadyDecided("This attempt has ended. What you decided in it stays.")
    if attempt.is_paused:
        raise ClockStopped("The clock is paused. Let it run again, and then decide.")


def _end(
    attempt: CaseAttempt,
    standing: Standing,
    closed_by: CaseAttempt.ClosedBy,
    by: User | None,
    at: datetime,
) -> bool:
    """Turn an open attempt into one that has ended and is scored; the caller holds its row."""
    made = receipt(attempt, [moment.choice.key for moment in standing.moments])
    ended = CaseAttempt.objects.filter(pk=attempt.pk, state=CaseAttempt.State.OPEN).update(
        state=CaseAttempt.State.SUBMITTED, submitted_at=at, closed_by=closed_by, receipt=made
    )
    if ended:
        attempt.refresh_from_db(fields=["state", "submitted_at", "closed_by", "receipt"])
        results.score_case(attempt, standing, at=at)
        facts = {"number": attempt.number, "closed_by": closed_by, "receipt": made}
        record("case.ended", attempt, by=by, at=at, institute=attempt.page.case.institute, facts=facts)
    return bool(ended)


def _end_one(pk: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            attempt = CaseAttempt.objects.held(*FOR_ENDING).get(pk=pk)
            if attempt.is_paused or rules.is_in_time(attempt, at):
                # It was paused, or let run again, since the sweep looked.
                return False
            return _end(attempt, attempt.standing(), CaseAttempt.ClosedBy.DEADLINE, None, at)
    except Exception:
        # One attempt that cannot be ended must not keep every other learner's open.
        logger.exception("The overdue case attempt %s could not be ended.", pk)
        return False


def _why_not(enrolment: Enrolment, found: rules.CaseStanding) -> str:
    if not enrolment.is_open:
        return "You have left this course. Enrol again to take its case."
    if found.has_passed:
        return "You have passed this case. There is nothing more to do here."
    return (
        f"You have used all {found.allowed} attempts at this case. "
        "Write to your institute to agree what comes next."
    )
