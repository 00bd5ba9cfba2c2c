"""The one filter through which words with markup pass to a page."""

import pytest
from django.template import Context, Template
from wagtail.rich_text import RichText

from lms.ui.prose import sanitised


def test_prose_keeps_what_prose_has() -> None:
    html = '<h2>A</h2><p><b>b</b> <i>i</i> <a href="https://example.org/">x</a></p><ul><li>one</li></ul>'

    assert sanitised(html) == html


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ('<p><a href="javascript:x()">a</a></p>', "<p><a>a</a></p>"),
        ('<img src="x" onerror="x()">', ""),
        ("<svg><script>x()</script></svg>", ""),
        ('<p style="position:fixed">a</p>', "<p>a</p>"),
        ('<iframe src="//example.org"></iframe>', ""),
    ],
)
def test_whatever_else_stands_in_the_database_does_not_reach_the_page(hostile: str, clean: str) -> None:
    assert sanitised(hostile) == clean


def test_a_link_to_a_source_gets_its_look() -> None:
    assert sanitised('<a href="#source-a">12</a>') == '<a class="fact-link" href="#source-a">12</a>'


def test_the_filter_takes_strings_rich_text_and_nothing() -> None:
    template = Template("{% load prose %}{{ text|prose }}")

    assert template.render(Context({"text": RichText("<p>a<script>x()</script></p>")})) == "<p>a</p>"
    assert template.render(Context({"text": "<p>a</p>"})) == "<p>a</p>"
    assert template.render(Context({"text": None})) == ""


def test_on_a_page_without_sources_nothing_leads_to_one() -> None:
    template = Template("{% load prose %}{{ text|prose_without_sources }}")
    text = '<p>For <a href="#source-a">27%</a>, see <a href="/help/">help</a>.</p><script>x()</script>'

    assert template.render(Context({"text": text})) == '<p>For 27%, see <a href="/help/">help</a>.</p>'
