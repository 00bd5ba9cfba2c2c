"""What the rows of many learners point at: the two courses, who judges and who employs; looked up once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from random import Random

from assessments.actions.submissions import assignment_version
from assessments.actions.versions import quiz_version
from assessments.models import AssignmentPage, AssignmentVersion, Criterion, QuizPage, Submission
from lms.demonstration.calendar import Calendar
from lms.demonstration.cast import ALDERMOOR, BOARD, COUNCIL, DOMAIN
from lms.demonstration.crowd.learners import Learner
from lms.demonstration.crowd.lots import Piece
from lms.demonstration.crowd.papers import Paper
from lms.demonstration.crowd.timetable import Timetable
from lms.demonstration.crowd.trail import Trail
from lms.demonstration.world import FOUNDATIONS, Course, course_named
from lms.people.models import Institute, Organisation, User

# Nobody of the cast hands in work in this course, so the crowd's batches follow each other without a gap.
PRACTITIONERS = "outcomes-quality-safety"


@dataclass(frozen=True)
class Scene:
    """Where a crowd appears. The same chance makes the same crowd; its assessors come with it."""

    calendar: Calendar
    chance: Random
    assessors: list[User] = field(default_factory=list)

    @cached_property
    def institute(self) -> Institute:
        return Institute.objects.get(slug=ALDERMOOR)

    @cached_property
    def timetable(self) -> Timetable:
        return Timetable(self.calendar)

    @cached_property
    def trail(self) -> Trail:
        return Trail(self.timetable, self.institute)

    @cached_property
    def foundations(self) -> Course:
        return course_named(FOUNDATIONS, self.institute)

    @cached_property
    def practitioners(self) -> Course:
        return course_named(PRACTITIONERS, self.institute)

    @cached_property
    def employers(self) -> dict[str, Organisation]:
        slugs = {"council": COUNCIL, "board": BOARD}
        return {name: Organisation.objects.get(slug=slug) for name, slug in slugs.items()}

    @cached_property
    def managers(self) -> dict[str, User]:
        return {"council": person("manager"), "board": person("board-manager")}

    @cached_property
    def lead(self) -> User:
        return person("iqa")

    @cached_property
    def assurer(self) -> User:
        return person("iqa2")

    @cached_property
    def registrar(self) -> User:
        return person("registrar")

    @cached_property
    def criteria(self) -> list[list[Criterion]]:
        """Of each of the practitioners' assignments, in the order of its rubric."""
        return [list(version.rubric_version.criteria.all()) for version in self.assignment_versions]

    @cached_property
    def assignment_versions(self) -> list[AssignmentVersion]:
        """What the crowd hands in to, pinned when the first of them did."""
        first = self.timetable.at(0)
        return [assignment_version(each, first) for each in self.practitioners.assignments]

    @cached_property
    def papers(self) -> dict[int, Paper]:
        """Every quiz of the two courses, by its page's key, in the version of the first attempt."""
        quizzes = [*self.foundations.quizzes, *self.practitioners.quizzes]
        return {quiz.pk: Paper(quiz, quiz_version(quiz, self.timetable.at(0))) for quiz in quizzes}

    @cached_property
    def candidate_numbers(self) -> Iterator[str]:
        """Numbers that no work at the institute carries yet."""
        used = set(
            Submission.objects.filter(institute=self.institute).values_list("candidate_number", flat=True)
        )
        numbers = self.chance.sample(range(100_000, 1_000_000), 100_000)
        return (str(number) for number in numbers if str(number) not in used)

    @cached_property
    def batch_numbers(self) -> list[Iterator[int]]:
        """Of each assignment, the number of the next batch."""
        return [count(1) for _ in self.practitioners.assignments]

    def paper(self, quiz: QuizPage) -> Paper:
        return self.papers[quiz.pk]

    def assignment(self, piece: Piece) -> AssignmentPage:
        return self.practitioners.assignments[piece.assignment]

    def course_of(self, learner: Learner) -> Course:
        return self.practitioners if learner.is_practitioner else self.foundations


def person(key: str) -> User:
    """Somebody of the cast."""
    return User.objects.get(email=f"{key}@{DOMAIN}")
