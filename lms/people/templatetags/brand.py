"""`{% load brand %}{% worn_brand as brand %}`: whose colours a page wears."""

from typing import Any

from django import template
from django.urls import reverse

from lms.people.models import Institute
from lms.ui import colours

register = template.Library()


@register.simple_tag(takes_context=True)
def worn_brand(context: template.Context) -> dict[str, Any] | None:
    """Name and style sheet of the page's `institute`, or of its `course`'s, or of the desk it stands at.

    None where the institute has no colours of its own.
    """
    institute = (
        context.get("institute")
        or getattr(context.get("course"), "institute", None)
        or getattr(context.get("request"), "acting_for", None)
    )
    if not isinstance(institute, Institute):
        return None
    digest = colours.digest(institute.brand_colour, institute.accent_colour)
    if not digest:
        return None
    return {"name": institute.name, "stylesheet": reverse("brand_sheet", args=[institute.slug, digest])}
