"""What each block is called in its file and in the CMS."""

from typing import Any

import pytest

from courses.blocks.lesson import LESSON_BLOCKS
from courses.content_files.shapes import SHAPES, faults, stored

DECISION: dict[str, Any] = {
    "title": "The Friday tender",
    "situation": "People are *waiting*.",
    "question": "What first?",
    "choice": [
        {"text": "Send it.", "consequence": "It goes out."},
        {"text": "Ask.", "consequence": "You learn."},
    ],
}
COMPARISON: dict[str, Any] = {
    "title": "Two words",
    "columns": ["One", "Two"],
    "row": [{"heading": "The question", "cells": ["What?", "How?"]}],
}


def test_every_block_of_a_lesson_has_a_shape_with_the_cms_s_own_names() -> None:
    blocks = {name: block for name, block in LESSON_BLOCKS if name != "text"}

    assert set(SHAPES) == set(blocks)
    for name, fields in SHAPES.items():
        assert [field.key for field in fields] == list(blocks[name].child_blocks)


def test_a_block_is_stored_under_the_cms_s_names_with_its_markdown_rendered() -> None:
    assert stored("decision", DECISION) == {
        "title": "The Friday tender",
        "situation": "<p>People are <i>waiting</i>.</p>",
        "question": "What first?",
        "choices": [
            {"text": "Send it.", "consequence": "<p>It goes out.</p>"},
            {"text": "Ask.", "consequence": "<p>You learn.</p>"},
        ],
    }


def test_a_whole_block_has_no_fault() -> None:
    assert faults("decision", DECISION) == []
    assert faults("comparison", COMPARISON) == []


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("quotation", {}, "There is no block called “quotation”. There are calculator, callout, "),
        ("callout", {"title": "On Monday"}, "“callout” lacks “text”."),
        ("callout", {"title": "On Monday", "text": "Ask.", "colour": "red"}, "“callout” has no “colour”."),
        (
            "case_study",
            {"title": "It", "real": "yes", "text": "So."},
            "“real” in “case_study” is not of the right kind.",
        ),
        ("decision", {**DECISION, "choice": "Ask."}, "“choice” in “decision” is not a list."),
        (
            "decision",
            {**DECISION, "question": "?" * 301},
            "“question” in “decision” is longer than 300 characters.",
        ),
        ("key_terms", {"term": [{"name": "Need"}]}, "“term” in “key_terms” lacks “meaning”."),
        (
            "comparison",
            {**COMPARISON, "columns": ["One"]},
            "The row “The question” has 2 cells for 1 columns.",
        ),
    ],
)
def test_a_fault_in_a_block_is_said_in_a_sentence(name: str, values: dict[str, Any], sentence: str) -> None:
    found = faults(name, values)

    assert [each[: len(sentence)] for each in found] == [sentence]
