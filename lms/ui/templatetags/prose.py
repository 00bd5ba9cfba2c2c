"""`{% load prose %}{{ text|prose }}`: rich text on its way to a page."""

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from lms.ui.prose import sanitised

register = template.Library()


@register.filter
def prose(text: object) -> SafeString:
    """Rich text (a string, or a block's value) with its links resolved and everything unexpected removed."""
    return sanitised(expand_db_html(str(getattr(text, "source", text) or "")))
