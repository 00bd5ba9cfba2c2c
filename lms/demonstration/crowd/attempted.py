"""Rows of attempts: questions really drawn, answers saved one by one, and scores worked out from them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from assessments import scoring
from assessments.actions import attempts
from assessments.models import Answer, Attempt, AttemptQuestion, Response, Result, ResultEvent, Score
from courses.models import StepDone
from lms.demonstration.crowd.learners import Learner, Try
from lms.demonstration.crowd.papers import Asked, Paper, Saved, answers
from lms.demonstration.crowd.scene import Scene

# From the start to handing in, and between two answers.
LASTS = timedelta(minutes=16)
BETWEEN = timedelta(seconds=70)
ANSWERED_WHEN_LEFT = 4


@dataclass
class Sitting:
    """One attempt on its way into the tables."""

    learner: Learner
    tried: Try
    paper: Paper
    attempt: Attempt
    drawn: list[tuple[Asked, list[str]]]
    saved: list[Saved]

    @property
    def counted(self) -> dict[int, Saved]:
        """The newest answer at each place."""
        return {each.position: each for each in self.saved}

    @property
    def is_open(self) -> bool:
        return self.tried.passes is None


def make_attempts(scene: Scene, learners: Iterable[Learner]) -> None:
    """Every attempt of these learners with its answers; and score, result and step of those handed in."""
    sittings = [each for learner in learners for each in _sittings(scene, learner)]
    Attempt.objects.bulk_create(each.attempt for each in sittings)
    _make_answers(sittings)
    handed_in = [each for each in sittings if not each.is_open]
    Score.objects.bulk_create(_score(each) for each in handed_in)
    results = Result.objects.bulk_create(_result(scene, each) for each in handed_in)
    ResultEvent.objects.bulk_create(
        ResultEvent(result=result, kind=ResultEvent.Kind.RELEASED, at=result.made_at) for result in results
    )
    StepDone.objects.bulk_create(
        StepDone(
            enrolment_id=each.learner.enrolment,
            step_id=each.paper.quiz.pk,
            at=each.attempt.submitted_at,
            by_what="quiz",
        )
        for each in handed_in
        if each.tried.passes
    )


def _sittings(scene: Scene, learner: Learner) -> Iterator[Sitting]:
    numbers: Counter[int] = Counter()
    for tried in learner.tries:
        numbers[tried.quiz] += 1
        yield _sitting(scene, learner, tried, numbers[tried.quiz])


def _sitting(scene: Scene, learner: Learner, tried: Try, number: int) -> Sitting:
    paper = scene.paper(scene.course_of(learner).quizzes[tried.quiz])
    seed = scene.chance.randbytes(32).hex()
    drawn = paper.draw(seed)
    reached = [asked for asked, _ in drawn][: ANSWERED_WHEN_LEFT if tried.passes is None else None]
    right = min(len(reached), paper.right_of(tried.passes, scene.chance))
    ends = scene.timetable.at(tried.tick)
    attempt = Attempt(
        uuid=uuid4(),
        enrolment_id=learner.enrolment,
        quiz=paper.quiz,
        version=paper.version,
        number=number,
        seed=seed,
        started_at=ends - LASTS,
        deadline_at=_deadline(paper, ends - LASTS),
    )
    sitting = Sitting(learner, tried, paper, attempt, drawn, answers(reached, right, scene.chance))
    if not sitting.is_open:
        _hand_in(scene, sitting, ends)
    return sitting


def _deadline(paper: Paper, started_at: datetime) -> datetime | None:
    minutes = paper.version.minutes_allowed
    return started_at + timedelta(minutes=minutes) if minutes else None


def _hand_in(scene: Scene, sitting: Sitting, at: datetime) -> None:
    attempt = sitting.attempt
    attempt.state = Attempt.State.SUBMITTED
    attempt.submitted_at = at
    attempt.closed_by = Attempt.ClosedBy.LEARNER
    counted = {place: (saved.revision, saved.digest) for place, saved in sitting.counted.items()}
    attempt.receipt = attempts.receipt(attempt, counted)
    facts = {"number": attempt.number, "closed_by": attempt.closed_by, "receipt": attempt.receipt}
    learner, tick = sitting.learner, sitting.tried.tick
    scene.trail.tell(tick, "attempt.submitted", Attempt, attempt.uuid, learner.uuid, facts)


def _make_answers(sittings: Sequence[Sitting]) -> None:
    asked = AttemptQuestion.objects.bulk_create(
        AttemptQuestion(attempt=each.attempt, position=position, version=question.version, option_order=order)
        for each in sittings
        for position, (question, order) in enumerate(each.drawn, start=1)
    )
    places = {(row.attempt_id, row.position): row for row in asked}
    rows = Answer.objects.bulk_create(
        Answer(
            asked=places[each.attempt.pk, saved.position],
            revision=saved.revision,
            response_digest=saved.digest,
            received_at=each.attempt.started_at + BETWEEN * (saved.position + (saved.revision - 1) / 2),
        )
        for each in sittings
        for saved in each.saved
    )
    said = (saved.response for each in sittings for saved in each.saved)
    Response.objects.bulk_create(
        Response(answer=row, body=body) for row, body in zip(rows, said, strict=True)
    )


def _score(sitting: Sitting) -> Score:
    counted = sitting.counted
    each = [
        asked.score(counted[position].response if position in counted else None)
        for position, (asked, _) in enumerate(sitting.drawn, start=1)
    ]
    marks, needed = scoring.total(each), sitting.paper.version.marks_needed
    return Score(
        attempt=sitting.attempt,
        numerator=marks.numerator,
        denominator=marks.denominator,
        marks_available=len(each),
        marks_needed=needed,
        is_pass=scoring.is_pass(marks, needed),
        engine_version=scoring.ENGINE_VERSION,
        scored_at=sitting.attempt.submitted_at,
        detail=[
            {"state": one.state, "points": f"{one.points.numerator}/{one.points.denominator}"} for one in each
        ],
    )


def _result(scene: Scene, sitting: Sitting) -> Result:
    outcome = Result.Outcome.PASSED if sitting.tried.passes else Result.Outcome.NOT_PASSED
    return Result(
        uuid=uuid4(),
        institute=scene.institute,
        enrolment_id=sitting.learner.enrolment,
        learner_id=sitting.learner.user,
        step_id=sitting.paper.quiz.pk,
        outcome=outcome,
        attempt=sitting.attempt,
        made_at=sitting.attempt.submitted_at,
    )
