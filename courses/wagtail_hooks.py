"""Wagtail's doors into courses: which page is served by which view, and what the CMS shows an author."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page
from wagtail.query import PageQuerySet

from courses.models import Enrolment, InstitutePage, StepPage
from courses.models.outlines import at_or_below
from courses.views import tree
from lms.people import access
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
    """An author links to pages of their own institutes; only the site operator sees every one."""
    if request.user.is_superuser:
        return pages
    institutes = access.bodies_where(request.user, Permission.WRITE_COURSES)
    homes = InstitutePage.objects.filter(institute__in=institutes)
    return pages.filter(at_or_below(homes.values_list("path", flat=True)))
