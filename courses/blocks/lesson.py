"""Everything that a lesson is made of: blocks to read, and blocks that ask the reader to do something."""

from wagtail import blocks

from courses.blocks.activities import Calculator, Decision, Matrix, Order, Passage, Rewrite, Sort
from courses.blocks.reading import NARROW, Callout, CaseStudy, Comparison, KeyTerms, Timeline

LESSON_BLOCKS = [
    (
        "text",
        blocks.RichTextBlock(
            features=["h2", "h3", *NARROW, "blockquote"],
            template="courses/blocks/text.html",
            description="The lesson's prose. Headings, lists, links and quotations.",
        ),
    ),
    ("key_terms", KeyTerms()),
    ("timeline", Timeline()),
    ("comparison", Comparison()),
    ("case_study", CaseStudy()),
    ("decision", Decision()),
    ("callout", Callout()),
    ("sort", Sort()),
    ("order", Order()),
    ("passage", Passage()),
    ("matrix", Matrix()),
    ("calculator", Calculator()),
    ("rewrite", Rewrite()),
]
