"""The rule for digits."""

import pytest

from courses.content_files.figures import numbers, unfounded, unfounded_beside

CLAIMS = {"ofsted": "Ofsted looked at 12 council areas in 2011; they cost £1,250.50 on 31 May."}


@pytest.mark.parametrize(
    "text",
    [
        "No figure at all, only three words.",
        "They saw [12 council areas](fact:ofsted) in [2011](fact:ofsted).",
        "It cost [£1250.50](fact:ofsted).",
        "Marlshire bought 200 hours.",
        "Marlshire bought **200** hours.",
        "Marlshire bought\n200 hours.",
    ],
)
def test_a_figure_with_ground_is_no_fault(text: str) -> None:
    assert unfounded(text, CLAIMS, ["200 hours"]) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("They saw [13 areas](fact:ofsted).", "“13” does not stand in the fact “ofsted”."),
        ("They saw [1 area](fact:ofsted).", "“1” does not stand in the fact “ofsted”."),
        ("They saw [many](fact:nobody).", "There is no fact “nobody”."),
        (
            "They saw 12 areas.",
            "“12” rests on no fact. Link it to one, list it under invented, or write it in words.",
        ),
        (
            "Marlshire bought 1200 hours.",
            "“1200” rests on no fact. Link it to one, list it under invented, or write it in words.",
        ),
    ],
)
def test_a_figure_without_ground_is_named(text: str, sentence: str) -> None:
    assert [fault.sentence for fault in unfounded(text, CLAIMS, ["200 hours"])] == [sentence]


def test_the_paragraph_of_a_fault_is_told() -> None:
    assert [fault.line for fault in unfounded("One.\n\nTwo.\n\nIt was 7.", CLAIMS)] == [4]


def test_a_date_beside_a_fact_must_stand_in_it() -> None:
    assert unfounded_beside("31 May 2011", "ofsted", CLAIMS) == []
    assert unfounded_beside("30 May 2011", "ofsted", CLAIMS) == ["“30” does not stand in the fact “ofsted”."]
    assert unfounded_beside("31 May 2011", "", CLAIMS, ["31 May 2011"]) == []


def test_thousands_are_one_number_with_or_without_a_comma() -> None:
    assert numbers("£1,250.50 for 3,000 people at 14:30") == ["1250.50", "3000", "14:30"]
