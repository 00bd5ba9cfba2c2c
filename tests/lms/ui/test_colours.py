"""An institute's own colours: how they are written, measured and followed by every other token."""

import re

import pytest

from lms.ui import colours
from tests.lms.ui.test_styles import TOKENS

# Twelve hues in four strengths, from what any brand may be made of.
MANY = [
    f"#{r:02x}{g:02x}{b:02x}" for r in (0, 85, 170, 255) for g in (0, 85, 170, 255) for b in (0, 128, 255)
]


@pytest.mark.parametrize("text", ["#4a2a86", "4A2A86", " #4A2A86 "])
def test_a_colour_is_kept_in_one_spelling(text: str) -> None:
    assert colours.normal(text) == "#4a2a86"


def test_a_short_colour_is_written_out() -> None:
    assert colours.normal("#05b") == "#0055bb"


@pytest.mark.parametrize("text", ["", "#12345", "plum", "#4a2a86;}", "#4a2a8g", "rgb(1,2,3)"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(colours.NotAColour):
        colours.normal(text)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#ffffff", "#000000", 21), ("#ffffff", "#ffffff", 1), ("#777777", "#ffffff", 4.478), ("#0000ff", "#ffffff", 8.592)],
)  # fmt: skip
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert colours.contrast(other, one) == colours.contrast(one, other)


def test_a_ratio_is_never_rounded_up_to_what_it_does_not_reach() -> None:
    assert colours.Measured("#000000", 4.49, "#000000").ratio == "4.4 to 1"
    assert colours.Measured("#000000", 4.49, "#000000").passes is False


def test_a_colour_that_passes_is_its_own_nearest() -> None:
    found = colours.measured("#005eb8")

    assert (found.passes, found.ratio, found.nearby) == (True, "5.4 to 1", "#005eb8")


def test_the_nearest_colour_keeps_its_hue_and_is_no_darker_than_it_must() -> None:
    found = colours.measured("#f5a623")

    assert (found.passes, found.ratio, found.nearby) == (False, "1.8 to 1", "#976107")
    assert 4.5 <= colours.measured(found.nearby).contrast < 4.7


@pytest.mark.parametrize("chosen", MANY)
def test_every_colour_has_a_nearby_one_whose_tokens_can_all_be_read(chosen: str) -> None:
    brand = colours.nearby(chosen)
    palette = colours.palette(brand, brand)

    pairs = [
        ("brand", "brand_tint"),
        ("brand_dark", "brand_tint"),
        ("on_brand_soft", "brand_dark"),
        ("accent_ink", "accent_tint"),
    ]
    assert {pair for pair in pairs if colours.contrast(palette[pair[0]], palette[pair[1]]) < 4.5} == set()
    assert colours.contrast("#ffffff", palette["brand_dark"]) > colours.contrast("#ffffff", brand) - 0.01
    # The gold of progress, and what stands beside a pale line: 3:1, as for any mark.
    assert colours.contrast(TOKENS["--highlight"], palette["brand_dark"]) >= 3
    assert colours.contrast(brand, palette["brand_tint_strong"]) >= 3


def test_pipers_own_are_those_of_its_tokens() -> None:
    assert (TOKENS["--brand"], TOKENS["--accent"]) == (colours.PIPERS_BRAND, colours.PIPERS_ACCENT)
    assert TOKENS["--paper"] == colours.PAPER


def test_a_style_sheet_sets_tokens_that_exist_and_nothing_else() -> None:
    sheet = colours.style_sheet("#005eb8", "#9a3412")

    assert "--brand: #005eb8;" in sheet
    assert set(re.findall(r"(--[\w-]+):", sheet)) <= set(TOKENS)
    assert re.sub(r"\s+--[a-z-]+: #[0-9a-f]{6};", "", sheet) == "@layer tokens {\n  :root {\n  }\n}\n"


def test_an_empty_colour_stays_pipers() -> None:
    assert "--brand" not in colours.style_sheet("", "#9a3412")
    assert "--accent" not in colours.style_sheet("#005eb8", "")
    assert colours.style_sheet("", "") == colours.digest("", "") == ""


def test_another_sheet_has_another_digest() -> None:
    assert len({colours.digest(*pair) for pair in [("#005eb8", ""), ("", "#005eb8"), ("#005eb9", "")]}) == 3
