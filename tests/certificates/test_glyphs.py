"""The typefaces of printed matter: what they can draw, how wide, and that a cut never changes."""

import io

import pytest
from fontTools.ttLib import TTFont

from certificates import glyphs


@pytest.mark.parametrize(
    "name", ["Ŵyn ap Llŷr", "Zażółć Gęślą-Jaźń", "Nguyễn Thị Thảo", "Ελένη", "Щербаківська", "O’Dwyer – “Bo”"]
)
def test_names_of_europe_and_vietnam_lack_nothing(name: str) -> None:
    assert glyphs.missing_glyphs(name) == ()


def test_what_is_missing_is_named_once_in_order() -> None:
    assert glyphs.missing_glyphs("李 and 王 and 李 👍") == ("李", "王", "👍")


def test_accents_typed_apart_are_looked_for_together() -> None:
    assert glyphs.missing_glyphs("W\u0302yn") == ()


def test_a_line_break_is_no_missing_letter() -> None:
    assert glyphs.missing_glyphs("one\r\n\ttwo") == ()


def test_a_wide_letter_is_wider_than_a_narrow_one_and_a_word_is_the_sum_of_its_letters() -> None:
    assert glyphs.width_in_ems("W") > glyphs.width_in_ems("i")
    assert glyphs.width_in_ems("Wii") == pytest.approx(
        glyphs.width_in_ems("W") + 2 * glyphs.width_in_ems("i")
    )


@pytest.mark.parametrize("name", glyphs.CUTS)
def test_a_cut_no_longer_varies_and_carries_the_date_of_its_source(name: str) -> None:
    with TTFont(io.BytesIO(glyphs.cut_font(name))) as cut, TTFont(glyphs.CUTS[name].source) as source:
        assert set(glyphs.VARIATION_TABLES) & set(cut.keys()) == set()
        assert cut["head"].modified == source["head"].modified
        assert cut.getBestCmap().keys() == source.getBestCmap().keys()
