"""The pages that anyone may open: home, catalogue, institute, and a course from outside and from inside.

Wagtail finds the page; the hook in `wagtail_hooks` asks whether it may be served and hands it to its view
here. A view adds what depends on the reader to the page's own context, so that the CMS can preview the
same template without a reader.
"""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from courses import rules
from courses.forms import CatalogueForm
from courses.models import CataloguePage, CoursePage, HomePage, InstitutePage
from courses.models.outlines import address, enrolment_in, outline_shown, steps_done
from courses.views.progress import module_rows
from courses.views.slots import fill
from lms.people.models import Institute

ON_HOME = 6
ON_A_PAGE = 24


def home(request: HttpRequest, page: HomePage) -> HttpResponse:
    institutes = InstitutePage.objects.child_of(page).live().order_by("title")
    context = {
        "institutes": [(each, address(each.url_path)) for each in institutes],
        "courses": with_addresses(_listed(rules.courses_open_to(request.user))[:ON_HOME]),
    }
    return _rendered(request, page, context)


def catalogue(request: HttpRequest, page: CataloguePage) -> HttpResponse:
    open_courses = rules.courses_open_to(request.user)
    institutes = Institute.objects.filter(pk__in=open_courses.values("institute")).order_by("name")
    form = CatalogueForm(request.GET, institutes)
    form.is_valid()
    found = _on_pages(_listed(_matching(open_courses, form))).get_page(request.GET.get("page"))
    context = {"form": form, "results": found, "courses": with_addresses(found.object_list)}
    return _rendered(request, page, context)


def institute(request: HttpRequest, page: InstitutePage) -> HttpResponse:
    courses = _listed(rules.courses_open_to(request.user).filter(institute=page.institute_id))
    context = {
        "institute": page.institute,
        "courses": with_addresses(courses),
        "panels": fill("institute_panels", request, page.institute),
    }
    return _rendered(request, page, context)


def course(request: HttpRequest, page: CoursePage) -> HttpResponse:
    enrolment = enrolment_in(request.user, page)
    if enrolment is None:
        return _from_outside(request, page)
    outline, done = outline_shown(page), steps_done(enrolment)
    context = {
        "institute": enrolment.course.institute,
        "enrolment": enrolment,
        "modules": module_rows(outline, done),
        "progress": outline.progress(done),
        "next_step": outline.next_step(done),
        "first_step": next(iter(outline.steps), None),
        "aside": fill("course_aside", request, page, enrolment, outline.progress_in("lesson", done)),
    }
    return _rendered(request, page, context)


def _from_outside(request: HttpRequest, page: CoursePage) -> HttpResponse:
    outline, person = outline_shown(page), request.user
    context = {
        "institute": page.institute,
        "institute_url": address(page.url_path.removesuffix(f"{page.slug}/")),
        "modules": module_rows(outline, frozenset()),
        "total": outline.progress(frozenset()),
        "is_staff_reader": rules.may_read_as_staff(person, page, request.at.date()),  # type: ignore[attr-defined]
        # Whether an invited employer is theirs shows only after they have signed in.
        "may_enrol": rules.may_enrol(person, page)
        if person.is_authenticated
        else page.open_to != CoursePage.OpenTo.INVITED,
    }
    return _rendered(request, page, context)


def with_addresses(courses: Any) -> list[tuple[CoursePage, str]]:
    """Each course with its address, which costs no query."""
    return [(each, address(each.url_path)) for each in courses]


def _listed(courses: QuerySet[CoursePage]) -> QuerySet[CoursePage]:
    return courses.select_related("institute").order_by("institute__name", "path")


def _matching(courses: QuerySet[CoursePage], form: CatalogueForm) -> QuerySet[CoursePage]:
    """Every word must stand in the course's own words, its institute's name, or the title of a part of it."""
    chosen = form.cleaned_data
    if chosen.get("level"):
        courses = courses.filter(level=chosen["level"])
    if chosen.get("institute"):
        courses = courses.filter(institute__slug=chosen["institute"])
    for word in form.words:
        parts = Page.objects.live().filter(path__startswith=OuterRef("path"), title__icontains=word)
        courses = courses.filter(
            Q(summary__icontains=word)
            | Q(description__icontains=word)
            | Q(audience__icontains=word)
            | Q(institute__name__icontains=word)
            | Exists(parts)
        )
    return courses


def _on_pages(courses: QuerySet[CoursePage]) -> Paginator:
    """Pages of courses; what fits on one page is not counted first."""
    first = list(courses[: ON_A_PAGE + 1])
    return Paginator(first if len(first) <= ON_A_PAGE else courses, ON_A_PAGE)


def _rendered(request: HttpRequest, page: Page, context: dict[str, Any]) -> HttpResponse:
    return render(request, page.template, {**page.get_context(request), **context})
