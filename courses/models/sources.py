"""The facts that a lesson's words rest on, read from the lesson itself: nobody writes a list of sources."""

import json
import re
from typing import Any

from courses.models.facts import Fact
from courses.models.pages import CoursePage, LessonPage

LINK = re.compile(r'href=\\?"#source-([a-z0-9-]+)\\?"|"fact": "([a-z0-9-]+)"')


def sources_of(lesson: LessonPage, institute_id: int | None = None) -> list[Fact]:
    """The facts that the lesson links to or names, in the order in which a reader meets them."""
    if institute_id is None:
        institute_id = CoursePage.objects.ancestor_of(lesson).values_list("institute", flat=True).get()
    return facts_named_in(list(lesson.body.raw_data), institute_id)


def keys_named_in(values: Any) -> list[str]:
    """The keys of the facts that plain values link to or name, each once, in their order."""
    named = LINK.findall(json.dumps(values))
    return list(dict.fromkeys(linked or beside for linked, beside in named))


def facts_named_in(values: Any, institute_id: int) -> list[Fact]:
    """The institute's facts that plain values link to or name, in their order, in one query."""
    keys = keys_named_in(values)
    facts = {fact.key: fact for fact in Fact.objects.filter(institute=institute_id, key__in=keys)}
    return [facts[key] for key in keys if key in facts]
