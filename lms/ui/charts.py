"""Charts as SVG made on the server: values written at the marks, no script, at home in a PDF too.

Colours are fixed, not tokens: a PDF has no style sheet of ours, and every mark carries its number
and, where it means something, a word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

PLAIN, NOTED = "#4a2a86", "#b0245c"
# Fill and ink of each part of a stack: neighbours differ in lightness, so the order reads without colour.
SHADES = (("#e4dcf6", "#1b1a2b"), ("#b39ddb", "#1b1a2b"), ("#6a48a8", "#ffffff"), ("#2b1a55", "#ffffff"))

LABEL_WIDTH = 270  # pixels of the drawing, which scales with the page
PLOT_WIDTH = 380
ROW_HEIGHT = 34
NARROWEST_NUMBER = 24  # a part too narrow for its number goes without; the table has it


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
    if len(parts) > len(SHADES):
        raise ValueError(f"A stacked chart shows at most {len(SHADES)} parts")
    marks = [
        {"row": row, "y": number * ROW_HEIGHT, "parts": _parts(row), "total": sum(row.counts)}
        for number, row in enumerate(rows)
    ]
    legend = [
        {"name": name, "fill": SHADES[number][0], "x": LABEL_WIDTH + number * 115}
        for number, name in enumerate(parts)
    ]
    return _figure("stacked", title, description, len(rows), marks=marks, legend=legend)


def _parts(row: Stack) -> list[dict[str, object]]:
    total = sum(row.counts) or 1
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
