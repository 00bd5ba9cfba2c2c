"""Wagtail's doors into courses: which page is served by which view, and what the CMS shows an author."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from courses import rules
from courses.models import CataloguePage, CoursePage, HomePage, InstitutePage, ModulePage, StepPage
from courses.views import pages, steps

VIEWS: dict[type[Page], Callable[..., HttpResponse]] = {
    HomePage: pages.home,
    CataloguePage: pages.catalogue,
    InstitutePage: pages.institute,
    CoursePage: pages.course,
}


@hooks.register("before_serve_page", order=10)
def serve(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """Serve every page of the tree by its view, and what stands inside a course only to those who may study it.

    Wagtail's own `serve` would ask neither for live ancestors nor for an enrolment, and its privacy
    settings are no substitute: they do not reach pages that a loader made.
    """
    if isinstance(page, ModulePage | StepPage):
        return steps.studied(request, page)
    view = VIEWS.get(type(page))
    if view is None:
        return None
    if not rules.is_reachable(page):
        raise Http404
    return view(request, page)
