"""What in a learner's words may point at somebody."""

import pytest

from courses.practice.identifying import warnings_in


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("I rang Mrs Okafor about it.", "“Mrs Okafor” may be"),
        ("The day after, Nadia Osman came back.", "“Nadia Osman” may be"),
        ("She was born on 4 March 1941 and lives alone.", "There is a date of birth."),
        ("DOB: 04/03/1941", "There is a date of birth."),
        ("Her number is 943 476 5919.", "There is an NHS number."),
        ("Her number is 9434765919.", "There is an NHS number."),
    ],
)
def test_what_points_at_somebody_is_warned_of(text: str, begins: str) -> None:
    assert [warning[: len(begins)] for warning in warnings_in(text)] == [begins]


@pytest.mark.parametrize(
    "text",
    [
        "We met on 4 March 2026 and agreed what to stop.",
        "Marlshire County Council reviewed the day club.",
        "The Care Act asks for it. Winterbourne View showed why.",
        "Ring 943 476 5918 for the reference.",
        "A neighbour told us. Nobody had asked her.",
        "",
    ],
)
def test_what_points_at_nobody_is_not(text: str) -> None:
    assert warnings_in(text) == []
