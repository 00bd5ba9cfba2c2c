"""Reading a course from its live pages: its outline in one query, and the course that a page belongs to."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from courses.models.enrolment import Enrolment
from courses.models.pages import CoursePage, StepPage
from courses.outline import Module, Outline, Step

Row = dict[str, Any]


# What no page inside a course says of it: thirty columns that would be read for each.
COURSE_SAYS = {
    "id",
    "path",
    "depth",
    "title",
    "slug",
    "url_path",
    "live",
    "content_type",
    "page_ptr",
    "institute",
    "outline_stamp",
}
COURSE_REST = [
    f"course__{field.name}"
    for field in CoursePage._meta.concrete_fields  # noqa: SLF001 - Django's public name for it
    if field.name not in COURSE_SAYS
]

# The outline of each course that this process has read last, under the stamp that the course had.
_read: dict[int, tuple[uuid.UUID, Outline]] = {}


def outline_shown(course: CoursePage) -> Outline:
    """The course's outline for a page that shows it, read once for each of the course's stamps."""
    return outlines_shown([course])[course.pk]


def outlines_shown(courses: Collection[CoursePage]) -> dict[int, Outline]:
    """The outline of each course by its id, as `outline_shown`; what this process has not read is one query.

    A course that was loaded before a change of its pages shows the outline of then: an action asks `outline_of`.
    """
    stamps = {course.pk: course.outline_stamp for course in courses}
    unread = [each for each in courses if each.pk not in _read or _read[each.pk][0] != each.outline_stamp]
    found = outlines_of(unread)
    _read.update({pk: (stamps[pk], outline) for pk, outline in found.items()})
    return {pk: found[pk] if pk in found else _read[pk][1] for pk in stamps}


def stamp_anew(page: Page) -> None:
    """The page has changed, or is gone: so may have the outline of a course at it, above it or below it."""
    changed = Q(path__in=_places_above(page)) | Q(path__startswith=page.path)
    CoursePage.objects.filter(changed).update(outline_stamp=uuid.uuid4())


def outline_of(course: CoursePage) -> Outline:
    """The course's live modules and their live steps, in the order of the page tree."""
    return outlines_of([course])[course.pk]


def outlines_of(courses: Collection[CoursePage]) -> dict[int, Outline]:
    """The outline of each course by its id, in one query however many courses and kinds of step there are."""
    modules: dict[str, list[Row]] = defaultdict(list)
    steps: dict[str, list[Step]] = defaultdict(list)
    for row in _rows(courses):
        if row["steppage__minutes"] is None:
            modules[_above(row)].append(row)
        else:
            steps[_above(row)].append(_step(row))
    return {
        course.pk: Outline(tuple(_module(row, steps) for row in modules[course.path])) for course in courses
    }


def course_of(page: Page) -> CoursePage:
    """The course that stands above the page (or is it); raises CoursePage.DoesNotExist."""
    return CoursePage.objects.select_related("institute").ancestor_of(page, inclusive=True).get()


def enrolment_above(person: Any, page: Page) -> Enrolment | None:
    """The person's open enrolment in the course that the page is or belongs to, with what the pages say of it."""
    if not person.is_authenticated:
        return None
    enrolments = Enrolment.objects.open().select_related("course__institute")
    above = enrolments.filter(learner=person, course__path__in=_places_above(page)).defer(*COURSE_REST)
    # Ordered, as `first` would have it, Django would hash every column that is read.
    return next(iter(above.order_by()), None)


def enrolment_in(person: Any, course: CoursePage) -> Enrolment | None:
    """The person's open enrolment in the course, which the enrolment then holds as it was given."""
    if not person.is_authenticated:
        return None
    enrolments = Enrolment.objects.open().select_related("organisation")
    found = next(iter(enrolments.filter(learner=person, course=course).order_by()), None)
    if found:
        found.course = course
    return found


def steps_done(enrolment: Enrolment) -> frozenset[int]:
    """The ids of the steps done under the enrolment."""
    return frozenset(enrolment.steps_done.values_list("step_id", flat=True))


def address(url_path: str) -> str:
    """The address of a page, without a query.

    The first part of a url_path is the home page's own slug, which no address shows.
    """
    return "/" + url_path.split("/", 2)[2]


def _places_above(page: Page) -> list[str]:
    """Where in the tree the page stands, and every page above it."""
    return [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]


def at_or_below(paths: Iterable[str]) -> Q:
    """The pages at these places of the tree and all below them; no page where there are no places."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(path__startswith=path)
    return found


def _rows(courses: Collection[CoursePage]) -> Iterable[Row]:
    """The live modules and steps below the courses. A page that is neither is no part of a course."""
    if not courses:
        return []
    below = Q()
    for course in courses:
        depths = (course.depth + 1, course.depth + 2)
        below |= Q(path__startswith=course.path, depth__in=depths)
    parts = Q(modulepage__isnull=False) | Q(steppage__isnull=False)
    columns = (
        "pk",
        "title",
        "url_path",
        "path",
        "content_type_id",
        "modulepage__summary",
        "steppage__minutes",
    )
    return Page.objects.live().filter(below, parts).order_by("path").values(*columns)


def _module(row: Row, steps: dict[str, list[Step]]) -> Module:
    return Module(
        row["pk"],
        row["title"],
        address(row["url_path"]),
        tuple(steps[row["path"]]),
        row["modulepage__summary"],
    )


def _step(row: Row) -> Step:
    kind = _kind(row["content_type_id"])
    return Step(row["pk"], row["title"], address(row["url_path"]), kind, row["steppage__minutes"])


def _above(row: Row) -> str:
    return row["path"][: -Page.steplen]


def _kind(content_type_id: int) -> str:
    # Content types are kept in the process: no query, and no page is loaded for its kind.
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return getattr(model, "step_kind", StepPage.step_kind)
