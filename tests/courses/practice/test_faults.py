"""What an activity must be, beyond having its names."""

from pathlib import Path
from typing import Any

import pytest

from courses.blocks.lesson import LESSON_BLOCKS
from courses.content_files.folders import parse_toml
from courses.content_files.shapes import faults, stored
from courses.content_files.unrendering import block_of
from courses.practice.sheets import ACTIVITIES

EXAMPLES: dict[str, dict[str, Any]] = {
    "sort": {
        "title": "Four cards",
        "instruction": "Put each where it belongs.",
        "groups": ["Commissioning", "Procurement"],
        "card": [
            {"text": "Ask people.", "group": "Commissioning", "reason": "It comes *first*."},
            {"text": "Decide.", "group": "Commissioning", "reason": "Before buying."},
            {"text": "Publish.", "group": "Procurement", "reason": "The market hears."},
            {"text": "Open bids.", "group": "Procurement", "reason": "One stage."},
        ],
    },
    "order": {
        "title": "From question to contract",
        "instruction": "What comes first?",
        "item": [{"text": "Agree."}, {"text": "Look.", "reason": "It may be there."}, {"text": "Buy."}],
    },
    "passage": {
        "title": "Tender clinic",
        "instruction": "Mark every clause that shuts the door.",
        "part": [
            {"text": "Turnover four times the value.", "marked": True, "reason": "Nobody small has it."},
            {"text": "Registered for the care."},
            {"text": "Questions by telephone only.", "marked": True, "reason": "Two people cannot wait."},
            {"text": "Quality and price."},
        ],
    },
    "matrix": {
        "title": "Two places",
        "instruction": "Was it there?",
        "columns": ["Winterbourne View", "Whorlton Hall"],
        "options": ["Yes", "No"],
        "row": [
            {"heading": "People far from home", "answers": ["Yes", "Yes"], "reason": "Both."},
            {"heading": "Visits", "answers": ["No", "Yes"]},
        ],
    },
    "calculator": {
        "title": "Build a fee",
        "instruction": "Change a figure.",
        "input": [
            {
                "key": "wage",
                "label": "Wage",
                "before": "£",
                "value": "12.71",
                "fact": "wage",
                "least": "0",
                "most": "40",
            },
            {"key": "oncosts", "label": "On-costs", "after": "%", "value": "12"},
        ],
        "result": [
            {
                "key": "direct",
                "label": "Direct cost",
                "before": "£",
                "places": 2,
                "formula": "wage * (1 + oncosts / 100)",
            },
            {"key": "week", "label": "A week", "formula": "direct * 37"},
        ],
        "remark": [{"when": "direct > 14", "text": "More than *it seems*."}],
    },
    "rewrite": {
        "title": "One outcome",
        "instruction": "Write it again.",
        "item": [{"text": "Will engage.", "example": "“I go to the choir.”", "note": "Whose life?"}],
    },
}


def without(name: str, **changes: Any) -> dict[str, Any]:
    return {**EXAMPLES[name], **changes}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_whole_activity_has_no_fault(name: str) -> None:
    assert faults(name, EXAMPLES[name]) == []


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_activity_goes_into_the_cms_and_comes_back_as_its_file(name: str) -> None:
    kept = stored(name, EXAMPLES[name])

    text = block_of(name, kept)

    inside = text.split("\n", 1)[1].rsplit("\n", 1)[0]
    assert stored(name, parse_toml(inside, Path("lesson.md"))) == kept


@pytest.mark.parametrize("name", sorted(ACTIVITIES))
def test_the_preview_of_an_activity_has_no_fault(name: str) -> None:
    block = dict(LESSON_BLOCKS)[name]

    block.clean(block.to_python(block.meta.preview_value))


def cards(**changes: Any) -> list[dict[str, Any]]:
    first, *rest = EXAMPLES["sort"]["card"]
    return [{**first, **changes}, *rest]


def parts(**changes: Any) -> list[dict[str, Any]]:
    first, *rest = EXAMPLES["passage"]["part"]
    return [{**first, **changes}, *rest]


def inputs(**changes: Any) -> list[dict[str, Any]]:
    first, *rest = EXAMPLES["calculator"]["input"]
    return [{**first, **changes}, *rest]


def results(**changes: Any) -> list[dict[str, Any]]:
    first, *rest = EXAMPLES["calculator"]["result"]
    return [{**first, **changes}, *rest]


WRONG: list[tuple[str, dict[str, Any], list[str]]] = [
    ("sort", {"groups": ["Commissioning"]}, ["“sort” has 1 groups; it should have 2 to 5.", "The card “Publish.” belongs to “Procurement”, which is none of the groups.", "The card “Open bids.” belongs to “Procurement”, which is none of the groups."]),
    ("sort", {"card": cards()[1:]}, ["“sort” has 3 cards; it should have 4 to 16."]),
    ("sort", {"groups": ["Commissioning", "Procurement", "Neither"]}, ["The group “Neither” has no card."]),
    ("sort", {"groups": ["Commissioning", "Procurement", "Procurement"]}, ["The group “Procurement” stands twice."]),
    ("sort", {"card": cards(text="Decide.")}, ["The card “Decide.” stands twice."]),
    ("order", {"item": [{"text": "A."}, {"text": "B."}]}, ["“order” has 2 items; it should have 3 to 9."]),
    ("order", {"item": [{"text": "A."}, {"text": "B."}, {"text": "A."}]}, ["The item “A.” stands twice."]),
    ("passage", {"part": parts()[:3]}, ["“passage” has 3 parts; it should have 4 to 14.", "A “passage” needs at least two parts that are to be marked and two that are not."]),
    ("passage", {"part": parts(reason="")}, ["The part “Turnover four times the value.” is to be marked and gives no reason."]),
    ("matrix", {"columns": ["Winterbourne View"]}, ["“matrix” has 1 columns; it should have 2 to 6.", "The row “People far from home” has 2 answers for 1 columns.", "The row “Visits” has 2 answers for 1 columns."]),
    ("matrix", {"options": ["Yes", "Maybe"]}, ["The row “Visits” answers “No”, which is none of the options."]),
    ("calculator", {"input": inputs(key="Hourly wage")}, ["“Hourly wage” is no name for a formula: write one word of small letters, other than min and max.", "“Direct cost” uses “wage”, which is neither an input nor a result."]),
    ("calculator", {"input": inputs(key="oncosts")}, ["The key “oncosts” stands twice.", "“Direct cost” uses “wage”, which is neither an input nor a result."]),
    ("calculator", {"input": inputs(value="twelve")}, ["“value” of “Wage” is no decimal number: “twelve”."]),
    ("calculator", {"input": inputs(least="13")}, ["“Wage” begins at 12.71, below its least."]),
    ("calculator", {"input": inputs(most="10")}, ["“Wage” begins at 12.71, above its most."]),
    ("calculator", {"result": results(places=9)}, ["“Direct cost” has 9 places; it may have 0 to 4."]),
    ("calculator", {"result": results(formula="wage +")}, ["“wage +” cannot be read as a formula."]),
    ("calculator", {"result": results(formula="wage ** 2")}, ["“wage ** 2” may have names, numbers, + - * / ( ), and min or max of two or more things."]),
    ("calculator", {"result": results(formula="week / 37")}, ["“Direct cost” uses “week”, which is worked out only here or below: put it above."]),
    ("calculator", {"result": results(formula="direct + 1")}, ["“Direct cost” uses “direct”, which is worked out only here or below: put it above."]),
    ("calculator", {"result": results(formula="wage / (oncosts - 12)")}, ["“Direct cost” cannot be worked out with the figures given: these figures divide by nothing."]),
    ("calculator", {"remark": [{"when": "direct", "text": "So."}]}, ["“direct” is not one comparison of two formulas."]),
    ("calculator", {"remark": [{"when": "1 < direct < 2", "text": "So."}]}, ["“1 < direct < 2” is not one comparison of two formulas."]),
    ("rewrite", {"item": [{"text": f"{n}", "example": "So."} for n in range(7)]}, ["“rewrite” has 7 items; it should have 1 to 6."]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changes", "sentences"), WRONG)
def test_a_fault_in_an_activity_is_said_in_a_sentence(
    name: str, changes: dict[str, Any], sentences: list[str]
) -> None:
    assert faults(name, without(name, **changes)) == sentences
