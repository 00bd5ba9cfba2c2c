"""The certification decision: granted, deferred or refused, by a named person who took no part before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from certificates import notices, rendering, rules
from certificates.actions import candidacies, register
from certificates.models import Candidacy, Certificate, CertificationDecision, DecisionReason
from certificates.models.evidence import Evidence, evidence_of_candidate, teachers_of
from lms.audit import trail
from lms.jobs.queue import enqueue
from lms.people.models import User
from lms.people.refusals import Refusal

Decision = CertificationDecision.Decision


class NotYoursToDecide(Refusal):
    """Whoever taught, marked or checked a candidate, or is the candidate, does not decide."""


class AlreadyDecided(Refusal):
    """Somebody else was first, or the candidacy has lapsed."""


class NoLongerEligible(Refusal):
    """A requirement is no longer met."""


class NameNotConfirmed(Refusal):
    """The candidate has not confirmed this name as it will be printed."""


class CannotBePrinted(Refusal):
    """A letter of the certificate is in none of our typefaces."""


class ReasonMissing(Refusal):
    """A decision other than "granted" tells the candidate why."""


def grant(candidacy: Candidacy, *, name: str, by: User, at: datetime) -> Certificate:
    """Certify the candidate under the name that the registrar saw, and queue the making of the file.

    One short transaction: decision, number, code, facts. Raises a refusal and takes no number.
    """
    with transaction.atomic():
        evidence = _claimed(candidacy, by=by, to=Candidacy.State.DECIDED)
        candidacy.refresh_from_db(fields=["printed_name", "name_confirmed_at"])
        if not candidacy.name_confirmed_at or candidacy.printed_name != name:
            raise NameNotConfirmed(
                "The candidate has changed or not yet confirmed the name. Read it again before you decide."
            )
        decision = _recorded(candidacy, Decision.GRANTED, evidence, by=by, at=at)
        _refuse_unprintable(decision, name)
        certificate = register.enter(decision, name, at=at)
        enqueue("certificates.file_certificate", certificate.pk)
        facts = {"number": certificate.number, "facts_digest": certificate.facts_digest}
        _tell_trail(decision, evidence, by=by, at=at, facts=facts)
    return certificate


@dataclass(frozen=True)
class LeftOver:
    """A candidate to whom nothing was granted, and the sentence that says why."""

    candidacy: Candidacy
    why: str


@dataclass(frozen=True)
class Granted:
    """What came of granting to many: the certificates, and who is left over with the reason."""

    certificates: list[Certificate]
    exceptions: list[LeftOver]


def grant_many(chosen: Iterable[tuple[Candidacy, str]], *, by: User, at: datetime) -> Granted:
    """Grant to each candidate under the name that the registrar saw beside them.

    Each is a decision of its own: one that is refused keeps no other from being granted.
    """
    certificates, exceptions = [], []
    for candidacy, name in chosen:
        try:
            certificates.append(grant(candidacy, name=name, by=by, at=at))
        except Refusal as refusal:
            exceptions.append(LeftOver(candidacy, str(refusal)))
    return Granted(certificates, exceptions)


def defer(candidacy: Candidacy, *, reason: str, by: User, at: datetime) -> CertificationDecision:
    """Put the decision off and say why; the candidate stays on the ready list. Deferring twice is once."""
    with transaction.atomic():
        evidence = _claimed(candidacy, by=by, to=Candidacy.State.READY)
        last = candidacy.decisions.select_related("reason").last()
        if last and last.decided_by_id == by.pk and last.reason.text == reason:
            return last
        return _told(candidacy, Decision.DEFERRED, evidence, reason=reason, by=by, at=at)


def refuse(candidacy: Candidacy, *, reason: str, by: User, at: datetime) -> CertificationDecision:
    """Refuse the certificate and say why."""
    with transaction.atomic():
        evidence = _claimed(candidacy, by=by, to=Candidacy.State.DECIDED)
        return _told(candidacy, Decision.REFUSED, evidence, reason=reason, by=by, at=at)


def _claimed(candidacy: Candidacy, *, by: User, to: str) -> Evidence:
    """Take the open candidacy for this decision, and read what it rests on while nobody can withdraw it."""
    candidacies.alone_with(candidacy.learner)
    evidence = evidence_of_candidate(candidacy)
    teachers = teachers_of([evidence.version])[evidence.version.pk]
    if not rules.may_decide(by, candidacy, evidence, teachers):
        raise NotYoursToDecide(
            "This is not yours to decide: a registrar who did not teach, mark or check the candidate does."
        )
    open_one = Candidacy.objects.filter(pk=candidacy.pk, state=Candidacy.State.READY)
    if not open_one.update(state=to):
        raise AlreadyDecided("This candidate has been decided on already, or is no longer eligible.")
    if not evidence.is_eligible:
        raise NoLongerEligible("The candidate no longer meets every requirement of this certificate.")
    return evidence


def _recorded(
    candidacy: Candidacy, outcome: str, evidence: Evidence, *, by: User, at: datetime
) -> CertificationDecision:
    decision = CertificationDecision.objects.create(
        candidacy=candidacy,
        version=evidence.version,
        decision=outcome,
        learner_id=candidacy.learner_id,
        decided_by=by,
        decided_at=at,
    )
    decision.results.add(*evidence.counted)
    return decision


def _told(
    candidacy: Candidacy, outcome: str, evidence: Evidence, *, reason: str, by: User, at: datetime
) -> CertificationDecision:
    if not reason.strip():
        raise ReasonMissing("Say why, in words that the candidate can do something with.")
    decision = _recorded(candidacy, outcome, evidence, by=by, at=at)
    DecisionReason.objects.create(decision=decision, text=reason)
    notices.decided(decision, at=at)
    _tell_trail(decision, evidence, by=by, at=at, facts={}, words=reason)
    return decision


def _tell_trail(
    decision: CertificationDecision,
    evidence: Evidence,
    *,
    by: User,
    at: datetime,
    facts: dict[str, str],
    words: str = "",
) -> None:
    trail.record(
        f"certification.{decision.decision}",
        decision,
        by=by,
        at=at,
        institute=decision.candidacy.institute,
        facts={
            "candidate": str(decision.learner.uuid),
            "scheme": str(evidence.version.scheme.uuid),
            "version": evidence.version.number,
            "results": [str(result.uuid) for result in evidence.counted],
            **facts,
        },
        words=words,
    )


def _refuse_unprintable(decision: CertificationDecision, name: str) -> None:
    words = register.words_of(decision, name)
    pairs = [word for pair in words.pop("competencies") for word in pair]
    missing = rendering.missing_glyphs("".join([*words.values(), *pairs]))
    if missing:
        raise CannotBePrinted(
            f"Our typefaces do not have {' '.join(missing)}, so the certificate could not be printed."
        )
