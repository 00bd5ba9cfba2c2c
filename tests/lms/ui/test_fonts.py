"""The typefaces: the made files cover what we write, the whole ones what people are called."""

import pytest
from fontTools.ttLib import TTFont

from lms.ui import fonts


@pytest.mark.parametrize("face", ["public-sans", "public-sans-italic", "literata"])
def test_the_made_font_covers_every_character_that_we_promise(face: str) -> None:
    made = TTFont(fonts.WOFF2 / f"{face}.woff2").getBestCmap()

    assert [sign for sign in fonts.CHARACTERS if ord(sign) not in made] == []


@pytest.mark.parametrize("face", ["public-sans", "literata"])
def test_the_made_fonts_vary_in_weight_and_nothing_else(face: str) -> None:
    axes = [axis.axisTag for axis in TTFont(fonts.WOFF2 / f"{face}.woff2")["fvar"].axes]

    assert axes == ["wght"]


@pytest.mark.parametrize("family", ["public-sans", "literata"])
def test_the_licence_travels_with_the_made_fonts(family: str) -> None:
    assert "SIL OPEN FONT LICENSE" in (fonts.WOFF2 / f"{family}-OFL.txt").read_text()


@pytest.mark.parametrize("name", ["Siân Ŵyn Llŷr", "Zoë Ó Briain", "Łukasz Dvořák", "Ștefan Țurcanu"])
def test_a_name_in_latin_letters_can_be_printed(name: str) -> None:
    assert fonts.unprintable(name, "literata") == ""


def test_a_letter_that_a_face_lacks_is_named_once() -> None:
    assert fonts.unprintable("Amina 亜亜", "literata") == "亜"
