"""The places that our pages leave free, filled by apps above through Wagtail's hooks.

- `course_aside(request, course, enrolment, lessons) -> str`: beside the modules of a course, for an enrolled learner;
  `lessons` is the Progress through its lessons
- `institute_panels(request, institute) -> str`: under an institute's courses
- `serve_step(request, page, enrolment) -> HttpResponse | None`: a kind of step that we do not know; the right
  to read it has been asked, `enrolment` is None for staff who read it at work

Each function answers with its own rendered template, or with nothing where it has nothing to say.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from wagtail import hooks

from courses.models import Enrolment, StepPage


def fill(slot: str, request: HttpRequest, *about: Any) -> SafeString:
    """What the apps above put into a slot, in the order of their hooks."""
    pieces = [function(request, *about) for function in hooks.get_hooks(slot)]
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is a rendered template of ours


def served_from_above(
    request: HttpRequest, page: StepPage, enrolment: Enrolment | None
) -> HttpResponse | None:
    """The page as the app that knows this kind of step renders it."""
    answers = (function(request, page, enrolment) for function in hooks.get_hooks("serve_step"))
    return next((answer for answer in answers if answer is not None), None)
