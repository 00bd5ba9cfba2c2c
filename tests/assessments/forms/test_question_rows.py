"""Rows of a question come, go and move by buttons, and keep what was typed into them."""

import pytest

from assessments.forms.question_rows import MOST_ROWS, ItemRow, Rows

TYPED = {
    "items-places": "1 2 5",
    "items-1-text": "Understand",
    "items-2-text": "Plan",
    "items-5-text": "Buy",
    "items-5-reason": "It carries out the plan.",
}


def rows(data: dict[str, str] = TYPED) -> Rows:
    return Rows.sent("items", ItemRow, data)


def texts(found: Rows) -> list[str]:
    return [row.said("text") for row in found]


@pytest.mark.parametrize(
    ("press", "found"),
    [
        ("add items", ["Understand", "Plan", "Buy", ""]),
        ("remove items-2", ["Understand", "Buy"]),
        ("up items-5", ["Understand", "Buy", "Plan"]),
        ("up items-1", ["Understand", "Plan", "Buy"]),
        ("remove items-3", ["Understand", "Plan", "Buy"]),
        ("remove other-2", ["Understand", "Plan", "Buy"]),
        ("add other", ["Understand", "Plan", "Buy"]),
        ("burn items-1", ["Understand", "Plan", "Buy"]),
        ("", ["Understand", "Plan", "Buy"]),
    ],
)
def test_a_press_changes_which_rows_there_are_and_nothing_in_them(press: str, found: list[str]) -> None:
    assert texts(rows().pressed(press)) == found


def test_a_row_keeps_the_names_of_its_fields_wherever_it_moves() -> None:
    moved = rows().pressed("up items-5")

    assert moved.written_places == "1 5 2"
    assert [(row.number, row["text"].html_name) for row in moved] == [
        (1, "items-1-text"),
        (2, "items-5-text"),
        (3, "items-2-text"),
    ]


def test_a_new_row_has_a_name_that_none_had_and_the_cursor_in_it() -> None:
    added = rows().pressed("remove items-1").pressed("add items")

    assert added.written_places == "2 5 6"
    assert "autofocus" in str(added.rows[-1]["text"])
    assert "autofocus" not in str(added.rows[0]["text"])


@pytest.mark.parametrize("places", ["", "x -1 ² 1.5 99999"])
def test_places_that_are_none_are_left_out(places: str) -> None:
    assert rows({"items-places": places}).places == []


def test_no_more_than_twenty_rows_are_read_or_added() -> None:
    many = rows({"items-places": " ".join(map(str, range(100)))})

    assert len(many.places) == MOST_ROWS
    assert len(many.pressed("add items").places) == MOST_ROWS
    assert not many.may_grow
