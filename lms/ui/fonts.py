"""Where the product's two typefaces are, and which characters they can print."""

from functools import lru_cache
from pathlib import Path

import fontpkg_literata
import fontpkg_public_sans

WOFF2 = Path(__file__).parent / "static" / "ui" / "fonts"

# Whole families, for certificates: a person's name may need any letter.
FACES = {
    "public-sans": fontpkg_public_sans.ROOT / "files" / "PublicSans[wght].ttf",
    "public-sans-italic": fontpkg_public_sans.ROOT / "files" / "PublicSans-Italic[wght].ttf",
    "literata": fontpkg_literata.ROOT / "files" / "Literata[opsz,wght].ttf",
    "literata-italic": fontpkg_literata.ROOT / "files" / "Literata-Italic[opsz,wght].ttf",
}

LICENCES = {
    "public-sans": fontpkg_public_sans.ROOT / "LICENSE",
    "literata": fontpkg_literata.ROOT / "LICENSE",
}

# Basic Latin, Latin-1 and Latin Extended-A (which has the Welsh ŵ and ŷ), Romanian, the accented
# Welsh w and y, and the punctuation and signs that British prose uses. Left out: four letters that
# Unicode itself advises against and that Public Sans does not draw.
CHARACTERS = "".join(
    chr(code)
    for code in (
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),
        *range(0x218, 0x21C),
        *range(0x1E80, 0x1E86),
        *range(0x1EF2, 0x1EF4),
        *map(ord, "–—‘’‚“”„†‡•…‹›⁄€™−≈≠≤≥"),
    )
    if chr(code) not in "Ĳĳŉſ"
)


@lru_cache
def printable(face: str) -> frozenset[str]:
    """Every character that the whole face can print; raises KeyError for a face we do not have."""
    from fontTools.ttLib import TTFont  # loads slowly, and only certificates and set-up need it

    with TTFont(FACES[face], lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def unprintable(text: str, face: str) -> str:
    """The characters of text that the face cannot print, each once, in order; empty if none."""
    return "".join(dict.fromkeys(sign for sign in text if sign not in printable(face)))
