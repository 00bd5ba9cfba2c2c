"""Markdown as the content files write it."""

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from courses.actions.content import BLOCK_KEY
from courses.content_files.markdown import facts_in, render_markdown, typeset, word_count


def test_prose_becomes_the_cms_s_own_html() -> None:
    html = render_markdown('## The question\n\nIt is "what", *not* **how**.\n\n- one\n- two')

    assert html == (
        "<h2>The question</h2><p>It is “what”, <i>not</i> <b>how</b>.</p><ul><li>one</li><li>two</li></ul>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "## A *heading*\n\nProse with a [link](https://example.org/?a=1&b=2) and a [fact](fact:a-b).",
        "- one\n\n- two\n\n  and more",
        "1. one\n2. two\n\n> A quotation\n> over lines.\n>\n> And another.",
        "A line\\\nbroken, and one\nthat is not. 1 < 2 & 3.",
    ],
)
def test_opening_and_saving_it_in_the_cms_changes_nothing(text: str) -> None:
    editor = ContentstateConverter(["h2", "h3", "bold", "italic", "link", "ol", "ul", "blockquote"])
    html = render_markdown(text)

    saved = editor.to_database_format(editor.from_database_format(html))

    assert BLOCK_KEY.sub("", saved) == html


def test_a_fact_link_leads_to_its_source_on_the_page() -> None:
    html = render_markdown("They saw [12 areas](fact:ofsted-2011-areas).")

    assert html == '<p>They saw <a href="#source-ofsted-2011-areas">12 areas</a>.</p>'


@pytest.mark.parametrize(
    ("hostile", "html"),
    [
        ("a <script>alert(1)</script>", "<p>a &lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a <img src=x onerror=alert(1)>", "<p>a &lt;img src=x onerror=alert(1)&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](data:text/html;base64,x)", "<p>[x](data:text/html;base64,x)</p>"),
        ("![x](http://example.org/x.png)", '<p>!<a href="http://example.org/x.png">x</a></p>'),
    ],
)
def test_no_markup_of_the_writer_s_own_gets_through(hostile: str, html: str) -> None:
    assert render_markdown(hostile) == html


def test_plain_words_get_typographic_quotation_marks_and_nothing_else() -> None:
    assert typeset('Ada\'s "what" & *how*') == "Ada’s “what” & *how*"
    assert typeset("") == ""


def test_facts_are_named_once_in_the_order_in_which_they_come() -> None:
    assert facts_in("[a](fact:two) and [b](fact:one) and [c](fact:two)") == ["two", "one"]


def test_words_are_counted_as_a_reader_reads_them() -> None:
    assert word_count("## Two words\n\nIt has [12 council areas](fact:ofsted), *not* one.") == 9
