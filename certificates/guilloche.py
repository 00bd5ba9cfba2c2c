"""Guilloche: the interlaced line work of banknotes and certificates, as path data for SVG.

Everything is a sum of sines, so it is sharp at any size. A pattern is one repeat and the places where it is
set down: written out in full a frame would weigh 60 kB, the same numbers over and over pack to almost
nothing. Lengths are in the units of the drawing, angles in radians; y points down.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sin, tau

Point = tuple[float, float]
# From the share of the way (0 to 1) and the turn of this strand (0 to tau) to the point reached.
Strand = Callable[[float, float], Point]

NUDGE = 1e-5


@dataclass(frozen=True)
class Pattern:
    """A path and the SVG transforms of all its copies."""

    path: str
    copies: tuple[str, ...]


def rosette(radius: float, depth: float, petals: int, strands: int, ripple: float = 0.0) -> Pattern:
    """Return a ring of petals about the origin, one of them pointing up.

    A petal is two waves wide; `ripple` (0 to 1) makes its first wave reach further than the second.
    """

    def strand(share: float, turn: float) -> Point:
        swing = sin(2 * tau * share + turn) + ripple * sin(tau * share + turn)
        return _polar(radius + depth * swing, tau * share / petals)

    copies = tuple(f"rotate({360 * number / petals - 90:.4f})" for number in range(petals))
    return Pattern(_path(strand, strands, segments=8), copies)


def plait(pitch: float, depth: float, strands: int, across: int, down: int) -> tuple[Pattern, Pattern]:
    """Return the sides and the corners of a plait round a rectangle `across` by `down` waves, corners apart.

    A corner is a quarter turn of two waves, so it adds 4·pitch/pi at either end of a side.
    """
    radius = 4 * pitch / pi

    def side(share: float, turn: float) -> Point:
        return share * pitch, -depth * sin(tau * share + turn)

    def corner(share: float, turn: float) -> Point:
        return _polar(radius + depth * sin(2 * tau * share + turn), (share - 1) * pi / 2)

    sides, corners = [], []
    for quarter in range(4):
        long, high = (across, down) if quarter % 2 == 0 else (down, across)
        left, top = -long * pitch / 2, -high * pitch / 2
        place = f"rotate({90 * quarter}) translate({{:.0f}} {{:.0f}})"
        sides += [place.format(left + wave * pitch, top - radius) for wave in range(long)]
        corners.append(place.format(-left, top))
    return (
        Pattern(_path(side, strands, segments=4), tuple(sides)),
        Pattern(_path(corner, strands, segments=8), tuple(corners)),
    )


def ribbon(length: float, breadth: float, twists: float, sway: float, bends: float, strands: int) -> Pattern:
    """Return a ribbon that falls from -length/2 to length/2, twisting and swaying from side to side."""

    def strand(share: float, turn: float) -> Point:
        place = turn / pi * strands / (strands - 1) - 1  # from -1 at the first strand to 1 at the last
        middle = sway * sin(tau * bends * share)
        return middle + place * breadth * cos(tau * twists * share), (share - 0.5) * length

    return Pattern(_path(strand, strands, segments=round(12 * max(twists, bends))), ("translate(0 0)",))


def _polar(reach: float, angle: float) -> Point:
    return reach * cos(angle), reach * sin(angle)


def _path(strand: Strand, strands: int, segments: int) -> str:
    """Draw every strand in smooth cubic segments, in whole units."""
    parts = []
    for turn in (tau * number / strands for number in range(strands)):
        parts.append("M{:.0f} {:.0f}".format(*strand(0, turn)))
        parts += (_cubic(strand, turn, index / segments, 1 / segments) for index in range(segments))
    return "".join(parts)


def _cubic(strand: Strand, turn: float, start: float, step: float) -> str:
    """Draw one segment: a third of the slope at either end turns Hermite's form into Bézier's."""
    (x0, y0), (x1, y1) = strand(start, turn), strand(start + step, turn)
    (dx0, dy0), (dx1, dy1) = _slope(strand, turn, start), _slope(strand, turn, start + step)
    third = step / 3
    numbers = (x0 + dx0 * third, y0 + dy0 * third, x1 - dx1 * third, y1 - dy1 * third, x1, y1)
    return "C" + " ".join(f"{number:.0f}" for number in numbers)


def _slope(strand: Strand, turn: float, share: float) -> Point:
    (x0, y0), (x1, y1) = strand(share - NUDGE, turn), strand(share + NUDGE, turn)
    return (x1 - x0) / (2 * NUDGE), (y1 - y0) / (2 * NUDGE)
