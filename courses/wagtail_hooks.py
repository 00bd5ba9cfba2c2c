"""Wagtail's doors into courses: which page is served by which view, and what the CMS shows an author."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.query import PageQuerySet

from courses import rules
from courses.models import CoursePage, Enrolment, InstitutePage, ModulePage, StepPage
from courses.models.outlines import at_or_below
from courses.views import tree
from lms.people import access
from lms.people.bodies import Body
from lms.people.roles import Permission


@hooks.register("before_serve_page", order=10)
def serve(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """Where Wagtail serves a page by itself, it serves it by our views, which ask who may read it."""
    return tree.served(request, page)


@hooks.register("serve_step")
def own_step(request: HttpRequest, page: StepPage, enrolment: Enrolment | None) -> HttpResponse | None:
    """Scenarios and the simulator, served as the steps of the apps above are; the right to read has been asked."""
    view = tree.STEPS.get(type(page))
    return view(request, page, enrolment) if view else None


@hooks.register("construct_page_chooser_queryset")
def own_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Whoever writes or publishes links to pages of their own institutes; only the operator sees every one."""
    if request.user.is_superuser:
        return pages
    homes = InstitutePage.objects.filter(institute__in=rules.institutes_in_cms(request.user))
    return pages.filter(at_or_below(homes.values_list("path", flat=True)))


class PlacesToWrite(Component):
    """The first thing an author meets in the CMS: their courses, with a lesson begun in one press."""

    template_name = "courses/cms/places_to_write.html"
    order = 50

    def __init__(self, institutes: list[Body]) -> None:
        self.institutes = institutes

    def get_context_data(self, _parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        courses = list(CoursePage.objects.filter(institute__in=self.institutes).order_by("path"))
        below = at_or_below(course.path for course in courses)
        modules = ModulePage.objects.filter(below).order_by("path")
        by_course = {path: list(each) for path, each in groupby(modules, key=lambda m: m.path[: -m.steplen])}
        return {
            "institutes": self.institutes,
            "courses": [(course, by_course.get(course.path, [])) for course in courses],
        }


@hooks.register("construct_homepage_panels")
def begin_writing(request: HttpRequest, panels: list[Component]) -> None:
    """Whoever writes for an institute begins with its courses; the operator's first page stays Wagtail's."""
    if institutes := _written_for(request):
        panels.insert(0, PlacesToWrite(institutes))


def _written_for(request: HttpRequest) -> list[Body]:
    return access.bodies_where(request.user, Permission.WRITE_COURSES)
