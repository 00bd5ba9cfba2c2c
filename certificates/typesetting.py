"""How a certificate's words are set: as large as fits, broken evenly, in columns, and as a QR code."""

import itertools
import math
import re
from dataclasses import dataclass

import segno

from certificates import glyphs
from certificates.designs import MILLIMETRE, Sizes
from certificates.printed import Competencies

QUIET_ZONE = 4  # modules of white that a QR code needs on every side


@dataclass(frozen=True)
class Line:
    """Text as large as fits: `size` in points; `measure` in mm, narrow enough to break it evenly."""

    size: float
    measure: float


@dataclass(frozen=True)
class CodeSquare:
    """A QR code as one path to be stroked one unit wide; a unit is a module, `side` counts the quiet zone."""

    side: int
    path: str


def fitted(text: str, measure: float, sizes: Sizes) -> Line:
    """Fit `text` into `measure` mm: on one line while it stays large, else on two or three."""
    whole = glyphs.width_in_ems(text)
    longest = max(map(glyphs.width_in_ems, re.split(r"(?<=[\s-])", text)))
    for lines, floor in ((1, sizes.largest * 0.6), (2, sizes.smallest), (3, 0)):
        ems = max(whole / lines * (1 if lines == 1 else 1.15), longest, 1)
        size = min(sizes.largest * (1.15 - 0.15 * lines), measure * MILLIMETRE / ems)
        if size >= floor:
            break
    return Line(round(size, 2), round(measure if lines == 1 else ems * size / MILLIMETRE + 1, 2))


def in_columns(competencies: Competencies) -> list[Competencies]:
    """Spread competencies over one, two or three columns, to be read downwards."""
    count = len(competencies)
    high = math.ceil(count / (1 if count <= 4 else 2 if count <= 10 else 3))
    return [competencies[start : start + high] for start in range(0, count, high or 1)]


def code_square(url: str) -> CodeSquare:
    """Return the QR code of `url`, correcting errors in 15 % of it at least."""
    rows = segno.make_qr(url, error="m").matrix
    parts = []
    for y, row in enumerate(rows, start=QUIET_ZONE):
        x = QUIET_ZONE
        for dark, modules in itertools.groupby(row):
            length = len(list(modules))
            if dark:
                parts.append(f"M{x} {y + 0.5}h{length}")
            x += length
    return CodeSquare(len(rows) + 2 * QUIET_ZONE, "".join(parts))
