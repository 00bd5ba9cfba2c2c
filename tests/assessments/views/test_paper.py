"""A learner's words as a page: formed, and harmless."""

import pytest

from assessments.views.paper import paper


def test_paragraphs_headings_lists_and_emphasis_are_formed() -> None:
    text = "# Title\n\nOne *two* **three**\nnext line\n\n- a\n- b"

    assert paper(text) == (
        "<h3>Title</h3>\n<p>One <em>two</em> <strong>three</strong><br>\nnext line</p>\n"
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    )


def test_headings_take_the_level_that_the_page_has_room_for() -> None:
    assert paper("#### Deep", heading=4) == "<h4>Deep</h4>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[me](https://example.org/ada)",
        "![me](https://example.org/ada.png)",
        "<https://example.org/ada>",
        "[me]: https://example.org/ada\n\n[me]",
    ],
)
def test_nothing_in_it_runs_or_leads_away(text: str) -> None:
    made = paper(text)

    assert [tag for tag in ("<script", "<img", "<a ") if tag in made] == []
