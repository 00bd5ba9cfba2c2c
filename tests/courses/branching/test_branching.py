"""A scenario as a fold over choices, and what its checker finds."""

from decimal import Decimal
from typing import Any

import pytest

from courses.branching.checking import flaws
from courses.branching.playing import NoSuchChoice, stand
from courses.branching.script import Script, script_of


def _choice(key: str, to: str = "", **values: Any) -> dict[str, Any]:
    return {"key": key, "text": f"Do {key}", "consequence": f"What {key} leads to.", "to": to, **values}


def _node(key: str, *choices: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {
        "key": key,
        "title": f"The {key}",
        "situation": "It is late.",
        "question": "What do you do?",
        "debrief": "What others did.",
        "choices": list(choices),
        **values,
    }


def _values(**changes: Any) -> dict[str, Any]:
    """A report, then a visit that only asking leads to; waiting is over at once."""
    return {
        "scored": True,
        "counters": [
            {"key": "days", "label": "Days waited", "start": 2},
            {"key": "chance", "label": "Chance", "start": 100, "after": "%", "hidden": True},
        ],
        "nodes": [
            _node(
                "report",
                _choice("file", "silent", adds={"days": 30}, harm=True),
                _choice("ask", "visit", score=2),
            ),
            _node(
                "visit",
                _choice("announce", score=1, times={"chance": "0.75"}),
                _choice("unannounced", score=3),
            ),
        ],
        "endings": [
            {"key": "heard", "title": "Heard", "text": "In time.", "mood": "ok", "least": {"score": 5}},
            {"key": "late", "title": "Late", "text": "Nearly.", "mood": "warn", "least": {"score": 3}},
            {"key": "silent", "title": "Silent", "text": "Nobody.", "mood": "bad"},
        ],
        **changes,
    }


@pytest.fixture
def script() -> Script:
    return script_of(_values())


def test_a_story_begins_at_its_first_situation(script: Script) -> None:
    standing = stand(script, [])

    assert (standing.node, standing.ending, standing.score) == (script.nodes[0], None, 0)


def test_each_choice_leads_to_the_next_situation_and_moves_the_counters(script: Script) -> None:
    standing = stand(script, ["ask"])

    assert (standing.node, standing.score) == (script.nodes[1], 2)
    assert standing.counters["days"] == 2


@pytest.mark.parametrize(
    ("chosen", "ending"),
    [(["ask", "unannounced"], "heard"), (["ask", "announce"], "late"), (["file"], "silent")],
)
def test_the_first_ending_whose_counters_were_reached_holds(
    script: Script, chosen: list[str], ending: str
) -> None:
    standing = stand(script, chosen)

    assert standing.node is None
    assert standing.ending == script.ending(ending)


def test_a_choice_may_name_its_ending_and_do_harm(script: Script) -> None:
    standing = stand(script, ["file"])

    assert (standing.did_harm, standing.counters["days"]) == (True, 32)


def test_a_hidden_counter_shows_at_the_end_only(script: Script) -> None:
    assert [counter.key for counter, _ in stand(script, ["ask"]).shown()] == ["days"]
    assert [value for _, value in stand(script, ["ask", "announce"]).shown()] == [Decimal(2), Decimal(75)]


@pytest.mark.parametrize("chosen", [["visit"], ["ask", "ask"], ["file", "ask"]])
def test_a_choice_that_does_not_stand_there_is_refused(script: Script, chosen: list[str]) -> None:
    with pytest.raises(NoSuchChoice):
        stand(script, chosen)


def test_the_best_score_is_that_of_the_best_way_through(script: Script) -> None:
    assert script.best_score == 5


def test_a_whole_script_has_no_flaw(script: Script) -> None:
    assert flaws(script) == []


def _with_node(number: int, **changes: Any) -> dict[str, Any]:
    values = _values()
    values["nodes"][number] |= changes
    return values


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        (_values(nodes=[]), ["The scenario has no situation yet."]),
        (_values(endings=[]), ["The scenario has no ending yet."]),
        (_with_node(1, debrief=""), ["“The visit” has no debrief."]),
        (
            _with_node(1, choices=[_choice("announce")]),
            ["“The visit” offers no choice: it needs two at least."],
        ),
        (
            _with_node(1, choices=[_choice("go", "nowhere"), _choice("stay")]),
            ["The choice “Do go” leads to “nowhere”, which is nowhere."],
        ),
        (
            _with_node(0, choices=[_choice("file"), _choice("ask", "silent")]),
            ["No way leads to “The visit”."],
        ),
        (
            _with_node(1, choices=[_choice("go", "report"), _choice("stay")]),
            [
                "A way from “The report” leads back to it; a story goes on.",
                "A way from “The visit” leads back to it; a story goes on.",
            ],
        ),
        (
            _with_node(1, choices=[_choice("go", adds={"trust": 1}), _choice("stay")]),
            ["The choice “Do go” moves “trust”, which is no counter."],
        ),
        (
            _with_node(1, choices=[_choice("go"), _choice("go")]),
            ["“The visit” has 2 choices with the key “go”."],
        ),
        (
            _with_node(1, key="report"),
            ["“report” names 2 situations or endings; each needs a key of its own."],
        ),
        (
            _values(
                endings=[
                    {"key": "open", "title": "Open", "text": "So."},
                    {"key": "silent", "title": "Silent", "text": "So.", "least": {"trust": 1}, "mood": "sad"},
                ]
            ),
            [
                "The ending “Silent” asks for “trust”, which is no counter.",
                "The last ending, “Silent”, must ask for nothing: it holds where no other does.",
                "“Open” asks for nothing, so no ending after it can be reached.",
                "The mood of “Silent” is one of ok, info, warn, bad.",
            ],
        ),
    ],
)
def test_the_checker_finds_what_a_reader_would_have_run_into(
    values: dict[str, Any], sentences: list[str]
) -> None:
    found = [flaw.sentence for flaw in flaws(script_of(values))]

    assert [sentence for sentence in sentences if sentence not in found] == []


def test_a_choice_without_a_consequence_is_a_flaw() -> None:
    values = _with_node(1, choices=[_choice("go", consequence=""), _choice("stay")])

    assert [flaw.sentence for flaw in flaws(script_of(values))] == [
        "The choice “Do go” says nothing of what follows."
    ]
