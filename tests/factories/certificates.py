"""Results as rows, schemes that ask for them, candidates and certificates."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from assessments.models import (
    AssignmentPage,
    AssignmentVersion,
    Attempt,
    Batch,
    Marking,
    QualityDecision,
    QuizPage,
    QuizVersion,
    Result,
    ResultEvent,
    Submission,
)
from assessments.signals import result_released, result_withdrawn
from certificates.actions import certificates as lives
from certificates.actions import decisions, files, register
from certificates.models import (
    Candidacy,
    Certificate,
    CertificationDecision,
    Requirement,
    Scheme,
    SchemeVersion,
)
from certificates.models.evidence import current_versions
from courses.models import CoursePage, Enrolment, StepPage
from lms.people.models import User
from tests.factories import courses as course_factory
from tests.factories import people

RELEASED_AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DIGEST = "0" * 64


def scheme(course: CoursePage, *steps: StepPage, **fields: Any) -> SchemeVersion:
    """A scheme's first version, asking for these steps; for the whole course where there are none."""
    fields.setdefault("title", "Foundations of commissioning")
    fields.setdefault("validity_months", 24)
    fields.setdefault("statement", "has shown that they can tell what people need from what is being bought.")
    row = Scheme.objects.create(
        institute=course.institute, course=course, slug=fields.pop("slug", "foundations-certificate")
    )
    version = SchemeVersion.objects.create(
        scheme=row,
        number=1,
        level="foundation",
        digest=DIGEST,
        made_at=RELEASED_AT,
        **fields,
    )
    version.competencies.add(course_factory.competency(course.institute))
    for position, step in enumerate(steps, start=1):
        Requirement.objects.create(version=version, position=position, kind=_kind(step), step=step)
    if not steps:
        Requirement.objects.create(version=version, position=1, kind="course", course=course)
    return current_versions(pk=version.pk)[0]


def next_version(version: SchemeVersion, *steps: StepPage, at: datetime = RELEASED_AT) -> SchemeVersion:
    """What its scheme asks for from now on: these steps."""
    newer = SchemeVersion.objects.create(
        scheme=version.scheme,
        number=version.number + 1,
        title=version.title,
        level=version.level,
        statement=version.statement,
        validity_months=version.validity_months,
        digest=str(version.number + 1),
        made_at=at,
    )
    for position, step in enumerate(steps, start=1):
        Requirement.objects.create(version=newer, position=position, kind=_kind(step), step=step)
    return newer


def asks_for_criterion(
    version: SchemeVersion, step: AssignmentPage, key: str, band: int = 3
) -> SchemeVersion:
    """The version, asking also for this band on the criterion that the work's rubric has under the key."""
    criterion = step.rubric.versions.latest("number").criteria.get(key=key)
    Requirement.objects.create(
        version=version,
        position=len(version.asked) + 1,
        kind="assignment",
        step=step,
        minimum_band=band,
        criterion=key,
        criterion_title=criterion.title,
    )
    return current_versions(pk=version.pk)[0]


def _kind(step: StepPage) -> str:
    return "quiz" if isinstance(step, QuizPage) else "assignment"


def passed(enrolment: Enrolment, quiz: QuizPage, *, at: datetime = RELEASED_AT, **fields: Any) -> Result:
    """A released result of a quiz, and the news of it."""
    version, _ = QuizVersion.objects.get_or_create(
        quiz=quiz,
        number=1,
        defaults={
            "draw": 4,
            "pass_percent": 75,
            "minutes_allowed": 0,
            "attempts_allowed": 3,
            "digest": DIGEST,
            "made_at": RELEASED_AT,
        },
    )
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        quiz=quiz,
        version=version,
        number=Attempt.objects.filter(enrolment=enrolment, quiz=quiz).count() + 1,
        state=Attempt.State.SUBMITTED,
        seed=DIGEST,
        started_at=at - timedelta(minutes=10),
        submitted_at=at,
    )
    fields.setdefault("outcome", Result.Outcome.PASSED)
    return _released(_result(enrolment, quiz, at, attempt=attempt, **fields), at)


def competent(
    enrolment: Enrolment,
    assignment: AssignmentPage,
    *,
    assessor: User,
    checker: User | None = None,
    at: datetime = RELEASED_AT,
    bands: Mapping[str, int] | None = None,
    **fields: Any,
) -> Result:
    """A released result of an assignment that the assessor marked and the checker, if any, agreed.

    `bands` are those of its criteria, by their keys; without them no criterion was marked one by one.
    """
    marking = _marking(enrolment, assignment, assessor, at)
    for criterion in assignment.rubric.versions.latest("number").criteria.filter(key__in=bands or ()):
        marking.marks.create(criterion=criterion, band=(bands or {})[criterion.key])
    decision = checker and QualityDecision.objects.create(
        marking=marking,
        decision=QualityDecision.Decision.AGREE,
        decided_by=checker,
        assessor=assessor,
        learner=enrolment.learner,
        decided_at=at,
    )
    fields.setdefault("outcome", Result.Outcome.COMPETENT)
    fields.setdefault("lowest_band", 2)
    result = _result(enrolment, assignment, at, marking=marking, quality_decision=decision, **fields)
    return _released(result, at, by=checker)


def withdraw(result: Result, *, by: User, at: datetime, ground: str = "error") -> ResultEvent:
    """Take a result back, and the news of it."""
    event = ResultEvent.objects.create(
        result=result, kind=ResultEvent.Kind.WITHDRAWN, ground=ground, by=by, at=at
    )
    result_withdrawn.send(sender=Result, result=result, event=event, at=at)
    return event


def confirmed(candidacy: Candidacy, name: str = "Ada Bright") -> Candidacy:
    """The candidacy with its name confirmed."""
    candidacy.printed_name, candidacy.name_confirmed_at = name, RELEASED_AT
    candidacy.save(update_fields=["printed_name", "name_confirmed_at"])
    return candidacy


def certificate(
    enrolment: Enrolment, quiz: QuizPage, *, by: User, at: datetime, name: str = "Ada Bright"
) -> Certificate:
    """A certificate that was earned, granted, filed and issued, with the quiz as its only evidence."""
    passed(enrolment, quiz)
    candidacy = confirmed(Candidacy.objects.get(learner=enrolment.learner, state="ready"), name)
    granted = decisions.grant(candidacy, name=name, by=by, at=at)
    files.file_certificate(granted, at=at)
    return granted


def granted(course: CoursePage, count: int, *, by: User, at: datetime) -> list[Certificate]:
    """Certificates of so many people, as rows: nothing has happened to them and their paper is not made."""
    version = current_versions(scheme__course=course)[0]
    first = Certificate.objects.count()
    return [
        register.enter(_granted_decision(version, number, by, at), f"Learner{number} Okafor", at=at)
        for number in range(first, first + count)
    ]


def issued(course: CoursePage, count: int, *, by: User, at: datetime) -> list[Certificate]:
    """The same, issued."""
    found = granted(course, count, by=by, at=at)
    for certificate in found:
        lives.follow(certificate, "issued", by=None, at=at)
    return found


def _granted_decision(version: SchemeVersion, number: int, by: User, at: datetime) -> CertificationDecision:
    learner = people.person(f"Learner{number}", "Okafor")
    candidacy = Candidacy.objects.create(
        institute=version.scheme.institute,
        scheme=version.scheme,
        version=version,
        learner=learner,
        state=Candidacy.State.DECIDED,
        ready_at=at,
    )
    return CertificationDecision.objects.create(
        candidacy=candidacy,
        version=version,
        decision="granted",
        learner=learner,
        decided_by=by,
        decided_at=at,
    )


def _marking(enrolment: Enrolment, assignment: AssignmentPage, assessor: User, at: datetime) -> Marking:
    institute = enrolment.course.institute
    version, _ = AssignmentVersion.objects.get_or_create(
        assignment=assignment,
        number=1,
        defaults={
            "rubric_version": assignment.rubric.versions.get(),
            "title": assignment.title,
            "brief": assignment.brief,
            "digest": DIGEST,
            "made_at": RELEASED_AT,
        },
    )
    batch, _ = Batch.objects.get_or_create(
        institute=institute,
        assignment=assignment,
        number=1,
        defaults={"state": Batch.State.RELEASED, "opened_at": at},
    )
    submission = Submission.objects.create(
        institute=institute,
        enrolment=enrolment,
        learner=enrolment.learner,
        assignment=assignment,
        version=version,
        number=Submission.objects.filter(enrolment=enrolment, assignment=assignment).count() + 1,
        candidate_number="4471",
        words=900,
        text_digest=DIGEST,
        declaration="My own work.",
        submitted_at=at,
        promised_on=at.date(),
        state=Submission.State.RELEASED,
    )
    return Marking.objects.create(
        institute=institute,
        submission=submission,
        batch=batch,
        rubric_version=version.rubric_version,
        assessor=assessor,
        learner=enrolment.learner,
        recorded_at=at,
    )


def _result(enrolment: Enrolment, step: StepPage, at: datetime, **fields: Any) -> Result:
    return Result.objects.create(
        institute=enrolment.course.institute,
        enrolment=enrolment,
        learner=enrolment.learner,
        step=step,
        made_at=at,
        **fields,
    )


def _released(result: Result, at: datetime, by: User | None = None) -> Result:
    event = ResultEvent.objects.create(result=result, kind=ResultEvent.Kind.RELEASED, by=by, at=at)
    result_released.send(sender=Result, result=result, event=event, at=at)
    return result
