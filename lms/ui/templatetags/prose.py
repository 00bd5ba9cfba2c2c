"""`{% load prose %}{{ text|prose }}`: rich text on its way to a page."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from lms.ui.prose import sanitised

register = template.Library()


SOURCE_LINK = re.compile(r'<a class="fact-link" href="#source-[^"]*">(.*?)</a>')


@register.filter
def prose(text: object) -> SafeString:
    """Rich text (a string, or a block's value) with its links resolved and everything unexpected removed."""
    return sanitised(expand_db_html(str(getattr(text, "source", text) or "")))


@register.filter
def prose_without_sources(text: object) -> SafeString:
    """As prose, on a page that lists no sources: what would lead to one is plain words there."""
    return mark_safe(SOURCE_LINK.sub(r"\1", prose(text)))  # noqa: S308 - cleaned by prose
