"""The route to certification: what a learner has, what is missing and why, and what comes next."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from certificates.eligibility import Met, Missing
from certificates.models import Candidacy, CertificationDecision, Requirement, SchemeVersion
from certificates.models.evidence import Evidence, current_versions, evidence_for
from certificates.views.verdicts import verdict
from courses.models import CoursePage, Enrolment, LessonPage, StepDone
from courses.models.outlines import address
from lms.ui.templatetags.piper import count, day

MET = {"quiz": "Passed", "assignment": "Competent", "course": "Finished"}
DECISION = "A registrar decides"


@dataclass(frozen=True)
class Stage:
    """One stage of the route; `is_current` marks the first that is not done."""

    title: str
    words: str
    url: str = ""
    is_done: bool = False
    is_current: bool = False


@dataclass(frozen=True)
class Route:
    """The stages to one certificate."""

    title: str
    stages: tuple[Stage, ...]


def routes_in(course: CoursePage, enrolment: Enrolment, *, at: datetime) -> list[Route]:
    """The learner's routes to the certificates that the course leads to."""
    versions = current_versions(scheme__course=course)
    if not versions:
        return []
    lessons = _lessons(course, enrolment)
    candidacies = _latest_candidacies(enrolment.learner_id, versions)
    routes = []
    for evidence in evidence_for([(enrolment.learner_id, version) for version in versions]):
        candidacy = candidacies.get(evidence.version.scheme_id)
        stages = [lessons, *stages_of(evidence), *_ending(evidence.version, candidacy, at)]
        routes.append(Route(evidence.version.title, _with_current(stages)))
    return routes


def stages_of(evidence: Evidence) -> list[Stage]:
    """A stage for each requirement: since when it is met, or why it is missing."""
    return [_stage(requirement, found) for requirement, found in evidence.in_order()]


def target(requirement: Requirement) -> Page:
    """The page that a requirement is about."""
    return requirement.step or requirement.course


def validity(version: SchemeVersion) -> str:
    """For how long a certificate holds, in words."""
    if version.validity_months == 0:
        return "Does not expire"
    years, months = divmod(version.validity_months, 12)
    parts = [count(years, "year")] * bool(years) + [count(months, "month")] * bool(months)
    return f"Valid for {' '.join(parts)}"


def _stage(requirement: Requirement, found: Met | Missing) -> Stage:
    page = target(requirement)
    url = address(page.url_path)
    if isinstance(found, Met):
        return Stage(page.title, f"{MET[requirement.kind]} on {day(found.on)}", url, is_done=True)
    return Stage(page.title, found.reason, url)


def _lessons(course: CoursePage, enrolment: Enrolment) -> Stage:
    done = StepDone.objects.filter(enrolment=enrolment, step=OuterRef("pk"))
    found = (
        LessonPage.objects.live()
        .descendant_of(course)
        .aggregate(total=Count("pk"), done=Count("pk", filter=Q(Exists(done))))
    )
    return Stage(
        "Work through the lessons",
        f"{found['done']} of {found['total']} done",
        is_done=found["done"] == found["total"],
    )


def _latest_candidacies(learner: int, versions: list[SchemeVersion]) -> dict[int, Candidacy]:
    schemes = [version.scheme_id for version in versions]
    found = Candidacy.objects.filter(learner=learner, scheme__in=schemes).exclude(
        state=Candidacy.State.LAPSED
    )
    return {candidacy.scheme_id: candidacy for candidacy in found}


def _ending(version: SchemeVersion, candidacy: Candidacy | None, at: datetime) -> tuple[Stage, Stage]:
    """The decision and the certificate."""
    paper = Stage("Certificate", validity(version))
    if candidacy is None:
        return Stage(DECISION, "When everything above is met."), paper
    if candidacy.state == Candidacy.State.READY:
        return _awaited(candidacy), paper
    decision = candidacy.decisions.select_related("certificate").last()
    own = reverse("my_certificates")
    if decision.decision == CertificationDecision.Decision.REFUSED:
        return Stage(DECISION, f"Not granted on {day(decision.decided_at)}. Read why.", own), paper
    found = verdict(decision.certificate.standing(timezone.localdate(at)), decision.certificate.valid_until)
    return (
        Stage(DECISION, f"Granted on {day(decision.decided_at)}", is_done=True),
        Stage("Certificate", f"{found.word}: {decision.certificate.number}", own, is_done=found.is_valid),
    )


def _awaited(candidacy: Candidacy) -> Stage:
    if candidacy.name_confirmed_at is None:
        return Stage(
            DECISION,
            "First confirm the name that will be printed.",
            reverse("name_confirm", args=[candidacy.uuid]),
        )
    return Stage(DECISION, f"Waiting since {day(candidacy.ready_at)}")


def _with_current(stages: list[Stage]) -> tuple[Stage, ...]:
    """Lessons come first, and no more once something that the scheme asks for is done: it does not ask for them."""
    lessons, *asked = stages
    in_turn = asked if any(each.is_done for each in asked) else stages
    current = next((each for each in in_turn if not each.is_done), None)
    return tuple(replace(each, is_current=each is current) for each in (lessons, *asked))
