"""An institute's desk: what waits for this person, by what they may do here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.models import Batch, Quarantine, Question, Submission
from certificates.models import Appeal, Candidacy, Review
from lms.people import access
from lms.people.models import Institute, Invitation
from lms.people.roles import Permission, Role
from lms.problems.models import Kind


@dataclass(frozen=True)
class Waiting:
    """How many of something wait, and the words for one and for more."""

    count: int
    one: str
    more: str

    @property
    def words(self) -> str:
        return f"{self.count or 'No'} {self.one if self.count == 1 else self.more}"


@dataclass(frozen=True)
class Door:
    """A part of the desk: who may open it, where it is, and what waits behind it."""

    permission: Permission
    title: str
    address: str
    sentence: str
    waiting: Callable[[Institute, datetime], Waiting] | None = None


def _submissions(institute: Institute, at: datetime) -> Waiting:
    found = Submission.objects.filter(institute=institute).waiting(at).count()
    return Waiting(found, "submission waits", "submissions wait")


def _batches(institute: Institute, at: datetime) -> Waiting:
    found = Batch.objects.filter(institute=institute, state=Batch.State.CLOSED).count()
    return Waiting(found, "batch to check", "batches to check")


def _set_aside(institute: Institute, at: datetime) -> Waiting:
    found = Quarantine.objects.filter(institute=institute, ending=None).count()
    return Waiting(found, "piece of work set aside", "pieces of work set aside")


def _candidates(institute: Institute, at: datetime) -> Waiting:
    ready = Candidacy.objects.filter(institute=institute, state=Candidacy.State.READY).count()
    return Waiting(ready, "candidate is ready", "candidates are ready")


def _reviews(institute: Institute, at: datetime) -> Waiting:
    found = Review.objects.filter(institute=institute, closed_at=None).count()
    return Waiting(found, "certificate to look at again", "certificates to look at again")


def _appeals(institute: Institute, at: datetime) -> Waiting:
    found = Appeal.objects.filter(institute=institute, hearing=None).count()
    return Waiting(found, "open appeal", "open appeals")


def _questions(institute: Institute, at: datetime) -> Waiting:
    found = Question.objects.filter(institute=institute).waiting().count()
    return Waiting(found, "question to review", "questions to review")


def _invitations(institute: Institute, at: datetime) -> Waiting:
    found = Invitation.objects.filter(
        institute=institute, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    ).count()
    return Waiting(found, "open invitation", "open invitations")


def _course_problems(institute: Institute, at: datetime) -> Waiting:
    return _problems(institute, Kind.QUESTION, Kind.LESSON)


def _certificate_problems(institute: Institute, at: datetime) -> Waiting:
    return _problems(institute, Kind.CERTIFICATE)


def _problems(institute: Institute, *kinds: Kind) -> Waiting:
    found = institute.problems.open().filter(kind__in=kinds).count()
    return Waiting(found, "open problem", "open problems")


P = Permission
DOORS = (
    Door(
        P.MARK_WORK,
        "Marking",
        "marking/",
        "Take the oldest submission and judge it against its rubric.",
        _submissions,
    ),
    Door(
        P.MARK_WORK,
        "Logs",
        "logs/",
        "Entries of their reflective log that learners show you as evidence.",
    ),
    Door(
        P.READ_QUALITY,
        "Quality",
        "quality/",
        "Check the sample of each batch before anything is released.",
        _batches,
    ),
    Door(
        P.READ_QUALITY, "Results", "results/", "What was released, to whom and when; withdraw what was wrong."
    ),
    Door(
        P.RELEASE_RESULTS,
        "Further attempts",
        "further-attempts/",
        "Give a learner who has none left one more attempt at a quiz, with a reason.",
    ),
    Door(
        P.DECIDE_CERTIFICATES,
        "Certificates",
        "certificates/",
        "Decide on candidates, issue, suspend, revoke.",
        _candidates,
    ),
    Door(
        P.DECIDE_CERTIFICATES,
        "Reviews",
        "certificates/reviews/",
        "Certificates whose result was withdrawn.",
        _reviews,
    ),
    Door(
        P.DECIDE_CERTIFICATES,
        "Appeals",
        "certificates/appeals/",
        "Candidates who think that a decision on them was wrong.",
        _appeals,
    ),
    Door(P.READ_REGISTER, "Register", "certificates/register/", "Every certificate, with its whole history."),
    Door(P.KEEP_SCHEMES, "Schemes", "schemes/", "What each certificate requires, version by version."),
    Door(
        P.KEEP_FRAMEWORK,
        "Framework",
        "framework/",
        "Competencies and behaviours, version by version; write the next one.",
    ),
    Door(
        P.KEEP_QUESTIONS,
        "Questions",
        "questions/",
        "Write, review, publish and retire questions.",
        _questions,
    ),
    Door(
        P.WRITE_COURSES,
        "To read again",
        "review-due/",
        "Facts and lessons whose day of review comes up, and what rests on them.",
    ),
    Door(
        P.WRITE_COURSES,
        "Problems in courses",
        "problems/",
        "What learners say is wrong with a question or a lesson.",
        _course_problems,
    ),
    Door(
        P.DECIDE_CERTIFICATES,
        "Problems with certificates",
        "problems/",
        "What holders and strangers say is wrong with a certificate.",
        _certificate_problems,
    ),
    Door(
        P.APPOINT_PEOPLE,
        "People",
        "people/",
        "Invite and appoint people, and let them stand down.",
        _invitations,
    ),
    Door(
        P.AGREE_ADJUSTMENTS,
        "Adjustments",
        "adjustments/",
        "Extra time that was agreed with a learner; never the reason for it.",
    ),
    Door(
        P.LIFT_QUARANTINE,
        "Set aside",
        "quarantine/",
        "Work from which a real person could be recognised; nobody opens it.",
        _set_aside,
    ),
    Door(
        P.CHANGE_SETTINGS,
        "Settings",
        "settings/",
        "The institute’s colours, and the address that people write to.",
    ),
    Door(P.READ_AUDIT, "Audit trail", "audit/", "Every decision: who, when, on what."),
)


@access.institute_view()
def desk(request: HttpRequest, institute: Institute) -> HttpResponse:
    at = request.at  # type: ignore[attr-defined]
    may = {
        door.permission for door in DOORS if access.can(request.user, door.permission, institute, at.date())
    }
    doors = [
        {
            "title": door.title,
            "url": f"/at/{institute.slug}/{door.address}",
            "sentence": door.sentence,
            "waiting": door.waiting(institute, at) if door.waiting else None,
        }
        for door in DOORS
        if door.permission in may
    ]
    roles = sorted(Role(role).label for role in access.roles_at(request.user, institute, at.date()))
    context = {
        "institute": institute,
        "doors": doors,
        "roles": roles,
        "writes": access.can(request.user, P.WRITE_COURSES, institute),
        "publishes": access.can(request.user, P.PUBLISH_COURSES, institute),
    }
    return render(request, "lms/desk.html", context)
