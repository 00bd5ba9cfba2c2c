"""Reading a course from its live pages: its outline in two queries, and the course that a page belongs to."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from courses.models.enrolment import Enrolment
from courses.models.pages import CoursePage, ModulePage, StepPage
from courses.outline import Module, Outline, Step


def outline_of(course: CoursePage) -> Outline:
    """The course's live modules and their live steps, in the order of the page tree."""
    return outlines_of([course])[course.pk]


def outlines_of(courses: Collection[CoursePage]) -> dict[int, Outline]:
    """The outline of each course by its id, in two queries however many courses there are."""
    if not courses:
        return {}
    steps = _steps_by_module(courses)
    modules = defaultdict(list)
    rows = (
        ModulePage.objects.filter(_below(courses, levels=1), live=True)
        .order_by("path")
        .values_list("pk", "title", "url_path", "path", "summary")
    )
    for pk, title, url_path, path, summary in rows:
        module = Module(pk, title, address(url_path), tuple(steps[path]), summary)
        modules[path[: -Page.steplen]].append(module)
    return {course.pk: Outline(tuple(modules[course.path])) for course in courses}


def course_of(page: Page) -> CoursePage:
    """The course that stands above the page (or is it); raises CoursePage.DoesNotExist."""
    return CoursePage.objects.select_related("institute").ancestor_of(page, inclusive=True).get()


def enrolment_above(person: Any, page: Page) -> Enrolment | None:
    """The person's open enrolment in the course that the page is or belongs to, with that course and its institute."""
    if not person.is_authenticated:
        return None
    above = [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    enrolments = Enrolment.objects.open().select_related("course__institute")
    return enrolments.filter(learner=person, course__path__in=above).first()


def steps_done(enrolment: Enrolment) -> frozenset[int]:
    """The ids of the steps done under the enrolment."""
    return frozenset(enrolment.steps_done.values_list("step_id", flat=True))


def address(url_path: str) -> str:
    """The address of a page, without a query.

    The first part of a url_path is the home page's own slug, which no address shows.
    """
    return "/" + url_path.split("/", 2)[2]


def _below(courses: Iterable[CoursePage], levels: int) -> Q:
    """Pages so many levels below one of the courses."""
    below = Q()
    for course in courses:
        below |= Q(path__startswith=course.path, depth=course.depth + levels)
    return below


def _steps_by_module(courses: Iterable[CoursePage]) -> dict[str, list[Step]]:
    rows = (
        StepPage.objects.filter(_below(courses, levels=2), live=True)
        .order_by("path")
        .values_list("pk", "title", "url_path", "content_type_id", "minutes", "path")
    )
    steps = defaultdict(list)
    for pk, title, url_path, kind, minutes, path in rows:
        steps[path[: -Page.steplen]].append(Step(pk, title, address(url_path), _kind(kind), minutes))
    return steps


def _kind(content_type_id: int) -> str:
    # Content types are kept in the process: no query, and no page is loaded for its kind.
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return getattr(model, "step_kind", StepPage.step_kind)
