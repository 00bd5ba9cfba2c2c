"""Publishing what a scheme asks for: a version by content, found again and never edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from certificates.models import Requirement, Scheme, SchemeVersion
from courses.models import Competency, CoursePage, StepPage
from lms.audit import chain
from lms.audit.trail import record
from lms.jobs.queue import enqueue
from lms.people.models import User
from lms.people.refusals import Refusal


class SchemeStale(Refusal):
    """Somebody published a version that whoever publishes this one has not read."""


@dataclass(frozen=True)
class Asked:
    """One requirement: a step to pass, or the course itself to finish where `step` is None."""

    kind: str
    step: StepPage | None
    minimum_band: int | None = None
    criterion: str = ""
    criterion_title: str = ""
    minimum_percent: int | None = None

    def plain(self, course: CoursePage) -> list[str | int | None]:
        """The requirement for a digest; one without a criterion or a share of points as it was before there were any."""
        about = str((self.step or course).translation_key)
        more = [self.criterion] if self.criterion else []
        share = [f"{self.minimum_percent}%"] if self.minimum_percent else []
        return [self.kind, about, self.minimum_band, *more, *share]


@dataclass(frozen=True)
class Wanted:
    """A scheme as somebody wants it published."""

    slug: str
    course: CoursePage
    title: str
    level: str
    statement: str
    validity_months: int
    design: str
    competencies: Sequence[Competency]
    requirements: Sequence[Asked]

    def digest(self, number: int) -> str:
        """The same for the same content under one number, so that going back makes a version of its own."""
        return chain.digest(
            {
                "number": number,
                "title": self.title,
                "level": self.level,
                "statement": self.statement,
                "validity_months": self.validity_months,
                "design": self.design,
                "competencies": sorted(str(each.uuid) for each in self.competencies),
                "requirements": [each.plain(self.course) for each in self.requirements],
            }
        )


def publish(
    wanted: Wanted, *, at: datetime, by: User | None = None, seen: int | None = None
) -> tuple[SchemeVersion, bool]:
    """Return the newest version, and whether this made it; whoever it touches is considered afterwards.

    `by` is who published it at the desk, nobody where the content files did; `seen` is the newest version
    that they had before them, 0 for none. Raises SchemeStale where there is a newer one.
    """
    with transaction.atomic():
        scheme, _ = Scheme.objects.select_for_update().get_or_create(
            institute_id=wanted.course.institute_id,
            slug=wanted.slug,
            defaults={"course": wanted.course},
        )
        newest = scheme.versions.last()
        if seen is not None and seen != (newest.number if newest else 0):
            raise SchemeStale("Somebody has published another version meanwhile. Read it first.")
        if newest and newest.digest == wanted.digest(newest.number):
            return newest, False
        version = _version(scheme, wanted, number=newest.number + 1 if newest else 1, at=at)
        enqueue("certificates.consider_everyone", scheme.pk)
        if by:
            facts = {"number": version.number, "digest": version.digest}
            record("scheme.published", scheme, by=by, at=at, institute=scheme.institute, facts=facts)
    return version, True


def _version(scheme: Scheme, wanted: Wanted, *, number: int, at: datetime) -> SchemeVersion:
    version = SchemeVersion.objects.create(
        scheme=scheme,
        number=number,
        title=wanted.title,
        level=wanted.level,
        statement=wanted.statement,
        validity_months=wanted.validity_months,
        design=wanted.design,
        digest=wanted.digest(number),
        made_at=at,
    )
    version.competencies.set(wanted.competencies)
    Requirement.objects.bulk_create(
        Requirement(
            version=version,
            position=position,
            kind=each.kind,
            step=each.step,
            course=None if each.step else wanted.course,
            minimum_band=each.minimum_band,
            criterion=each.criterion,
            criterion_title=each.criterion_title,
            minimum_percent=each.minimum_percent,
        )
        for position, each in enumerate(wanted.requirements, start=1)
    )
    return version
