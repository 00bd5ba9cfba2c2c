"""Rows of people, where they work, what they are enrolled in and what they have read."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from assessments.models import Draft
from courses.models import Enrolment, StepDone
from lms.demonstration.crowd.learners import Learner
from lms.demonstration.crowd.names import address
from lms.demonstration.crowd.scene import Scene
from lms.demonstration.crowd.timetable import END
from lms.demonstration.crowd.writing import compose
from lms.demonstration.world import by_what
from lms.people.models import Employment, User

TEAM_IN = 4  # one in so many of those who are employed is in a manager's own team
BY_MANAGER_IN = 2


def make_people(scene: Scene, learners: Sequence[Learner]) -> None:
    """Accounts that nobody can sign in to, with confirmed addresses, and the employments they have accepted."""
    users = User.objects.bulk_create(
        User(
            email=address(each.first_name, each.last_name, each.number),
            first_name=each.first_name,
            last_name=each.last_name,
            password=make_password(None),
            is_demo=True,
            date_joined=scene.timetable.at(each.joined),
        )
        for each in learners
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    for learner, user in zip(learners, users, strict=True):
        learner.user, learner.uuid = user.pk, user.uuid
    Employment.objects.bulk_create(_employments(scene, learners))


def make_enrolments(scene: Scene, learners: Iterable[Learner]) -> None:
    """Enrolments with the lessons that were read, and the drafts of those who are writing."""
    enrolled = [each for each in learners if each.enrolled is not None]
    rows = Enrolment.objects.bulk_create(_enrolment(scene, each) for each in enrolled)
    for learner, row in zip(enrolled, rows, strict=True):
        learner.enrolment = row.pk
    StepDone.objects.bulk_create(_lessons_done(scene, enrolled))
    Draft.objects.bulk_create(_drafts(scene, enrolled))


def _employments(scene: Scene, learners: Iterable[Learner]) -> Iterator[Employment]:
    for learner in learners:
        if not learner.employer:
            continue
        asked, accepted = (min(END, learner.joined + ticks) for ticks in (1, 3))
        manager, organisation = scene.managers[learner.employer], scene.employers[learner.employer]
        employment = Employment(
            uuid=uuid4(),
            person_id=learner.user,
            organisation=organisation,
            line_manager=manager if scene.chance.randrange(TEAM_IN) == 0 else None,
            from_on=timezone.localdate(scene.timetable.at(asked)),
            accepted_at=scene.timetable.at(accepted),
        )
        facts = {"organisation": str(organisation.uuid), "person": str(learner.uuid)}
        for tick, verb, by in ((asked, "proposed", manager.uuid), (accepted, "accepted", learner.uuid)):
            scene.trail.tell(tick, f"employment.{verb}", Employment, employment.uuid, by, facts, of_site=True)
        yield employment


def _enrolment(scene: Scene, learner: Learner) -> Enrolment:
    at, course = scene.timetable.at, scene.course_of(learner).page
    organisation = scene.employers.get(learner.employer)
    manager = scene.managers.get(learner.employer)
    by_manager = manager if scene.chance.randrange(BY_MANAGER_IN) == 0 else None
    enrolment = Enrolment(
        uuid=uuid4(),
        learner_id=learner.user,
        course=course,
        organisation=organisation,
        enrolled_by_id=by_manager.pk if by_manager else learner.user,
        enrolled_at=at(learner.enrolled),
        left_at=None if learner.left is None else at(learner.left),
        finished_at=None if learner.finished is None else at(learner.finished),
    )
    facts = {"course": course.pk, "organisation": str(organisation.uuid) if organisation else None}
    by = by_manager.uuid if by_manager else learner.uuid
    scene.trail.tell(learner.enrolled, "enrolment.made", Enrolment, enrolment.uuid, by, facts)
    if learner.left is not None:
        scene.trail.tell(learner.left, "enrolment.left", Enrolment, enrolment.uuid, learner.uuid)
    return enrolment


def _lessons_done(scene: Scene, learners: Iterable[Learner]) -> Iterator[StepDone]:
    for learner in learners:
        lessons = scene.course_of(learner).lessons
        for place, tick in learner.lessons:
            at = scene.timetable.at(tick)
            yield StepDone(
                enrolment_id=learner.enrolment,
                step_id=lessons[place].pk,
                at=at,
                by_what=by_what(lessons[place]),
            )


def _drafts(scene: Scene, learners: Iterable[Learner]) -> Iterator[Draft]:
    assignment = scene.practitioners.assignments[0]
    for learner in learners:
        if learner.drafted is not None:
            yield Draft(
                enrolment_id=learner.enrolment,
                assignment=assignment,
                text=compose(assignment.slug, scene.chance).split("\n\n")[0],
                revision=1,
                saved_at=scene.timetable.at(learner.drafted),
            )
