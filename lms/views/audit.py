"""The audit trail as an institute's administrator and lead quality assurer read it.

Names stand here only for people who act or acted for the institute. Learners appear without a name, and
submissions and results without their facts: marking is blind, and whoever reads the trail may check a
sample tomorrow.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.models import Question
from certificates.models import Certificate
from lms.audit.models import ChainHead, Event
from lms.people.access import institute_view
from lms.people.models import Institute, Membership, User
from lms.people.roles import Permission
from lms.views.audit_forms import TrailForm, in_words

A_PAGE = 50
LEARNERS_OWN = frozenset(
    {
        "attempt.submitted",
        "case.ended",
        "submission.handed_in",
        "candidacy.name_confirmed",
        "claim.made",
        "claim.answered",
    }
)
Names = dict[UUID, str]


@dataclass(frozen=True)
class Line:
    """One event as it is read: its place, what happened, by whom, to what, when."""

    sequence: int
    at: datetime
    words: str
    who: str
    subject: str


@institute_view(Permission.READ_AUDIT)
def trail(request: HttpRequest, institute: Institute) -> HttpResponse:
    events = Event.objects.filter(chain=str(institute.uuid)).order_by("-sequence")
    staff = User.objects.filter(memberships__institute=institute).distinct()
    verbs = set(events.order_by().values_list("verb", flat=True).distinct())
    form = TrailForm(request.GET, verbs=verbs, staff=staff.order_by("last_name", "first_name"))
    page = Paginator(form.chosen(events), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "institute": institute,
        "form": form,
        "page": page,
        "lines": _lines(list(page), staff),
        "is_filtered": form.is_filtered,
        "head": ChainHead.objects.filter(chain=str(institute.uuid)).first(),
    }
    return render(request, "lms/audit_trail.html", context)


def _lines(events: list[Event], staff: QuerySet[User]) -> list[Line]:
    names = {person.uuid: str(person) for person in staff.filter(uuid__in={each.actor for each in events})}
    subjects: Names = {}
    for kind, named in SUBJECTS.items():
        if wanted := {each.subject for each in events if each.subject_kind == kind}:
            subjects |= named(wanted)
    return [
        Line(
            sequence=each.sequence,
            at=each.at,
            words=in_words(each.verb),
            who=_who(each, names),
            subject=subjects.get(each.subject) or f"{_kind(each.subject_kind)} {str(each.subject)[:8]}",
        )
        for each in events
    ]


def _who(event: Event, names: Names) -> str:
    if event.actor is None:
        return "The site"
    # Staff take courses too, and are then learners like everybody.
    return "A learner" if event.verb in LEARNERS_OWN else names.get(event.actor, "A learner")


def _memberships(wanted: Iterable[UUID]) -> Names:
    found = Membership.objects.filter(uuid__in=wanted).select_related("person")
    return {each.uuid: f"{each.person}, {each.get_role_display()}" for each in found}


def _certificates(wanted: Iterable[UUID]) -> Names:
    return {each.uuid: f"Certificate {each.number}" for each in Certificate.objects.filter(uuid__in=wanted)}


def _questions(wanted: Iterable[UUID]) -> Names:
    return {each.uuid: f"Question {each.key}" for each in Question.objects.filter(uuid__in=wanted)}


def _institutes(wanted: Iterable[UUID]) -> Names:
    return {each.uuid: each.name for each in Institute.objects.filter(uuid__in=wanted)}


# What has a name that tells nothing of a learner; everything else is its kind and the start of its uuid.
SUBJECTS: dict[str, Callable[[Iterable[UUID]], Names]] = {
    "institute": _institutes,
    "membership": _memberships,
    "certificate": _certificates,
    "question": _questions,
}


def _kind(kind: str) -> str:
    known = {"qualitydecision": "Quality decision", "certificationdecision": "Certification decision"}
    return known.get(kind, kind.capitalize())
