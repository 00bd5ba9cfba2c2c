"""Where an organisation's staff stand: the rows of the employer's table, and nothing more than its columns.

An employer sees people it employs now, who have accepted that, and their enrolments through it: the course,
the step they are at, when they finished, and which certificate came of it until when. No score, outcome,
attempt or feedback is read here, so none can be shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from certificates import lifecycle
from certificates.models import Certificate
from courses.models import Enrolment, StepDone
from courses.models.outlines import outlines_shown
from courses.outline import Step
from lms.people.models import Employment, Organisation, User

SOON = timedelta(days=90)
COLUMNS = ("Name", "Course", "Step", "Finished on", "Certificate", "Valid until", "State")

# How a certificate stands, in the words and the kind of tag that the table shows.
STANDINGS: dict[lifecycle.State, tuple[str, str]] = {
    "valid": ("Certified", "ok"),
    "not_yet_valid": ("Certified from a later day", "info"),
    "expired": ("Certificate expired", "warn"),
    "suspended": ("Certificate suspended", "warn"),
    "revoked": ("Certificate revoked", "bad"),
    "superseded": ("Certificate replaced", "info"),
}


@dataclass(frozen=True)
class StaffRow:
    """One person in one course, as their employer may see it."""

    employment: Employment
    name: str
    course: str
    step: str
    finished_on: date | None
    certificate: str
    valid_until: date | None
    state: str
    kind: str

    @property
    def cells(self) -> tuple[str | date | None, ...]:
        """The row as COLUMNS names it."""
        return (
            self.name,
            self.course,
            self.step,
            self.finished_on,
            self.certificate,
            self.valid_until,
            self.state,
        )


def employed(organisation: Organisation) -> QuerySet[Employment]:
    """The people whom the organisation employs and who have accepted that, by name."""
    return (
        Employment.objects.current()
        .filter(organisation=organisation, person__is_active=True)
        .select_related("person", "line_manager")
        .order_by("person__last_name", "person__first_name", "pk")
    )


def visible(organisation: Organisation) -> QuerySet[Enrolment]:
    """The latest enrolment of each of its people in each course, through this organisation, by name."""
    later = Enrolment.objects.filter(
        learner=OuterRef("learner"),
        course=OuterRef("course"),
        organisation=organisation,
        enrolled_at__gt=OuterRef("enrolled_at"),
    )
    return (
        Enrolment.objects.visible_to_employer(organisation)
        .filter(~Exists(later), learner__is_active=True)
        .select_related("learner")
        .prefetch_related("course")
        .order_by("learner__last_name", "learner__first_name", "learner", "course__title", "pk")
    )


def in_team_of(
    enrolments: QuerySet[Enrolment], manager: User, organisation: Organisation
) -> QuerySet[Enrolment]:
    """Those of the people who name this line manager."""
    team = employed(organisation).filter(line_manager=manager).order_by()
    return enrolments.filter(learner__in=team.values("person"))


def matching(enrolments: QuerySet[Enrolment], words: str) -> QuerySet[Enrolment]:
    """Those in whose name or course every word occurs."""
    for word in words.split():
        enrolments = enrolments.filter(
            Q(learner__first_name__icontains=word)
            | Q(learner__last_name__icontains=word)
            | Q(course__title__icontains=word)
        )
    return enrolments


def expiring(enrolments: QuerySet[Enrolment], today: date) -> QuerySet[Enrolment]:
    """Those with a valid certificate that runs out within 90 days."""
    running_out = Certificate.objects.in_state("valid", today).filter(
        learner=OuterRef("learner"),
        version__scheme__course=OuterRef("course"),
        made_at__gte=OuterRef("enrolled_at"),
        valid_until__lte=today + SOON,
    )
    return enrolments.filter(Exists(running_out))


def rows_of(organisation: Organisation, enrolments: Iterable[Enrolment], today: date) -> list[StaffRow]:
    """The table's rows for these enrolments, in their order, in as many queries for one as for a thousand."""
    listed = list(enrolments)
    people = {each.learner_id for each in listed}
    employments = {each.person_id: each for each in employed(organisation).filter(person__in=people)}
    outlines = outlines_shown({each.course_id: each.course for each in listed}.values())
    done: dict[int, set[int]] = {each.pk: set() for each in listed}
    for enrolment_id, step_id in StepDone.objects.filter(enrolment__in=done).values_list(
        "enrolment_id", "step_id"
    ):
        done[enrolment_id].add(step_id)
    certificates = _certificates_of(listed)
    return [
        _row(
            employments[each.learner_id],
            each,
            outlines[each.course_id].next_step(frozenset(done[each.pk])),
            bool(done[each.pk]),
            _latest(certificates, each, today),
            today,
        )
        for each in listed
    ]


def _certificates_of(enrolments: Sequence[Enrolment]) -> dict[tuple[int, int], list[Certificate]]:
    found: dict[tuple[int, int], list[Certificate]] = {}
    listed = Certificate.objects.filter(
        learner__in={each.learner_id for each in enrolments},
        version__scheme__course__in={each.course_id for each in enrolments},
    )
    for certificate in (
        listed.select_related("version__scheme").prefetch_related("events").order_by("-made_at", "-pk")
    ):
        key = (certificate.learner_id, certificate.version.scheme.course_id)
        found.setdefault(key, []).append(certificate)
    return found


def _latest(
    certificates: dict[tuple[int, int], list[Certificate]], enrolment: Enrolment, today: date
) -> Certificate | None:
    """The newest certificate that was issued under this enrolment; an older one came before this employer."""
    for certificate in certificates.get((enrolment.learner_id, enrolment.course_id), []):
        is_theirs = certificate.made_at >= enrolment.enrolled_at
        if is_theirs and certificate.standing(today).state in STANDINGS:
            return certificate
    return None


def _row(
    employment: Employment,
    enrolment: Enrolment,
    next_step: Step | None,
    has_begun: bool,
    certificate: Certificate | None,
    today: date,
) -> StaffRow:
    state, kind = _state(enrolment, has_begun, certificate, today)
    is_over = enrolment.left_at or enrolment.finished_at
    return StaffRow(
        employment=employment,
        name=str(enrolment.learner),
        course=enrolment.course.title,
        step="" if is_over or next_step is None else next_step.title,
        finished_on=timezone.localdate(enrolment.finished_at) if enrolment.finished_at else None,
        certificate=certificate.version.title if certificate else "",
        valid_until=certificate.valid_until if certificate else None,
        state=state,
        kind=kind,
    )


def _state(
    enrolment: Enrolment, has_begun: bool, certificate: Certificate | None, today: date
) -> tuple[str, str]:
    if certificate:
        state = certificate.standing(today).state
        ends_soon = certificate.valid_until and certificate.valid_until <= today + SOON
        if state == "valid" and ends_soon:
            return "Certificate ends soon", "warn"
        return STANDINGS[state]
    if enrolment.finished_at:
        return "Finished", "ok"
    if enrolment.left_at:
        return "Left the course", "idle"
    return ("Studying", "info") if has_begun else ("Not started", "idle")
