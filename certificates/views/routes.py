"""The route to certification: what a learner has, what is missing and why, and what comes next."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from certificates.actions.candidacies import HELD
from certificates.eligibility import Met, Missing
from certificates.models import (
    Candidacy,
    Certificate,
    CertificationDecision,
    Requirement,
    SchemeVersion,
)
from certificates.models.evidence import Evidence, current_versions, evidence_for
from certificates.views.verdicts import verdict
from courses.models import CoursePage, Enrolment
from courses.models.outlines import address
from courses.outline import Progress
from lms.ui.templatetags.piper import count, day

MET = {"quiz": "Passed", "case": "Passed", "assignment": "Competent", "course": "Finished"}
DECISION = "A registrar decides"


@dataclass(frozen=True)
class Stage:
    """One stage of the route; `is_current` marks the first that is not done, `note` says where it is and what more it asks."""

    title: str
    words: str
    url: str = ""
    is_done: bool = False
    is_current: bool = False
    note: str = ""


@dataclass(frozen=True)
class Route:
    """The stages to one certificate."""

    title: str
    stages: tuple[Stage, ...]


def routes_in(course: CoursePage, enrolment: Enrolment, lessons: Progress, *, at: datetime) -> list[Route]:
    """The learner's routes to the certificates that the course leads to, from its lessons on."""
    versions = current_versions(scheme__course=course)
    if not versions:
        return []
    # A course that only examines has none.
    read = [
        Stage(
            "Work through the lessons",
            f"{lessons.done} of {lessons.total} done",
            is_done=lessons.done == lessons.total,
        )
    ] * bool(lessons.total)
    endings = _endings(enrolment.learner_id, versions, at)
    return [
        Route(
            evidence.version.title,
            _with_current(read, [*stages_of(evidence), *endings[evidence.version.scheme_id]]),
        )
        for evidence in evidence_for([(enrolment.learner_id, version) for version in versions])
    ]


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
    is_met = isinstance(found, Met)
    return Stage(
        page.title,
        f"{MET[requirement.kind]} on {day(found.on)}" if isinstance(found, Met) else found.reason,
        address(page.url_path),
        is_done=is_met,
        note=_note(requirement, is_met=is_met),
    )


def _note(requirement: Requirement, *, is_met: bool) -> str:
    """The course, where it is another one, and the band or share of points that is still to be reached."""
    where = f"In the course “{requirement.elsewhere}”." if requirement.elsewhere else ""
    asks = "" if is_met or not requirement.more_words else f"With {requirement.more_words}."
    return f"{where} {asks}".strip()


def _endings(learner: int, versions: list[SchemeVersion], at: datetime) -> dict[int, tuple[Stage, Stage]]:
    """The decision and the certificate, for each scheme: what is held, else what is awaited."""
    on = timezone.localdate(at)
    schemes = {version.scheme_id: version for version in versions}
    own = Certificate.objects.filter(learner=learner, version__scheme__in=schemes).select_related("version")
    said = own.only("number", "made_at", "valid_from", "valid_until", "version__scheme_id").order_by()
    # The newest last, so that of two for one scheme it is the one shown.
    held = sorted(said.prefetch_related("events"), key=lambda each: each.made_at)
    endings = {each.version.scheme_id: _held(each, on) for each in held if each.standing(on).state in HELD}
    missing = schemes.keys() - endings.keys()
    candidacies = _latest_candidacies(learner, missing) if missing else {}
    return endings | {
        scheme: (_awaited(candidacies.get(scheme)), Stage("Certificate", validity(schemes[scheme])))
        for scheme in missing
    }


def _held(certificate: Certificate, on: date) -> tuple[Stage, Stage]:
    found = verdict(certificate.standing(on), certificate.valid_until)
    words = f"{found.word}: {certificate.number}"
    return (
        Stage(DECISION, f"Granted on {day(certificate.made_at)}", is_done=True),
        Stage("Certificate", words, reverse("my_certificates"), is_done=found.is_valid),
    )


def _latest_candidacies(learner: int, schemes: Collection[int]) -> dict[int, Candidacy]:
    """The last candidacy for each scheme that did not lapse, with the day of a refusal if it ended so."""
    refused = CertificationDecision.objects.filter(
        candidacy=OuterRef("pk"), decision=CertificationDecision.Decision.REFUSED
    )
    found = (
        Candidacy.objects.filter(learner=learner, scheme__in=schemes)
        .exclude(state=Candidacy.State.LAPSED)
        .annotate(refused_at=Subquery(refused.values("decided_at")))
    )
    return {candidacy.scheme_id: candidacy for candidacy in found}


def _awaited(candidacy: Candidacy | None) -> Stage:
    """What comes of a candidacy, or that there is none: not yet, or not since a certificate of it ended."""
    if candidacy is None:
        return Stage(DECISION, "When everything above is met.")
    if candidacy.refused_at:
        words = f"Not granted on {day(candidacy.refused_at)}. Read why."
        return Stage(DECISION, words, reverse("my_certificates"))
    if candidacy.state == Candidacy.State.DECIDED:
        return Stage(DECISION, "A certificate of yours has ended. Read more.", reverse("my_certificates"))
    if candidacy.name_confirmed_at is None:
        words = "First confirm the name that will be printed."
        return Stage(DECISION, words, reverse("name_confirm", args=[candidacy.uuid]))
    return Stage(DECISION, f"Waiting since {day(candidacy.ready_at)}")


def _with_current(lessons: list[Stage], asked: list[Stage]) -> tuple[Stage, ...]:
    """Lessons come first, and no more once something that the scheme asks for is done: it does not ask for them."""
    in_turn = asked if any(each.is_done for each in asked) else [*lessons, *asked]
    current = next((each for each in in_turn if not each.is_done), None)
    return tuple(replace(each, is_current=each is current) for each in (*lessons, *asked))
