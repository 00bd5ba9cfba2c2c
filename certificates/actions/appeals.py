"""Appealing against a certification decision, and hearing an appeal (ISO/IEC 17024:2012, 9.8)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from assessments.working_days import working_days_after
from certificates import notices, rules
from certificates.actions import candidacies
from certificates.models import (
    Appeal,
    AppealWords,
    Candidacy,
    CertificationDecision,
    Hearing,
    HearingWords,
)
from certificates.models.evidence import evidence_of_candidate
from lms.audit import trail
from lms.people import access
from lms.people.models import User
from lms.people.refusals import Refusal
from lms.people.roles import Permission

# In working days: from the decision to the appeal, and from the appeal to the answer.
LODGED_WITHIN, ANSWERED_WITHIN = 20, 20


class NotOpenToAppeal(Refusal):
    """The decision is not the person's own, was a grant, or is not the last word any more."""


class TooLate(Refusal):
    """The time in which the decision could be appealed against is over."""


class AlreadyAppealed(Refusal):
    """A decision is appealed against once."""


class NotYoursToHear(Refusal):
    """Whoever decided, taught, marked or checked, or is the candidate, does not hear the appeal."""


class AlreadyHeard(Refusal):
    """Somebody else has answered."""


class NothingToDecide(Refusal):
    """The candidate no longer meets the scheme, so no decision can be taken anew."""


class WordsMissing(Refusal):
    """An appeal and its answer both say why."""


def last_day(decision: CertificationDecision) -> date:
    """The last day in London on which the decision can be appealed against."""
    return working_days_after(timezone.localdate(decision.decided_at), LODGED_WITHIN)


def lodge(decision: CertificationDecision, *, words: str, by: User, at: datetime) -> Appeal:
    """Take down the candidate's appeal, and tell those who may hear it. Raises a refusal."""
    _require(words, "Say why you think that the decision is wrong.")
    with transaction.atomic():
        candidacies.alone_with(by)
        _refuse_unless_open(decision, by=by, at=at)
        appeal = Appeal.objects.create(
            institute=decision.candidacy.institute,
            decision=decision,
            learner_id=decision.learner_id,
            decided_by_id=decision.decided_by_id,
            lodged_at=at,
            promised_on=working_days_after(timezone.localdate(at), ANSWERED_WITHIN),
        )
        AppealWords.objects.create(appeal=appeal, text=words)
        notices.appeal_received(appeal, at=at)
        for registrar in hearers(appeal):
            notices.appeal_lodged(appeal, registrar, at=at)
        facts = {"decision": str(decision.uuid)}
        trail.record(
            "appeal.lodged", appeal, by=by, at=at, institute=appeal.institute, facts=facts, words=words
        )
    return appeal


def hear(appeal: Appeal, *, outcome: str, words: str, by: User, at: datetime) -> Hearing:
    """Answer the appeal. One that is upheld puts the candidate back among those to be decided on.

    Raises a refusal.
    """
    _require(words, "Say what you found, in words that the candidate can do something with.")
    with transaction.atomic():
        candidacies.alone_with(appeal.learner)
        if not rules.may_hear(by, appeal):
            raise NotYoursToHear("A registrar hears this who neither is the candidate nor decided on them.")
        if Hearing.objects.filter(appeal=appeal).exists():
            raise AlreadyHeard("This appeal has been answered by somebody else.")
        hearing = Hearing.objects.create(
            appeal=appeal,
            outcome=outcome,
            learner_id=appeal.learner_id,
            decided_by_id=appeal.decided_by_id,
            heard_by=by,
            heard_at=at,
            candidacy=_reopened(appeal, at=at) if outcome == Hearing.Outcome.UPHELD else None,
        )
        HearingWords.objects.create(hearing=hearing, text=words)
        notices.appeal_heard(appeal, at=at)
        facts = {"decision": str(appeal.decision.uuid), "outcome": outcome}
        trail.record(
            "appeal.heard", appeal, by=by, at=at, institute=appeal.institute, facts=facts, words=words
        )
    return hearing


def hearers(appeal: Appeal) -> list[User]:
    """The registrars who may hear the appeal."""
    registrars = access.people_who(Permission.DECIDE_CERTIFICATES, appeal.institute)
    return [each for each in registrars if rules.may_hear(each, appeal)]


def _refuse_unless_open(decision: CertificationDecision, *, by: User, at: datetime) -> None:
    if not rules.may_appeal(by, decision):
        raise NotOpenToAppeal("This decision cannot be appealed against.")
    if Appeal.objects.filter(decision=decision).exists():
        raise AlreadyAppealed("You have appealed against this decision already.")
    if decision != decision.candidacy.decisions.last():
        raise NotOpenToAppeal("A later decision has taken the place of this one.")
    if timezone.localdate(at) > last_day(decision):
        raise TooLate(f"The {LODGED_WITHIN} working days in which you could appeal are over.")


def _reopened(appeal: Appeal, *, at: datetime) -> Candidacy:
    """The candidacy in which the decision is taken anew: the open one, or a new one under the same version and name."""
    before = appeal.decision.candidacy
    ready = Candidacy.objects.filter(
        scheme=before.scheme_id, learner=before.learner_id, state=Candidacy.State.READY
    )
    if found := ready.first():
        return found
    if not evidence_of_candidate(before).is_eligible:
        raise NothingToDecide(
            "The candidate no longer meets every requirement, so there is nothing to decide anew. Tell them so."
        )
    return Candidacy.objects.create(
        institute=before.institute,
        scheme=before.scheme,
        version=before.version,
        learner=before.learner,
        ready_at=at,
        printed_name=before.printed_name,
        name_confirmed_at=before.name_confirmed_at,
    )


def _require(words: str, sentence: str) -> None:
    if not words.strip():
        raise WordsMissing(sentence)
