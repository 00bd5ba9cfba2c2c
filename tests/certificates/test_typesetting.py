"""How a certificate's words are set: as large as fits, in columns, and as a QR code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import glyphs
from certificates.designs import MILLIMETRE, Sizes
from certificates.typesetting import code_square, fitted, in_columns

NAME = Sizes(46, 19)
MANY = tuple((f"{number}.1", f"Title {number}") for number in range(1, 31))


def test_a_short_name_stands_on_one_line_at_full_size() -> None:
    line = fitted("Bo Li", 215, NAME)

    assert (line.size, line.measure) == (46, 215)


def test_a_longer_name_shrinks_before_it_breaks() -> None:
    line = fitted("Nguyễn Thị Phương Thảo Trần", 215, NAME)

    assert 0.6 * 46 <= line.size < 46
    assert line.measure == 215


def test_a_very_long_name_breaks_into_lines_of_about_one_length() -> None:
    name = "Maximiliana Konstantina Papadopoulou-Featherstonehaugh Vanderbilt"

    line = fitted(name, 215, NAME)

    whole = glyphs.width_in_ems(name) * line.size / MILLIMETRE
    assert whole / 2 < line.measure < whole * 0.6


@given(st.text(st.sampled_from("abcdefgh WM-ŵ"), max_size=150))
def test_no_word_is_wider_than_its_line_and_no_line_than_the_page(name: str) -> None:
    line = fitted(name, 215, NAME)

    longest = max(glyphs.width_in_ems(word) for word in name.replace("-", "- ").split(" "))
    assert longest * line.size / MILLIMETRE <= line.measure + 0.1
    assert line.measure <= 216
    assert line.size <= 46


@pytest.mark.parametrize(
    ("count", "heights"),
    [
        (0, []),
        (1, [1]),
        (4, [4]),
        (5, [3, 2]),
        (10, [5, 5]),
        (11, [4, 4, 3]),
        (23, [8, 8, 7]),
        (30, [10, 10, 10]),
    ],
)
def test_competencies_spread_over_up_to_three_columns(count: int, heights: list[int]) -> None:
    assert [len(column) for column in in_columns(MANY[:count])] == heights


def test_columns_are_read_downwards() -> None:
    first, second = in_columns(MANY[:5])

    assert first + second == MANY[:5]


def test_a_code_square_has_its_quiet_zone_and_its_three_corners() -> None:
    square = code_square("https://learn.aldermoor.example/v/7KQ2M9TX4HWBC/")

    corner = square.side - 4 - 7
    assert square.path.startswith("M4 4.5h7M")
    assert f"M{corner} 4.5h7" in square.path
    assert f"M4 {square.side - 4 - 0.5}h7" in square.path
