"""A competency profile drawn as a map: a row for each domain, a tile for each competency.

Colours are fixed, not tokens, as in `lms.ui.charts`. A level shows by shade, by the number of filled
steps and by its word, so the map reads without colour and on paper.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

INK, QUIET, LINE = "#1b1a2b", "#4a4960", "#7b7d92"


@dataclass(frozen=True)
class Look:
    """How a tile of one state looks; `steps` of its three steps are filled."""

    word: str
    steps: int
    fill: str
    ink: str
    dashes: str = ""

    @property
    def line(self) -> str:
        """The colour of the tile's edge."""
        return self.fill if self.ink == "#ffffff" else LINE


LOOKS = {
    "": Look("Not shown yet", 0, "#ffffff", QUIET, "4 4"),
    "lapsed": Look("Lapsed", 0, "#fdf1d6", "#5f3e00"),
    "foundation": Look("Foundation", 1, "#e4dcf6", INK),
    "practitioner": Look("Practitioner", 2, "#6a48a8", "#ffffff"),
    "lead": Look("Lead", 3, "#2b1a55", "#ffffff"),
}
"""By the level shown; empty where there is none, "lapsed" where there was one."""


@dataclass(frozen=True)
class Tile:
    """One competency on the map; `state` is a key of LOOKS."""

    code: str
    title: str
    state: str


@dataclass(frozen=True)
class Row:
    """One domain on the map."""

    code: str
    title: str
    tiles: Sequence[Tile]


@dataclass(frozen=True)
class Shape:
    """The measures of a map in units of its drawing. Where no room is left of the tiles, the label stands above."""

    name: str
    label_width: int
    label_height: int
    letters_in_label: int
    tile_width: int
    tile_height: int
    gap: int
    letters_in_tile: int

    def left(self, column: int) -> int:
        return self.label_width + column * (self.tile_width + self.gap)

    def top(self, row: int) -> int:
        return row * (self.label_height + self.tile_height + self.gap)


WIDE = Shape("wide", 200, 0, 22, 188, 116, 12, 23)
NARROW = Shape("narrow", 0, 26, 60, 82, 58, 8, 0)
EDGE = 2  # so that the outermost lines are not cut
STEPS = ((0, 6), (7, 11), (14, 16))  # left and height of each step, like a staircase


def competency_map(title: str, rows: Sequence[Row]) -> SafeString:
    """The map for a wide screen and for paper, and the narrow one for a phone: one of them shows."""
    return SafeString("".join(_drawn(shape, title, rows) for shape in (WIDE, NARROW)))


def swatch(state: str) -> SafeString:
    """The look of one state by itself, for the legend."""
    look = LOOKS[state]
    return render_to_string("lms/_profile_swatch.html", {"look": look, "steps": _steps(look, 12, 24)})


def _drawn(shape: Shape, title: str, rows: Sequence[Row]) -> SafeString:
    columns = max(len(row.tiles) for row in rows)
    context = {
        "shape": shape,
        "title": title,
        "rows": [_row(shape, number, row) for number, row in enumerate(rows)],
        "width": shape.left(columns) - shape.gap + 2 * EDGE,
        "height": shape.top(len(rows)) - shape.gap + 2 * EDGE,
        "edge": EDGE,
    }
    return render_to_string("lms/_profile_map.html", context)


def _row(shape: Shape, number: int, row: Row) -> dict[str, object]:
    return {
        "code": row.code,
        "y": shape.top(number),
        "label": textwrap.wrap(row.title, shape.letters_in_label),
        "tiles_y": shape.label_height,
        "tiles": [_tile(shape, column, tile) for column, tile in enumerate(row.tiles)],
    }


def _tile(shape: Shape, column: int, tile: Tile) -> dict[str, object]:
    look = LOOKS[tile.state]
    return {
        "code": tile.code,
        "look": look,
        "x": shape.left(column),
        "title": textwrap.wrap(tile.title, shape.letters_in_tile) if shape.letters_in_tile else [],
        "word_y": shape.tile_height - 12,
        "steps": _steps(look, shape.tile_width - 34, 28),
    }


def _steps(look: Look, x: int, foot: int) -> list[dict[str, object]]:
    return [
        {"x": x + left, "y": foot - height, "height": height, "is_filled": number < look.steps}
        for number, (left, height) in enumerate(STEPS)
    ]
