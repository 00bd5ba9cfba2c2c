"""Becoming a candidate, confirming the name that will be printed, and ceasing to be one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assessments.models import Result
from certificates import notices, rules
from certificates.models import Candidacy, CertificationDecision, Scheme
from certificates.models.evidence import (
    Evidence,
    current_versions,
    evidence_of,
    evidence_of_candidate,
)
from courses.models import Enrolment
from lms.audit import trail
from lms.people.models import User
from lms.people.refusals import Refusal

# A course is finished without a signal; clock work looks back this long for people who did.
LOOKS_BACK = timedelta(days=1)
# While a certificate of the scheme stands so, its holder is no candidate again.
HELD = frozenset({"valid", "not_yet_valid", "suspended", "being_made"})


class NameNoLongerOpen(Refusal):
    """The decision has been taken, or the candidacy has lapsed."""


def consider(learner: User, scheme: Scheme, *, at: datetime) -> Candidacy | None:
    """Make the learner a candidate when they meet the scheme as it stands, and no longer one when they do not.

    A candidate is held to the version that they met, whatever is published afterwards. Returns the open
    candidacy, or None. Considering twice changes nothing.
    """
    with transaction.atomic():
        # Two results released at once must not each overlook the other.
        alone_with(learner)
        open_one = Candidacy.objects.filter(scheme=scheme, learner=learner, state=Candidacy.State.READY)
        candidacy = open_one.select_related("learner").first()
        if candidacy:
            if evidence_of_candidate(candidacy).is_eligible:
                return candidacy
            open_one.update(state=Candidacy.State.LAPSED)
        return _became_candidate(learner, scheme, at=at)


def consider_everyone(scheme: Scheme, *, at: datetime) -> None:
    """Consider all whom a new version of the scheme may make candidates: those with a result it asks for."""
    version = next(iter(current_versions(scheme=scheme)), None)
    if version is None:
        return
    steps = [each.step_id for each in version.asked if each.step_id]
    courses = [each.course_id for each in version.asked if each.course_id]
    touched = {
        *Result.objects.standing().filter(step__in=steps).values_list("learner", flat=True),
        *Enrolment.objects.filter(course__in=courses, finished_at__isnull=False).values_list(
            "learner", flat=True
        ),
    }
    for learner in User.objects.filter(pk__in=touched).order_by("pk"):
        consider(learner, scheme, at=at)


def consider_finishers(at: datetime) -> None:
    """Consider those who have just finished a course that a scheme asks for."""
    for version in current_versions():
        courses = [each.course_id for each in version.asked if each.course_id]
        finished = Enrolment.objects.filter(course__in=courses, finished_at__gt=at - LOOKS_BACK)
        for learner in User.objects.filter(pk__in=finished.values("learner")).order_by("pk"):
            consider(learner, version.scheme, at=at)


def confirm_name(candidacy: Candidacy, name: str, *, by: User, at: datetime) -> None:
    """Take the name as the candidate wants it printed; it may be confirmed anew until the decision.

    Raises NameNoLongerOpen.
    """
    if not rules.may_confirm_name(by, candidacy):
        raise NameNoLongerOpen("The decision has been taken, so the name can no longer be changed here.")
    with transaction.atomic():
        changed = Candidacy.objects.filter(pk=candidacy.pk, state=Candidacy.State.READY).update(
            printed_name=name, name_confirmed_at=at
        )
        if not changed:
            raise NameNoLongerOpen("The decision was taken while you wrote. The name stays as it was.")
        trail.record(
            "candidacy.name_confirmed",
            candidacy,
            by=by,
            at=at,
            institute=candidacy.institute,
            words=name,
        )


def remind(candidacy: Candidacy, *, by: User, at: datetime) -> None:
    """Ask the candidate once more to confirm their name: one e-mail a day at most. Raises NameNoLongerOpen."""
    if candidacy.state != Candidacy.State.READY or candidacy.name_confirmed_at:
        raise NameNoLongerOpen("This candidate has nothing left to confirm.")
    with transaction.atomic():
        notices.name_wanted(candidacy, at=at)
        trail.record("candidacy.reminded", candidacy, by=by, at=at, institute=candidacy.institute)


def alone_with(learner: User) -> None:
    """Hold the learner's row until the transaction ends: what they hold is judged by one at a time."""
    User.objects.select_for_update(no_key=True).get(pk=learner.pk)


def _became_candidate(learner: User, scheme: Scheme, *, at: datetime) -> Candidacy | None:
    version = next(iter(current_versions(scheme=scheme)), None)
    if version is None:
        return None
    evidence = evidence_of(learner, version)
    if not evidence.is_eligible or _is_settled(evidence, at):
        return None
    candidacy = Candidacy.objects.create(
        institute_id=scheme.institute_id, scheme=scheme, version=version, learner=learner, ready_at=at
    )
    notices.name_wanted(candidacy, at=at)
    return candidacy


def _is_settled(evidence: Evidence, at: datetime) -> bool:
    """Whether the scheme has been decided for this learner, with nothing new since."""
    last = (
        CertificationDecision.objects.filter(
            candidacy__scheme=evidence.version.scheme, learner=evidence.learner_id
        )
        .exclude(decision=CertificationDecision.Decision.DEFERRED)
        .select_related("certificate")
        .last()
    )
    if last is None:
        return False
    if last.decision == CertificationDecision.Decision.GRANTED:
        state = last.certificate.standing(timezone.localdate(at)).state
        if state in HELD or state == "void":
            return state != "void"
    return evidence.newest_at is None or evidence.newest_at <= last.decided_at
