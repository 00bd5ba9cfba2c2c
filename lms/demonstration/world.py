"""What the stories refer to by name: people, places, one course, and the calendar they all live by."""

from dataclasses import dataclass
from typing import TypeVar

from assessments.models import AssignmentPage, CasePage, QuizPage
from courses.models import CoursePage, LessonPage, StepPage
from courses.models.outlines import outline_of
from lms.demonstration.calendar import Calendar
from lms.demonstration.places import Places
from lms.people.models import Institute, User

FOUNDATIONS = "foundations"
Kind = TypeVar("Kind", bound=StepPage)


@dataclass(frozen=True)
class World:
    """The demonstration once its people have arrived and its content is loaded."""

    calendar: Calendar
    people: dict[str, User]
    places: Places

    @property
    def aldermoor(self) -> Institute:
        return self.places.aldermoor


@dataclass(frozen=True)
class Course:
    """A course with its steps by kind, each in the order in which they are studied."""

    page: CoursePage
    # Whatever is studied and is not judged: lessons, scenarios, the simulator.
    lessons: tuple[StepPage, ...]
    quizzes: tuple[QuizPage, ...]
    assignments: tuple[AssignmentPage, ...]

    @property
    def stretches(self) -> list[tuple[list[StepPage], QuizPage]]:
        """Each quiz with what is studied before it, since the quiz before."""
        found: list[tuple[list[StepPage], QuizPage]] = []
        studied: list[StepPage] = []
        for step in sorted([*self.lessons, *self.quizzes], key=lambda step: step.path):
            if isinstance(step, QuizPage):
                found.append((studied, step))
                studied = []
            else:
                studied.append(step)
        return found


def course_named(slug: str, institute: Institute) -> Course:
    """The institute's course of this slug, as its outline has it today."""
    page = CoursePage.objects.select_related("institute").get(institute=institute, slug=slug)
    found = StepPage.objects.in_bulk([step.id for step in outline_of(page).steps])
    steps = [found[step.id].specific for step in outline_of(page).steps]
    studied = tuple(step for step in steps if not isinstance(step, QuizPage | CasePage | AssignmentPage))
    return Course(page, studied, _of(steps, QuizPage), _of(steps, AssignmentPage))


def by_what(step: StepPage) -> str:
    """What finishes such a step."""
    return "reading" if isinstance(step, LessonPage) else step.step_kind


def _of(steps: list[StepPage], kind: type[Kind]) -> tuple[Kind, ...]:
    return tuple(step for step in steps if isinstance(step, kind))
