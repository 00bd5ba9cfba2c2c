"""Guilloche: repeats that close without a gap."""

import re
from math import cos, hypot, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.guilloche import plait, ribbon, rosette

Point = tuple[float, float]


def ends(path: str) -> list[tuple[Point, Point]]:
    """Where each strand of a path begins and ends."""
    strands = []
    for strand in path.split("M")[1:]:
        numbers = [float(number) for number in re.findall(r"-?\d+", strand)]
        strands.append(((numbers[0], numbers[1]), (numbers[-2], numbers[-1])))
    return strands


def turned(point: Point, degrees: float) -> Point:
    angle = radians(degrees)
    return point[0] * cos(angle) - point[1] * sin(angle), point[0] * sin(angle) + point[1] * cos(angle)


def gap(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


@given(st.integers(3, 40), st.integers(1, 8), st.floats(0, 1))
def test_a_rosette_goes_on_where_its_last_petal_ended(petals: int, strands: int, ripple: float) -> None:
    pattern = rosette(1500, 200, petals, strands, ripple)

    assert len(pattern.copies) == petals
    for start, end in ends(pattern.path):
        assert gap(turned(start, 360 / petals), end) < 2


@given(st.integers(200, 2000), st.integers(1, 8))
def test_a_plait_goes_on_round_its_corners(pitch: int, strands: int) -> None:
    sides, corners = plait(pitch, pitch / 3, strands, across=3, down=2)

    assert (len(sides.copies), len(corners.copies)) == (2 * (3 + 2), 4)
    radius = 4 * pitch / 3.14159265
    for (start, end), (bend, bent) in zip(ends(sides.path), ends(corners.path), strict=True):
        assert gap((start[0] + pitch, start[1]), end) < 2
        assert gap((0, end[1] - radius), bend) < 2
        assert gap(turned(bend, 90), bent) < 2


def test_a_ribbon_falls_the_whole_way() -> None:
    pattern = ribbon(21000, 3000, twists=1.5, sway=500, bends=1, strands=14)

    assert [(start[1], end[1]) for start, end in ends(pattern.path)] == [(-10500, 10500)] * 14
    assert ends(pattern.path)[0][0] == pytest.approx((-3000, -10500))
    assert ends(pattern.path)[-1][0] == pytest.approx((3000, -10500))
