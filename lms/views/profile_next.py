"""What a profile leads to: the next certificate, and lessons on what is not shown yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from assessments.profile import Shown, rank
from certificates.actions.candidacies import HELD
from certificates.models import Certificate
from certificates.models.evidence import Evidence, current_versions, evidence_for
from certificates.views.routes import Stage, stages_of
from courses import rules
from courses.models import Enrolment, LessonPage, Level, StepDone
from courses.models.outlines import address, outlines_shown
from lms.people.models import Institute, User

LESSONS_SHOWN = 5


@dataclass(frozen=True)
class NextCertificate:
    """The certificate to work for: what is done, what is missing and why, and how the profile stands to what it names."""

    title: str
    level: str
    done: int
    missing: tuple[Stage, ...]
    named: int
    shown: int

    @property
    def total(self) -> int:
        return self.done + len(self.missing)


@dataclass(frozen=True)
class Suggestion:
    """A lesson that teaches competencies (by code) which are not shown yet; to somebody not enrolled, through its course."""

    title: str
    url: str
    minutes: int
    course: str
    is_enrolled: bool
    teaches: tuple[str, ...]


def next_certificate(
    person: User, institute: Institute, shown: Mapping[str, Shown], *, at: datetime
) -> NextCertificate | None:
    """The lowest certificate of the institute that the person does not hold, of courses they take first; None if all are held."""
    held, taken = _held(person, at), _taken(person)
    versions = [each for each in current_versions(scheme__institute=institute) if each.scheme_id not in held]
    if not versions:
        return None
    version = min(versions, key=lambda each: (each.scheme.course_id not in taken, rank(each.level)))  # type: ignore[arg-type]
    (evidence,) = evidence_for([(person.pk, version)])
    return _described(evidence, shown)


def suggestions(person: User, institute: Institute, missing: Collection[str]) -> list[Suggestion]:
    """A few unread lessons of the institute, each on something not shown that none before it teaches; own courses first."""
    taken = _taken(person)
    courses = list(rules.courses_open_to(person).filter(institute=institute).order_by("path"))
    courses.sort(key=lambda each: (each.pk not in taken, rank(each.level)))  # type: ignore[arg-type]
    outlines, teaches = outlines_shown(courses), _teaches(institute, missing)
    read = set(StepDone.objects.filter(enrolment__learner=person).values_list("step_id", flat=True))
    found: list[Suggestion] = []
    covered: set[str] = set()
    for course in courses:
        for step in outlines[course.pk].steps:
            codes = teaches.get(step.id, set())
            if step.id in read or not codes - covered:
                continue
            covered |= codes
            is_enrolled = course.pk in taken
            url = step.url if is_enrolled else address(course.url_path)
            found.append(
                Suggestion(step.title, url, step.minutes, course.title, is_enrolled, tuple(sorted(codes)))
            )
    return found[:LESSONS_SHOWN]


def _described(evidence: Evidence, shown: Mapping[str, Shown]) -> NextCertificate:
    stages, version = stages_of(evidence), evidence.version
    codes = list(version.competencies.values_list("code", flat=True))
    needed = rank(version.level)  # type: ignore[arg-type]
    return NextCertificate(
        title=version.title,
        level=Level(version.level).label,
        done=sum(each.is_done for each in stages),
        missing=tuple(each for each in stages if not each.is_done),
        named=len(codes),
        shown=sum(shown[code].rank >= needed for code in codes if code in shown),
    )


def _held(person: User, at: datetime) -> set[int]:
    """The schemes of which the person holds a certificate."""
    on = timezone.localdate(at)
    mine = Certificate.objects.filter(learner=person).select_related("version").prefetch_related("events")
    return {each.version.scheme_id for each in mine if each.standing(on).state in HELD}


def _taken(person: User) -> set[int]:
    return set(Enrolment.objects.open().filter(learner=person).values_list("course_id", flat=True))


def _teaches(institute: Institute, missing: Collection[str]) -> dict[int, set[str]]:
    """Which of these competencies each lesson (by key) teaches."""
    teaches: dict[int, set[str]] = {}
    pairs = LessonPage.competencies.through.objects.filter(
        competency__domain__framework__institute=institute, competency__code__in=missing
    )
    for lesson, code in pairs.values_list("lessonpage_id", "competency__code"):
        teaches.setdefault(lesson, set()).add(code)
    return teaches
