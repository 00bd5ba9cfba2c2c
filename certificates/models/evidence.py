"""What learners hold of what schemes ask for, read in as many queries for fifty of them as for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page

from assessments.models import Marking, Result, ResultEvent
from assessments.models.judgements import judged, with_judgement
from certificates import eligibility as pure
from certificates.eligibility import Eligibility, Met, Missing, ReleasedResult
from certificates.models.decisions import Candidacy
from certificates.models.schemes import BELOW_COURSE, Requirement, SchemeVersion
from courses.models import CoursePage, Enrolment, StepPage
from courses.models.outlines import at_or_below

# What nobody asks of a page that a requirement names: forty columns that would be read for each.
ASKED_OF_PAGES = {"id", "path", "depth", "title", "slug", "url_path", "live", "page_ptr", "institute"}
PAGES_REST = [
    f"{name}__{field.name}"
    for name, model in (("step", StepPage), ("course", CoursePage))
    for field in model._meta.concrete_fields  # noqa: SLF001 - Django's public name for it
    if field.name not in ASKED_OF_PAGES
]

# What is asked of a result and of who stands behind it.
RESULTS_SAY = [
    "uuid",
    "learner_id",
    "step_id",
    "outcome",
    "lowest_band",
    "marking__assessor_id",
    "quality_decision__decided_by_id",
    "case_attempt__score__points",
    "case_attempt__score__points_available",
]


@dataclass(frozen=True)
class Evidence:
    """How a learner stands with a scheme version, and the results by which they meet it."""

    learner_id: int
    version: SchemeVersion
    eligibility: Eligibility
    counted: tuple[Result, ...]
    newest_at: datetime | None

    @property
    def is_eligible(self) -> bool:
        return self.eligibility.is_eligible

    def in_order(self) -> list[tuple[Requirement, Met | Missing]]:
        """Every requirement of the scheme, in its order, with how it is met or why it is missing."""
        found = (*self.eligibility.met, *self.eligibility.missing)
        by_requirement = {each.requirement: each for each in found}
        return [(requirement, by_requirement[_asked(requirement)]) for requirement in self.version.asked]

    @property
    def assessors(self) -> frozenset[int]:
        """Who marked what counts."""
        return frozenset(result.marking.assessor_id for result in self.counted if result.marking)

    @property
    def checkers(self) -> frozenset[int]:
        """Who checked the marking of what counts."""
        decisions = (result.quality_decision for result in self.counted)
        return frozenset(decision.decided_by_id for decision in decisions if decision)


@dataclass(frozen=True)
class Holding:
    """One thing that a learner was told, when, and the result behind it (a finished course has none)."""

    learner_id: int
    told: ReleasedResult
    at: datetime
    result: Result | None = None


def current_versions(**where: Any) -> list[SchemeVersion]:
    """The newest version of each scheme that fits, with what it asks for, in one query.

    A version that asks for nothing is left out: nobody can meet it.
    """
    newest = SchemeVersion.objects.filter(scheme=OuterRef("version__scheme")).order_by("-number")
    return _with_what_they_ask(
        Requirement.objects.filter(version=Subquery(newest.values("pk")[:1])).filter(
            **{f"version__{name}": value for name, value in where.items()}
        )
    )


def kept_versions(candidacies: Iterable[Candidacy]) -> dict[int, SchemeVersion]:
    """The version (by key) that each candidacy keeps, with what it asks for, in one query."""
    kept = {each.version_id for each in candidacies}
    versions = _with_what_they_ask(Requirement.objects.filter(version__in=kept)) if kept else []
    return {version.pk: version for version in versions}


def evidence_of(learner: Any, version: SchemeVersion) -> Evidence:
    """How one learner stands with one scheme version."""
    return evidence_for([(learner.pk, version)])[0]


def evidence_of_candidate(candidacy: Candidacy) -> Evidence:
    """How a candidate stands with the version that they keep."""
    return evidence_of(candidacy.learner, kept_versions([candidacy])[candidacy.version_id])


def evidence_for(pairs: Sequence[tuple[int, SchemeVersion]]) -> list[Evidence]:
    """How each learner (by key) stands with the scheme version beside them, in the order given."""
    learners = {learner for learner, _version in pairs}
    asked = [requirement for _learner, version in pairs for requirement in version.asked]
    holdings = [*_results(learners, asked), *_finished_courses(learners, asked)]
    return [_evidence(learner, version, holdings) for learner, version in pairs]


def teachers_of(versions: Iterable[SchemeVersion]) -> dict[int, frozenset[int]]:
    """Who wrote pages of the courses that each version (by key) asks for."""
    courses = {version.pk: course_paths(version) for version in versions}
    paths = frozenset().union(*courses.values())
    if not paths:
        return dict.fromkeys(courses, frozenset())
    wrote = (
        Page.objects.filter(at_or_below(paths), owner__isnull=False)
        .values_list("path", "owner_id")
        .distinct()
    )
    return {
        pk: frozenset(owner for page, owner in wrote if page.startswith(tuple(mine)))
        for pk, mine in courses.items()
    }


def course_paths(version: SchemeVersion) -> frozenset[str]:
    """Where in the page tree the courses stand that the version asks for."""
    return frozenset(
        requirement.step.path[:-BELOW_COURSE] if requirement.step else requirement.course.path
        for requirement in version.asked
    )


def _with_what_they_ask(requirements: QuerySet[Requirement]) -> list[SchemeVersion]:
    asked = requirements.select_related("version__scheme__institute", "step", "course").defer(*PAGES_REST)
    # Sorted here: Django hashes every column of an ordered read, and this one has fifty.
    in_order = sorted(
        asked.order_by(), key=lambda each: (each.version.scheme_id, each.version_id, each.position)
    )
    versions = []
    for _version, group in groupby(in_order, key=attrgetter("version_id")):
        requirements = list(group)
        version = requirements[0].version
        version.asked = requirements
        versions.append(version)
    return versions


def _evidence(learner: int, version: SchemeVersion, holdings: Iterable[Holding]) -> Evidence:
    own = {each.told.id: each for each in holdings if each.learner_id == learner}
    found = pure.eligibility(
        [_asked(requirement) for requirement in version.asked],
        [each.told for each in own.values()],
    )
    meeting = [own[met.result_id] for met in found.met]
    return Evidence(
        learner_id=learner,
        version=version,
        eligibility=found,
        counted=tuple(dict.fromkeys(each.result for each in meeting if each.result)),
        newest_at=max((each.at for each in meeting), default=None),
    )


def _asked(requirement: Requirement) -> pure.Requirement:
    return pure.Requirement(
        key=_key(requirement.step_id, requirement.course_id),
        kind=requirement.kind,
        title=requirement.title,
        minimum_band=requirement.minimum_band,
        criterion=requirement.criterion,
        criterion_title=requirement.criterion_title,
        minimum_percent=requirement.minimum_percent,
    )


def _key(step: int | None, course: int | None = None) -> str:
    return f"step {step}" if step else f"course {course}"


def _results(learners: Iterable[int], asked: Iterable[Requirement]) -> list[Holding]:
    events = ResultEvent.objects.filter(result=OuterRef("pk"))
    found = (
        Result.objects.filter(learner__in=learners, step__in={each.step_id for each in asked} - {None})
        .annotate(
            released_at=Subquery(events.filter(kind=ResultEvent.Kind.RELEASED).values("at")[:1]),
            is_withdrawn=Exists(events.filter(kind=ResultEvent.Kind.WITHDRAWN)),
        )
        .filter(released_at__isnull=False)
        .select_related("marking", "quality_decision", "case_attempt__score")
        .only(*RESULTS_SAY)
    )
    # In no order: Django hashes every column of an ordered read, and eligibility has its own order.
    results = list(found.order_by())
    bands = _bands(results, asked)
    return [_of_result(result, bands.get(result.marking_id, {})) for result in results]


def _bands(results: Iterable[Result], asked: Iterable[Requirement]) -> dict[int | None, dict[str, int]]:
    """The band of each criterion that stands, by marking, where a scheme asks for one criterion's."""
    steps = {each.step_id for each in asked if each.criterion}
    markings = [result.marking_id for result in results if result.step_id in steps]
    if not markings:
        return {}
    return {
        marking.pk: {each.criterion.key: each.band for each in judged(marking).criteria}
        for marking in with_judgement(Marking.objects.filter(pk__in=markings))
    }


def _of_result(result: Result, bands: dict[str, int]) -> Holding:
    told = ReleasedResult(
        id=str(result.uuid),
        requirement_key=_key(result.step_id),
        outcome=result.outcome,  # type: ignore[arg-type]
        on=timezone.localdate(result.released_at),
        lowest_band=result.lowest_band,
        withdrawn=result.is_withdrawn,
        bands=bands,
        percent=result.case_attempt.score.percent if result.case_attempt else None,
    )
    return Holding(result.learner_id, told, result.released_at, result)


def _finished_courses(learners: Iterable[int], asked: Iterable[Requirement]) -> list[Holding]:
    courses = {each.course_id for each in asked} - {None}
    if not courses:
        return []
    finished = Enrolment.objects.filter(learner__in=learners, course__in=courses, finished_at__isnull=False)
    return [_of_enrolment(enrolment) for enrolment in finished]


def _of_enrolment(enrolment: Enrolment) -> Holding:
    told = ReleasedResult(
        id=str(enrolment.uuid),
        requirement_key=_key(None, enrolment.course_id),
        outcome="finished",
        on=timezone.localdate(enrolment.finished_at),
    )
    return Holding(enrolment.learner_id, told, enrolment.finished_at)
