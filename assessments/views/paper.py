"""A learner's words as a page: paragraphs, headings, lists and emphasis, and nothing that could run or lead away."""

import re

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# From nothing upwards: no HTML, no links, no images. A link could tell an assessor who wrote it.
WRITING = MarkdownIt("zero", {"breaks": True}).enable(["heading", "list", "emphasis", "newline", "escape"])
LEVEL = re.compile(r"<(/?)h[1-6]>")


def paper(text: str, heading: int = 3) -> SafeString:
    """The text as HTML, its headings all of the level that the page has room for."""
    html = WRITING.render(text)
    return mark_safe(LEVEL.sub(rf"<\g<1>h{heading}>", html))  # noqa: S308 - markdown-it escapes; "zero" has no HTML
