"""What the content check finds in a simulator's file, with the line at which it stands."""

from datetime import date
from pathlib import Path

import pytest

from courses.content_files.ground import Ground
from courses.content_files.simulator_faults import faults_of_simulator

FILE = """title = "Hours or outcomes"
code = "2.1.3"
minutes = 20
summary = "Set a contract."
introduction = "Guess first."

[[task]]
key = "hourly"
title = "Nobody is cruel"
start = "p1"
ask = "Look."
debrief = "Nothing pays."
"""


def _faults(folder: Path, text: str) -> list[tuple[int, str]]:
    path = folder / "01-lab.simulator.toml"
    path.write_text(text, encoding="utf-8")
    return [(fault.line, fault.sentence) for fault in faults_of_simulator(path, Ground(date(2026, 11, 23)))]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (FILE, []),
        (FILE.replace('ask = "Look."\n', ""), [(8, "Task “hourly”: “ask” is missing.")]),
        (
            FILE.replace('"p1"', '"p12"'),
            [(8, "A task starts with one of p1, p2, p3, p4, p5, p6, p7, p8, p9.")],
        ),
        (FILE.replace("minutes = 20\n", ""), [(1, "“minutes” is missing.")]),
        (
            FILE.replace("code =", "kode ="),
            [(1, "“code” is missing."), (2, "A simulator's file has no “kode”.")],
        ),
        (
            FILE.replace("Nothing pays.", "It pays 5 pounds."),
            [(8, "“5” rests on no fact. Link it to one, list it under invented, or write it in words.")],
        ),
        (FILE + FILE[FILE.index("[[task]]") :], [(8, "2 tasks have the key “hourly”.")]),
    ],
)
def test_each_fault_is_named_with_its_line(tmp_path: Path, wrong: str, found: list[tuple[int, str]]) -> None:
    assert _faults(tmp_path, wrong) == found
