"""The one filter through which words with markup pass to a page.

Wagtail cleans rich text only in its own editor: what a file, a fixture or a request wrote into the
database is rendered as it stands (reliability.md, finding 8). So it is cleaned here, on its way out.
"""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS = {"a", "b", "blockquote", "br", "em", "h2", "h3", "h4", "i", "li", "ol", "p", "strong", "ul"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto", "tel"}
SOURCE_LINK = '<a href="#source-'


@lru_cache(maxsize=4_096)
def sanitised(html: str) -> SafeString:
    """The markup that prose may have, and nothing else; safe to print as it is.

    Links to a source of the page get the class of their look: no author can set a class.
    """
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return mark_safe(clean.replace(SOURCE_LINK, '<a class="fact-link" href="#source-'))  # noqa: S308 - cleaned above
