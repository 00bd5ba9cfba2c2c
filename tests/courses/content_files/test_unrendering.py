"""From the CMS back to a file."""

import pytest

from courses.content_files.markdown import render_markdown
from courses.content_files.unrendering import markdown_of


@pytest.mark.parametrize(
    "text",
    [
        'It is "what", *not* **how**.',
        "## A heading\n\nA paragraph.\n\n### Another\n\nMore.",
        "- one\n- *two*\n\nAfter.",
        "1. one\n2. two",
        "> A quotation.\n\nAnd a reply.",
        "They saw [12 areas](fact:ofsted-2011-areas) and [a page](https://example.org/).",
        "Five \\* six, and \\[brackets\\].",
        "One line,\\\nand another.",
    ],
)
def test_what_was_rendered_comes_back_as_it_was_written(text: str) -> None:
    assert markdown_of(render_markdown(text)) == text
