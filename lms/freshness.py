"""What has to be read again: facts and lessons whose review date comes up, and everything that rests on them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from assessments.models import QuestionVersion
from certificates.models import Certificate, SchemeVersion
from certificates.models.evidence import course_paths, current_versions
from courses.models import CoursePage, Fact, LessonPage
from courses.models.outlines import at_or_below
from courses.models.sources import keys_named_in
from lms.people.models import Institute


@dataclass(frozen=True)
class Due:
    """A fact, or a whole lesson where `fact` is None, to be read again by a day; and the lessons that rest on it."""

    by: date
    fact: Fact | None
    lessons: tuple[LessonPage, ...]
    questions: int

    @property
    def words(self) -> str:
        """What is to be read: the claim, or the lesson's title."""
        return self.fact.claim if self.fact else f"The lesson “{self.lessons[0].title}” as a whole"


@dataclass(frozen=True)
class Affected:
    """A certificate scheme that asks for steps of a course with something due, and its certificates in force."""

    version: SchemeVersion
    in_force: int


@dataclass(frozen=True)
class Agenda:
    """Everything of an institute that is to be read again by a day, the longest overdue first."""

    due: tuple[Due, ...]
    affected: tuple[Affected, ...]

    def overdue(self, on: date) -> int:
        """How many should have been read before this day."""
        return sum(each.by < on for each in self.due)


def agenda(institute: Institute, *, until: date, on: date) -> Agenda:
    """What is to be read again up to and with `until`; certificates are counted as they stand on `on`."""
    courses = list(CoursePage.objects.filter(institute=institute))
    lessons = _lessons(courses)
    resting = _lessons_by_fact(lessons)
    facts = [fact for fact in institute.facts.filter(review_by__lte=until) if fact.key in resting]
    found = [(fact.review_by, fact, tuple(resting[fact.key])) for fact in facts]
    found += [(lesson.review_by, None, (lesson,)) for lesson in lessons if lesson.review_by <= until]
    questions = _questions(lesson for _by, _fact, resting in found for lesson in resting)
    due = [
        Due(by, fact, resting, sum(questions[lesson.pk] for lesson in resting)) for by, fact, resting in found
    ]
    return Agenda(
        tuple(sorted(due, key=lambda each: (each.by, each.words))),
        tuple(_affected(institute, courses, {lesson.path for each in due for lesson in each.lessons}, on)),
    )


def _lessons(courses: Iterable[CoursePage]) -> list[LessonPage]:
    within = at_or_below(course.path for course in courses)
    return list(LessonPage.objects.live().filter(within).order_by("path"))


def _lessons_by_fact(lessons: Iterable[LessonPage]) -> Mapping[str, list[LessonPage]]:
    found = defaultdict(list)
    for lesson in lessons:
        for key in keys_named_in(list(lesson.body.raw_data)):
            found[key].append(lesson)
    return found


def _questions(lessons: Iterable[LessonPage]) -> Counter[int]:
    """How many questions that are asked today were written on each lesson (by key)."""
    asked = QuestionVersion.objects.in_force().filter(lesson__in={lesson.pk for lesson in lessons})
    return Counter(dict(asked.values_list("lesson").annotate(count=Count("pk")).order_by("lesson")))


def _affected(
    institute: Institute, courses: Iterable[CoursePage], lessons: set[str], on: date
) -> Iterable[Affected]:
    stale = {course.path for course in courses if any(path.startswith(course.path) for path in lessons)}
    if not stale:
        return
    in_force = Counter(
        Certificate.objects.filter(institute=institute)
        .in_state("valid", on)
        .values_list("version__scheme", flat=True)
    )
    for version in current_versions(scheme__institute=institute):
        if stale & course_paths(version):
            yield Affected(version, in_force[version.scheme_id])
