"""Serving the page tree: from an address to the page, and from the page to its view.

Wagtail's own way loads the site, its home page and each page on the way; here an address costs two queries.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page

from courses.models import (
    CataloguePage,
    CoursePage,
    HomePage,
    InstitutePage,
    ModulePage,
    ScenarioPage,
    SimulatorPage,
    StepPage,
)
from courses.models.pages import page_at
from courses.views import pages, scenarios, simulator, steps

VIEWS: dict[type[Page], Callable[..., HttpResponse]] = {
    HomePage: pages.home,
    CataloguePage: pages.catalogue,
    InstitutePage: pages.institute,
    CoursePage: pages.course,
}
STEPS: dict[type[StepPage], Callable[..., HttpResponse]] = {
    ScenarioPage: scenarios.scenario,
    SimulatorPage: simulator.simulator,
}

# Where the home page stood when it was last looked up. Whether it still does is asked with every address.
_home = [""]


def page_served(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at an address; Http404 where there is none, or one on the way to it is not open to all."""
    page = _found([part for part in path.split("/") if part])
    return served(request, page) or page.serve(request)


def served(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The page by its view, and what stands inside a course only to those who may study it; None for a stranger's type.

    Wagtail's privacy settings are no substitute for asking: they do not reach pages that a loader made.
    """
    if isinstance(page, ModulePage | StepPage):
        return steps.studied(request, page)
    view = VIEWS.get(type(page))
    return view(request, page) if view else None


def _found(parts: list[str]) -> Page:
    try:
        return page_at(_home[0], parts)
    except Http404:
        now = HomePage.objects.values_list("url_path", flat=True).first()
        if now is None or now == _home[0]:
            raise
        _home[0] = now
        return page_at(now, parts)
