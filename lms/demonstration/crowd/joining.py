"""Many learners join the demonstration at once: planned in memory, written table by table, whole or not at all.

What they did could all have been done by the product's actions; only their e-mails were never owed, since
nobody would read them. The registrar's deeds, a few dozen, are done by the actions themselves.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from random import Random
from typing import TextIO

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from assessments.models import Batch
from lms.demonstration.calendar import Calendar
from lms.demonstration.cast import accounts
from lms.demonstration.crowd.attempted import make_attempts
from lms.demonstration.crowd.certified import decide, make_candidacies, those_decided
from lms.demonstration.crowd.destinies import Reach, destinies
from lms.demonstration.crowd.enrolled import make_enrolments, make_people
from lms.demonstration.crowd.handed_in import make_submissions
from lms.demonstration.crowd.learners import Learner, meet, plan
from lms.demonstration.crowd.lots import Lot, Piece, hand_in, judge, plan_lots
from lms.demonstration.crowd.marked import judge_lots
from lms.demonstration.crowd.names import address
from lms.demonstration.crowd.progress import Progress
from lms.demonstration.crowd.scene import Scene, person
from lms.people.actions import memberships
from lms.people.models import User
from lms.people.roles import Role

# The crowd brings its own assessors: what the cast has marked, and how often it is checked, stays as it was.
ASSESSORS = (
    ("Perpetua", "Nkemelu"),
    ("Aurelia", "Stobart"),
    ("Jonas", "Wrigglesworth"),
    ("Shireen", "Motala"),
)
LEARNERS_AT_ONCE = 500
LOTS_AT_ONCE = 50


class NoRoom(Exception):
    """A crowd cannot join this database; the sentence says why."""


@transaction.atomic
def join(count: int, *, now: datetime, progress_to: TextIO) -> None:
    """Add so many learners in every state to the demonstration. Raises NoRoom."""
    if not accounts().exists():
        raise NoRoom("This database was not filled by this command, so no learners were added.")
    # Not for secrets: the same crowd comes each time, so that what one person measures another can repeat.
    scene = Scene(Calendar(now), Random("piper"))  # noqa: S311
    if Batch.objects.filter(assignment__in=scene.practitioners.assignments).exists():
        raise NoRoom(
            f"Work in “{scene.practitioners.page}” has been marked already, and a crowd's past would not fit "
            "beside it. No learners were added. They can join a database once, soon after it is filled."
        )
    _appoint_assessors(scene)
    learners, lots, waiting = _planned(scene, count)
    _write_learners(scene, learners, progress_to)
    _write_works(scene, lots, waiting, progress_to)
    make_candidacies(scene, learners)
    _write_events(scene, progress_to)
    _decide(scene, learners, progress_to)


def _appoint_assessors(scene: Scene) -> None:
    """People who mark and cannot sign in; appointed by the administrator before the first of the crowd came."""
    at = scene.timetable.at(0)
    for number, (first, last) in enumerate(ASSESSORS, start=1):
        assessor = User.objects.create(
            email=address(first, last, number),
            first_name=first,
            last_name=last,
            password=make_password(None),
            is_demo=True,
            date_joined=at,
        )
        EmailAddress.objects.create(user=assessor, email=assessor.email, verified=True, primary=True)
        memberships.appoint(assessor, Role.ASSESSOR, scene.institute, by=person("administrator"), at=at)
        scene.assessors.append(assessor)


def _planned(scene: Scene, count: int) -> tuple[list[Learner], list[Lot], list[Piece]]:
    """Everybody with everything they did, the batches it was judged in, and what waits to be marked."""
    chance = scene.chance
    first_number = len(ASSESSORS) + 1
    learners = [meet(number, reach, chance) for number, reach in enumerate(destinies(count), first_number)]
    lots = plan_lots(learners)
    waits = {Reach.WAITING, Reach.CLAIMED}
    waiting = hand_in(lots, [each for each in learners if each.reach in waits], chance)
    judge(lots, [each.uuid for each in scene.assessors], [len(each) for each in scene.criteria], chance)
    _plan_past(scene, learners, lots, waiting)
    return learners, lots, waiting


def _plan_past(
    scene: Scene, learners: Sequence[Learner], lots: Sequence[Lot], waiting: Sequence[Piece]
) -> None:
    """What came before the first work was handed in, and when the last step was done."""
    pieces = [*waiting, *(piece for lot in lots for piece in lot.pieces if lot.assignment == 0)]
    handed_in = {piece.learner.number: piece.handed_in for piece in pieces}
    for lot in lots:
        if lot.assignment == 1:
            for learner in lot.learners:
                learner.finished = lot.released
    lessons = {
        course.page.pk: [len(studied) for studied, _quiz in course.stretches]
        for course in (scene.foundations, scene.practitioners)
    }
    for learner in learners:
        before = lessons[scene.course_of(learner).page.pk]
        plan(learner, before, scene.chance, handed_in.get(learner.number))


def _write_learners(scene: Scene, learners: Sequence[Learner], progress_to: TextIO) -> None:
    progress = Progress(progress_to, len(learners), "learners")
    for start in range(0, len(learners), LEARNERS_AT_ONCE):
        some = learners[start : start + LEARNERS_AT_ONCE]
        make_people(scene, some)
        make_enrolments(scene, some)
        make_attempts(scene, some)
        progress.add(len(some))


def _write_works(scene: Scene, lots: Sequence[Lot], waiting: Sequence[Piece], progress_to: TextIO) -> None:
    progress = Progress(progress_to, len(waiting) + sum(len(lot.pieces) for lot in lots), "pieces of work")
    for start in range(0, len(lots), LOTS_AT_ONCE):
        some = lots[start : start + LOTS_AT_ONCE]
        judge_lots(scene, some)
        progress.add(sum(len(lot.pieces) for lot in some))
    make_submissions(scene, waiting)
    progress.add(len(waiting))


def _write_events(scene: Scene, progress_to: TextIO) -> None:
    progress = Progress(progress_to, len(scene.trail), "events of the audit trail")
    for written in scene.trail.record():
        progress.add(written)


def _decide(scene: Scene, learners: Iterable[Learner], progress_to: TextIO) -> None:
    decided = those_decided(learners)
    progress = Progress(progress_to, len(decided), "decisions")
    for _ in decide(scene, decided):
        progress.add(1)
