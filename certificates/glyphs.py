"""The typefaces of printed matter: the cuts that are embedded, what they can draw and how wide they run.

Literata and Public Sans come as variable fonts. Left so, WeasyPrint fixes each of them again for every
file: twice the time, and with the clock written into the font. Here a cut is fixed once per process.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import fontpkg_literata
import fontpkg_public_sans
from fontTools.ttLib import TTFont

LITERATA = fontpkg_literata.ROOT / "files" / "Literata[opsz,wght].ttf"
LITERATA_ITALIC = fontpkg_literata.ROOT / "files" / "Literata-Italic[opsz,wght].ttf"
PUBLIC_SANS = fontpkg_public_sans.ROOT / "files" / "PublicSans[wght].ttf"

VARIATION_TABLES = ("avar", "fvar", "gvar", "HVAR", "MVAR", "STAT", "VVAR")
LINE_BREAKS = frozenset(map(ord, "\t\r\n"))  # printed as a space


@dataclass(frozen=True)
class Cut:
    """One face: a variable font fixed at optical size and weight, or at its default where `axes` is empty."""

    source: Path
    axes: Mapping[str, float]


CUTS: Mapping[str, Cut] = MappingProxyType(
    {
        "display": Cut(LITERATA, {"opsz": 60, "wght": 480}),
        "text": Cut(LITERATA, {}),
        "italic": Cut(LITERATA_ITALIC, {}),
        "sans": Cut(PUBLIC_SANS, {"wght": 400}),
        "sans-strong": Cut(PUBLIC_SANS, {"wght": 600}),
    }
)


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that none of our fonts can draw, each once, in order.

    Ask before a number is taken: what is missing would be printed as an empty box.
    """
    drawn = _drawn_by(LITERATA) | _drawn_by(PUBLIC_SANS) | LINE_BREAKS
    composed = unicodedata.normalize("NFC", text)
    return tuple(dict.fromkeys(letter for letter in composed if ord(letter) not in drawn))


def width_in_ems(text: str) -> float:
    """Return about how wide `text` runs on one line of the display cut, in ems; kerning is left out."""
    advances = _advances("display")
    return sum(advances.get(ord(letter), 0.6) for letter in text)


@cache
def cut_font(name: str) -> bytes:
    """Return the TrueType file of that cut, static and the same in every process; raises KeyError."""
    # Three seconds for Literata's display cut, a tenth of one for the others; never asked for by a web page.
    from fontTools.varLib.instancer import OverlapMode, instantiateVariableFont

    cut = CUTS[name]
    font = TTFont(cut.source, recalcTimestamp=False)
    if cut.axes:
        instantiateVariableFont(
            font, dict(cut.axes), inplace=True, optimize=False, overlap=OverlapMode.KEEP_AND_DONT_SET_FLAGS
        )
    for table in VARIATION_TABLES:
        if table in font:
            del font[table]
    written = BytesIO()
    font.save(written)
    return written.getvalue()


@cache
def _drawn_by(source: Path) -> frozenset[int]:
    with TTFont(source, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _advances(name: str) -> Mapping[int, float]:
    with TTFont(BytesIO(cut_font(name)), lazy=True) as font:
        em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {point: metrics[glyph][0] / em for point, glyph in font.getBestCmap().items()}
