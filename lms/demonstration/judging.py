"""Stories of people who judge: assessors mark, quality assurers check and release, the registrar decides."""

from datetime import datetime, timedelta

from assessments.actions import marking, quality, quarantine, release
from assessments.models import Batch, Marking, Quarantine
from certificates.actions import appeals, certificates, decisions, files
from certificates.models import Candidacy, Certificate, CertificationDecision
from certificates.rendering import pango_problem
from lms.demonstration.calendar import Story
from lms.demonstration.world import Course, World
from lms.demonstration.written import work_reading
from lms.people.models import User

MINUTES_TO_MARK = timedelta(minutes=38)
SET_ASIDE = "In the paragraph on need: the name of the street, the age and the illness make one person known."
AGREED = "The bands fit the descriptors and the feedback says what to do next."


def marks(world: World, assessor: str, *, days: int, count: int) -> Story:
    """Somebody takes the oldest work of the queue, judges and records it, and then the next."""
    by = world.people[assessor]
    begins = world.calendar.ago(days, "09:20")
    for number in range(count):
        at = yield begins + number * 2 * MINUTES_TO_MARK
        submission = marking.claim_next(world.aldermoor, by=by, at=at)
        if submission is None:
            return
        written = work_reading(submission.content.text)
        at = yield at + MINUTES_TO_MARK
        marking.save_draft(submission, written.judgement, by=by, at=at)
        marking.record(submission, read=written.judgement.digest, by=by, at=at)


def sets_aside(world: World, assessor: str, *, days: int) -> Story:
    """Somebody takes the oldest work, meets a real person in it, and sets it aside."""
    at = yield world.calendar.ago(days, "10:40")
    by = world.people[assessor]
    if submission := marking.claim_next(world.aldermoor, by=by, at=at):
        quarantine.quarantine(submission, Quarantine.Reason.SERVICE, SET_ASIDE, by=by, at=at)


def closes(world: World, course: Course, *, days: int) -> Story:
    """The lead closes the open batch, and its sample is drawn."""
    at = yield world.calendar.ago(days, "10:15")
    quality.close(_batch(course, Batch.State.OPEN), by=world.people["iqa"], at=at)


def checks(world: World, course: Course, *, days: int, count: int | None = None) -> Story:
    """A quality assurer decides what was sampled, oldest first; all of it where no number is given."""
    begins = yield world.calendar.ago(days, "13:30")
    undecided = quality.undecided(_batch(course, Batch.State.CLOSED))
    for number, each in enumerate(undecided.order_by("recorded_at")[:count]):
        at = yield begins + number * timedelta(minutes=21)
        _check(each, by=world.people["iqa2"], at=at)


def releases(world: World, course: Course, *, days: int) -> Story:
    """The lead releases the results of a batch that has been checked."""
    at = yield world.calendar.ago(days, "11:05")
    release.release(_batch(course, Batch.State.CLOSED), by=world.people["iqa"], at=at)


def certifies(world: World, learner: str, *, days: int) -> Story:
    """The registrar grants a certificate, and its paper is made; without Pango it waits to be made."""
    at = yield world.calendar.ago(days, "15:10")
    candidacy = Candidacy.objects.get(learner=world.people[learner], state=Candidacy.State.READY)
    granted = decisions.grant(candidacy, name=candidacy.printed_name, by=world.people["registrar"], at=at)
    at = yield at + timedelta(minutes=1)
    if not pango_problem():
        files.file_certificate(granted, at=at)


def puts_off(world: World, learner: str, *, days: int, reason: str) -> Story:
    """The registrar puts the decision on somebody off."""
    at = yield world.calendar.ago(days, "14:20")
    candidacy = Candidacy.objects.get(learner=world.people[learner], state=Candidacy.State.READY)
    decisions.defer(candidacy, reason=reason, by=world.people["registrar"], at=at)


def appeals_against_it(world: World, learner: str, *, days: int, words: str) -> Story:
    """Whoever was put off says why that was wrong."""
    at = yield world.calendar.ago(days, "18:45")
    by = world.people[learner]
    decision = CertificationDecision.objects.get(learner=by, decision=CertificationDecision.Decision.DEFERRED)
    appeals.lodge(decision, words=words, by=by, at=at)


def suspends(world: World, learner: str, *, days: int, reason: str) -> Story:
    """The registrar suspends somebody's certificate, if it could be issued."""
    at = yield world.calendar.ago(days, "10:40")
    if not pango_problem():
        certificates.suspend(
            _held_by(world.people[learner]), by=world.people["registrar"], at=at, reason=reason
        )


def revokes(world: World, learner: str, *, days: int, reason: str) -> Story:
    """The registrar revokes somebody's certificate, if it could be issued."""
    at = yield world.calendar.ago(days, "16:20")
    if not pango_problem():
        certificates.revoke(
            _held_by(world.people[learner]), by=world.people["registrar"], at=at, reason=reason
        )


def _check(each: Marking, *, by: User, at: datetime) -> None:
    found = work_reading(each.submission.content.text).check
    if found is None:
        quality.agree(each, by=by, at=at, note=AGREED)
        return
    bands = {mark.criterion.key: mark.band for mark in each.marks.select_related("criterion")}
    quality.overturn(
        each,
        bands={**bands, **found.bands},
        unsafe_passages=each.unsafe_passages,
        reason=found.reason,
        rest="stands",
        by=by,
        at=at,
    )


def _batch(course: Course, state: str) -> Batch:
    return Batch.objects.get(assignment=course.assignments[0], state=state)


def _held_by(learner: User) -> Certificate:
    return Certificate.objects.get(learner=learner)
