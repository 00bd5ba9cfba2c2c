"""Makes the web fonts that are committed under static/ui/fonts; needed only when a family changes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from lms.ui import fonts

# Weights beyond what the style sheets ask for are dropped. Literata has one optical size here:
# 18 reads well as body text and still has the fine strokes that headings want.
AXES: dict[str, dict[str, Any]] = {
    "public-sans": {"wght": (400, 700)},
    "public-sans-italic": {"wght": (400, 700)},
    "literata": {"opsz": 18, "wght": (400, 700)},
}


class Command(BaseCommand):
    help = "Subset the typefaces to the characters of lms.ui.fonts and write them as WOFF2."

    def handle(self, *args: Any, **options: Any) -> None:
        for face, axes in AXES.items():
            path = make(face, axes, into=fonts.WOFF2)
            self.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes")
        for family, licence in fonts.LICENCES.items():
            (fonts.WOFF2 / f"{family}-OFL.txt").write_text(licence.read_text())


def make(face: str, axes: dict[str, Any], *, into: Path) -> Path:
    """Write one face as WOFF2 with the given axes limited, and return its path."""
    font = TTFont(fonts.FACES[face])
    options = subset.Options()
    options.layout_features += ["lnum", "tnum"]
    options.hinting = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=fonts.CHARACTERS)
    # Subset first: pinning an axis of the whole family crashes in fontTools.
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, axes)
    font.flavor = "woff2"
    path = into / f"{face}.woff2"
    font.save(path)
    return path
