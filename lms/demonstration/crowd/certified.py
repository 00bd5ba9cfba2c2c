"""Candidates as rows; and what the registrar does with a few of them, by the product's own actions."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from certificates.actions import certificates, decisions, files
from certificates.models import Candidacy, Certificate, SchemeVersion
from certificates.rendering import pango_problem
from lms.demonstration.crowd.destinies import Reach
from lms.demonstration.crowd.learners import Learner
from lms.demonstration.crowd.scene import Scene

DEFERRED_FOR = (
    "We would like to hear how you asked the people in the pack. The registrar will ring you this week."
)
REFUSED_FOR = "Both pieces of work share whole pages with another candidate's. You may take the course again."
SUSPENDED_FOR = "A concern about the holder's work was raised and is being looked at."
REVOKED_FOR = "The work that the certificate rests on was not the holder's own."
# The registrar's two mornings, after everything else that the crowd does.
DECIDES, CHANGES = (2, "09:10"), (1, "10:05")
APART = timedelta(minutes=5)
PRINTING = timedelta(minutes=1)


def make_candidacies(scene: Scene, learners: Iterable[Learner]) -> None:
    """Everybody who meets the scheme, ready since their last result; most have confirmed their name."""
    version = SchemeVersion.objects.get(scheme__course=scene.practitioners.page)
    Candidacy.objects.bulk_create(
        _candidacy(scene, version, each) for each in learners if each.reach.is_candidate
    )


def those_decided(learners: Iterable[Learner]) -> list[Learner]:
    """Who is destined for a decision that can be taken on this machine: without Pango nothing is printed."""
    can_print = pango_problem() is None
    unprinted = {Reach.DEFERRED, Reach.REFUSED, Reach.BEING_MADE}
    return [each for each in learners if each.reach > Reach.NAMED and (can_print or each.reach in unprinted)]


def decide(scene: Scene, learners: Sequence[Learner]) -> Iterator[None]:
    """The registrar's decisions on these candidates, and what becomes of their certificates; yields after each."""
    ready = Candidacy.objects.filter(state="ready", learner__in=[each.user for each in learners])
    candidacies = {each.learner_id: each for each in ready.select_related("learner", "scheme", "institute")}
    decided_at, changed_at = scene.calendar.ago(*DECIDES), scene.calendar.ago(*CHANGES)
    held = []
    for number, learner in enumerate(learners):
        candidacy, at = candidacies[learner.user], decided_at + number * APART
        certificate = _decide(scene, learner.reach, candidacy, at)
        if certificate and learner.reach in {Reach.SUSPENDED, Reach.REVOKED}:
            held.append((learner.reach, certificate))
        yield
    for number, (reach, certificate) in enumerate(held):
        _change(scene, reach, certificate, changed_at + number * APART)


def _candidacy(scene: Scene, version: SchemeVersion, learner: Learner) -> Candidacy:
    candidacy = Candidacy(
        uuid=uuid4(),
        institute=scene.institute,
        scheme_id=version.scheme_id,
        version=version,
        learner_id=learner.user,
        ready_at=scene.timetable.at(learner.finished or 0),
    )
    if learner.reach.has_name:
        tick = (learner.finished or 0) + scene.chance.randrange(3, 40)
        candidacy.printed_name = learner.name
        candidacy.name_confirmed_at = scene.timetable.at(tick)
        scene.trail.tell(
            tick, "candidacy.name_confirmed", Candidacy, candidacy.uuid, learner.uuid, words=learner.name
        )
    return candidacy


def _decide(scene: Scene, reach: Reach, candidacy: Candidacy, at: datetime) -> Certificate | None:
    by = scene.registrar
    match reach:
        case Reach.DEFERRED:
            decisions.defer(candidacy, reason=DEFERRED_FOR, by=by, at=at)
            return None
        case Reach.REFUSED:
            decisions.refuse(candidacy, reason=REFUSED_FOR, by=by, at=at)
            return None
    granted = decisions.grant(candidacy, name=candidacy.printed_name, by=by, at=at)
    if reach is not Reach.BEING_MADE:
        files.file_certificate(granted, at=at + PRINTING)
    return granted


def _change(scene: Scene, reach: Reach, certificate: Certificate, at: datetime) -> None:
    if reach is Reach.SUSPENDED:
        certificates.suspend(certificate, by=scene.registrar, at=at, reason=SUSPENDED_FOR)
    else:
        certificates.revoke(certificate, by=scene.registrar, at=at, reason=REVOKED_FOR)
