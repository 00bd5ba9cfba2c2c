"""Charts as SVG made on the server: values written at the marks, no script, at home in a PDF too.

Colours are fixed, not tokens: a PDF has no style sheet of ours, and every mark carries its number
and, where it means something, a word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

PLAIN, NOTED = "#4a2a86", "#b0245c"
# Fill and ink of each part of a stack: neighbours differ in lightness, so the order reads without colour.
SHADES = (("#e4dcf6", "#1b1a2b"), ("#b39ddb", "#1b1a2b"), ("#6a48a8", "#ffffff"), ("#2b1a55", "#ffffff"))

LABEL_WIDTH = 270  # pixels of the drawing, which scales with the page
PLOT_WIDTH = 380
ROW_HEIGHT = 34
NARROWEST_NUMBER = 24  # a part too narrow for its number goes without; the table has it
LEGEND_LEFT, LEGEND_GAP, LEGEND_LETTER = 120, 42, 7
# Colour and dashes of each line: they differ without colour too.
STROKES = (("#4a2a86", ""), ("#b0245c", "9 5"), ("#1f6b3a", "2 5"))
LINES_LEFT, LINES_WIDTH, LINES_TOP, LINES_HEIGHT = 40, 480, 14, 190
LINES_ROWS = 7  # the height of the drawing, in rows


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: its value in percent, and a word for what is remarkable about it."""

    label: str
    percent: int
    note: str = ""


@dataclass(frozen=True)
class Stack:
    """One row of a stacked chart: a count for each of the chart's parts, in their order."""

    label: str
    counts: Sequence[int]


@dataclass(frozen=True)
class Line:
    """One line of a chart: a value for each of the chart's points, in their order."""

    label: str
    values: Sequence[float]


def bars(title: str, description: str, rows: Sequence[Bar]) -> SafeString:
    """A bar for each row on a scale of 0 to 100 %, and its table; a note shows by colour and word."""
    marks = [
        {
            "row": row,
            "y": number * ROW_HEIGHT,
            "width": PLOT_WIDTH * row.percent // 100,
            "end": LABEL_WIDTH + PLOT_WIDTH * row.percent // 100 + 8,
            "fill": NOTED if row.note else PLAIN,
        }
        for number, row in enumerate(rows)
    ]
    ticks = [(percent, LABEL_WIDTH + PLOT_WIDTH * percent // 100) for percent in (0, 25, 50, 75, 100)]
    return _figure("bars", title, description, len(rows), marks=marks, ticks=ticks)


def stacked(title: str, description: str, parts: Sequence[str], rows: Sequence[Stack]) -> SafeString:
    """A bar for each row, divided by share, and its table; raises ValueError beyond four parts."""
    return _stacks(title, description, parts, rows, longest=0)


def amounts(title: str, description: str, parts: Sequence[str], rows: Sequence[Stack]) -> SafeString:
    """As `stacked`, but each row is as long as its sum: for amounts that are compared across rows."""
    return _stacks(title, description, parts, rows, longest=max(sum(row.counts) for row in rows) or 1)


def lines(title: str, description: str, points: Sequence[str], rows: Sequence[Line]) -> SafeString:
    """A line for each row over the same points with its name and last value at its end, and the table.

    Raises ValueError beyond three lines, which could no longer be told apart without colour.
    """
    if len(rows) > len(STROKES):
        raise ValueError(f"A chart of lines shows at most {len(STROKES)} lines")
    top = max(value for row in rows for value in row.values) or 1
    across = [LINES_LEFT + number * LINES_WIDTH // (len(points) - 1) for number in range(len(points))]
    marks = [
        {
            "row": row,
            "stroke": colour,
            "dashes": dashes,
            "points": [
                {"x": x, "y": LINES_TOP + LINES_HEIGHT - round(LINES_HEIGHT * value / top), "value": value}
                for x, value in zip(across, row.values, strict=True)
            ],
        }
        for row, (colour, dashes) in zip(rows, STROKES, strict=False)
    ]
    foot = LINES_TOP + LINES_HEIGHT
    ticks = list(zip(points, across, strict=True))
    return _figure(
        "lines", title, description, LINES_ROWS, marks=marks, points=points, ticks=ticks, foot=foot
    )


def _stacks(
    title: str, description: str, parts: Sequence[str], rows: Sequence[Stack], longest: int
) -> SafeString:
    if len(parts) > len(SHADES):
        raise ValueError(f"A stacked chart shows at most {len(SHADES)} parts")
    marks = [
        {
            "row": row,
            "y": number * ROW_HEIGHT,
            "parts": _parts(row, longest),
            "total": sum(row.counts),
            "end": LABEL_WIDTH + PLOT_WIDTH * sum(row.counts) // longest + 10 if longest else 0,
        }
        for number, row in enumerate(rows)
    ]
    starts = accumulate((LEGEND_GAP + LEGEND_LETTER * len(name) for name in parts), initial=LEGEND_LEFT)
    legend = [
        {"name": name, "fill": SHADES[number][0], "x": x}
        for number, (name, x) in enumerate(zip(parts, starts, strict=False))
    ]
    return _figure("stacked", title, description, len(rows), marks=marks, legend=legend)


def _parts(row: Stack, longest: int) -> list[dict[str, object]]:
    total = longest or sum(row.counts) or 1
    edges = [LABEL_WIDTH + PLOT_WIDTH * sum(row.counts[:n]) // total for n in range(len(row.counts) + 1)]
    return [
        {
            "count": count,
            "x": left,
            "width": right - left,
            "middle": (left + right) // 2,
            "fill": fill,
            "ink": ink,
            "is_labelled": right - left >= NARROWEST_NUMBER,
        }
        for count, left, right, (fill, ink) in zip(row.counts, edges, edges[1:], SHADES, strict=False)
        if count
    ]


def _figure(kind: str, title: str, description: str, rows: int, **marks: object) -> SafeString:
    frame = {
        "title": title,
        "description": description,
        "label_end": LABEL_WIDTH - 12,
        "plot": LABEL_WIDTH,
        "plot_height": rows * ROW_HEIGHT,
        "width": LABEL_WIDTH + PLOT_WIDTH + 110,
        "height": rows * ROW_HEIGHT + 30,
        "after_plot": LABEL_WIDTH + PLOT_WIDTH + 10,
    }
    return render_to_string(f"ui/charts/{kind}.html", frame | marks)
