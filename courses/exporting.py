"""A lesson written back to the file that it came from, with what was changed in the CMS."""

from typing import Any

from courses.content_files.lessons import MARK
from courses.content_files.unrendering import block_of, markdown_of, plain_of, toml_line
from courses.models import LessonPage


def export_content(page: LessonPage) -> str:
    """The text of the lesson's file; loaded again it gives the same page."""
    head = {
        "title": plain_of(page.title),
        "minutes": page.minutes,
        "summary": plain_of(page.summary),
        "code": page.code,
        "competencies": sorted(competency.code for competency in page.competencies.all()),
        "as_at": page.as_at,
        "review_by": page.review_by,
        "invented": page.invented,
        "content_note": plain_of(page.content_note),
        "support": plain_of(page.support),
    }
    lines = [MARK, *(toml_line(name, value) for name, value in head.items()), MARK]
    parts = [_part(block["type"], block["value"]) for block in page.body.get_prep_value()]
    return "\n\n".join(["\n".join(lines), *parts]) + "\n"


def _part(name: str, value: Any) -> str:
    return markdown_of(value) if name == "text" else block_of(name, _plain_lists(value))


def _plain_lists(value: Any) -> Any:
    """The CMS wraps each item of a list with its id; the file has the items alone."""
    if isinstance(value, dict):
        return {name: _plain_lists(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain_lists(each["value"] if set(each) >= {"id", "value"} else each) for each in value]
    return value
