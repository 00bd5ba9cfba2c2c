"""Stories of people who learn: each deed is the product's own action, done at its own hour."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.actions import answers, attempts, drafts, submissions
from assessments.models import Attempt, Draft, QuizPage
from certificates.actions import candidacies
from certificates.models import Candidacy
from courses.actions import enrolments, steps
from courses.models import Enrolment
from lms.demonstration import practising
from lms.demonstration.answers import right_answer, wrong_answer
from lms.demonstration.calendar import Story, Telling
from lms.demonstration.cast import COUNCIL, LEARNERS
from lms.demonstration.world import Course, World, by_what
from lms.demonstration.written import Work, work

# Right answers of ten that every quiz of the course asks for.
PASSES = 8
READING_HOURS = ("08:35", "12:25", "17:10", "19:40")
BETWEEN_LESSONS = timedelta(minutes=85)
MANAGER = "manager"
AMINA = "learner"


@dataclass(frozen=True)
class Journey:
    """How far somebody has come in a course. All times are working days before today.

    `lessons` and `tries`, which are attempts at its quiz with the number of right answers, tell of the first
    module; whoever passed it and handed work in has done the other modules in between. `handed_in` names works.
    """

    who: str
    enrolled: int
    lessons: tuple[int, ...] = ()
    tries: tuple[tuple[int, int], ...] = ()
    interrupted: int | None = None
    drafted: tuple[int, str] | None = None
    handed_in: tuple[tuple[int, str], ...] = ()
    name_confirmed: int | None = None

    @property
    def goes_on(self) -> bool:
        """Whether they did the other modules too: they passed the first and came as far as the written work."""
        return (
            bool(self.handed_in) and self.tries[-1][0] > self.handed_in[0][0] and self.tries[-1][1] >= PASSES
        )

    @property
    def keeps_log(self) -> bool:
        """Whether they answered the activities of the lessons and wrote in their log: Amina did, once she had read one."""
        return self.who == AMINA and bool(self.lessons)


def travels(world: World, course: Course, journey: Journey) -> Story:
    """Somebody enrols, reads, tries the quiz, hands in work, and confirms a name, as far as the journey goes."""
    ago = world.calendar.ago
    enrolment = yield from _enrols(world, course, journey)
    yield from _reads(world, enrolment, course, journey)
    for days, right in journey.tries:
        yield from _takes_quiz(enrolment, course.quizzes[0], right, ago(days, "12:40"))
    if journey.goes_on:
        yield from _does_the_other_modules(world, enrolment, course, journey)
    if journey.interrupted is not None:
        yield from _leaves_quiz_open(enrolment, course, ago(journey.interrupted, "16:55"))
    if journey.drafted is not None:
        days, name = journey.drafted
        at = yield ago(days, "20:15")
        _writes(enrolment, course, work(name), at)
    for days, name in journey.handed_in:
        yield from _hands_in(enrolment, course, work(name), lambda hour, days=days: ago(days, hour))
    if journey.name_confirmed is not None:
        at = yield ago(journey.name_confirmed, "18:20")
        learner = enrolment.learner
        candidacy = Candidacy.objects.get(learner=learner, state=Candidacy.State.READY)
        candidacies.confirm_name(candidacy, learner.get_full_name(), by=learner, at=at)


def _reads(world: World, enrolment: Enrolment, course: Course, journey: Journey) -> Telling[None]:
    ago = world.calendar.ago
    for number, (lesson, days) in enumerate(zip(course.lessons, journey.lessons, strict=False)):
        at = yield ago(days, READING_HOURS[number % len(READING_HOURS)])
        if journey.keeps_log:
            practising.answers(enrolment, lesson, at)
        steps.finish(enrolment, lesson, by_what=by_what(lesson), at=at)
    if journey.keeps_log:
        yield from _keeps_log(enrolment, course, ago(journey.lessons[-1], "20:30"))


def _keeps_log(enrolment: Enrolment, course: Course, begins: datetime) -> Telling[None]:
    for number in range(len(practising.ENTRIES)):
        at = yield begins + timedelta(minutes=25 * number)
        practising.writes_in_log(enrolment, course.lessons[0], number, at)
    at = yield begins + timedelta(minutes=25 * len(practising.ENTRIES))
    practising.says_where_they_stand(enrolment, at)


def _enrols(world: World, course: Course, journey: Journey) -> Telling[Enrolment]:
    """Through the employer where there is one: the council's manager enrols, others come by themselves."""
    learner = world.people[journey.who]
    employer = next(each.works_at for each in LEARNERS if each.key == journey.who)
    by = world.people[MANAGER] if employer == COUNCIL else learner
    at = yield world.calendar.ago(journey.enrolled, "09:50")
    organisation = world.places.organisations.get(employer)
    return enrolments.enrol(learner, course.page, by=by, at=at, organisation=organisation)


def _does_the_other_modules(
    world: World, enrolment: Enrolment, course: Course, journey: Journey
) -> Telling[None]:
    """Spread over the days between the first quiz and the work handed in."""
    passed, handed_in = journey.tries[-1][0], journey.handed_in[0][0]
    others = course.stretches[1:]
    for number, (studied, quiz) in enumerate(others):
        day = passed - 1 - number * (passed - handed_in - 2) // len(others)
        begins = world.calendar.ago(day, READING_HOURS[0])
        for place, step in enumerate(studied):
            at = yield begins + place * BETWEEN_LESSONS
            steps.finish(enrolment, step, by_what=by_what(step), at=at)
        yield from _takes_quiz(enrolment, quiz, PASSES + number % 2, world.calendar.ago(day, "20:10"))


def _takes_quiz(enrolment: Enrolment, quiz: QuizPage, right: int, begins: datetime) -> Telling[None]:
    at = yield begins
    attempt = attempts.start(enrolment, quiz, by=enrolment.learner, at=at)
    yield from _answers(attempt, right, attempt.questions.count(), at)
    at = yield at + timedelta(minutes=14)
    attempts.submit(attempt, by=enrolment.learner, at=at)


def _leaves_quiz_open(enrolment: Enrolment, course: Course, begins: datetime) -> Telling[None]:
    at = yield begins
    attempt = attempts.start(enrolment, course.quizzes[0], by=enrolment.learner, at=at)
    yield from _answers(attempt, right=3, asked=4, begun=at)


def _answers(attempt: Attempt, right: int, asked: int, begun: datetime) -> Telling[None]:
    """Answer the first questions, so many of them rightly; one more takes more than a minute."""
    # Whoever knows most of it stumbles somewhere in the middle, not always at the end.
    wrong = {place * 3 % asked for place in range(asked - right)}
    drawn = list(attempt.questions.select_related("version")[:asked])
    for place, question in enumerate(drawn):
        at = yield begun + timedelta(seconds=75 * (place + 1))
        version = question.version
        response = wrong_answer(version, place) if place in wrong else right_answer(version)
        answers.save(
            attempt, question.position, response, base_revision=0, by=attempt.enrolment.learner, at=at
        )


def _writes(enrolment: Enrolment, course: Course, written: Work, at: datetime) -> Draft:
    learner, assignment = enrolment.learner, course.assignments[0]
    draft = drafts.save(enrolment, assignment, written.text, base_revision=0, by=learner, at=at)
    sent = [SimpleUploadedFile(path.name, path.read_bytes()) for path in written.files]
    drafts.add_files(enrolment, assignment, sent, by=learner, at=at)
    return draft


def _hands_in(
    enrolment: Enrolment, course: Course, written: Work, ago: Callable[[str], datetime]
) -> Telling[None]:
    at = yield ago("14:05")
    draft = _writes(enrolment, course, written, at)
    at = yield ago("16:30")
    submissions.hand_in(
        enrolment,
        course.assignments[0],
        read=submissions.work_digest(draft.text, draft.files.values_list("sha256", flat=True)),
        declared=True,
        by=enrolment.learner,
        at=at,
    )
