"""What the content check finds in a scenario's file, with the line at which it stands."""

from datetime import date
from pathlib import Path

import pytest

from courses.content_files.ground import Ground
from courses.content_files.scenario_faults import faults_of_scenario

FILE = """title = "Quiet provider"
code = "S-F"
minutes = 10
summary = "A report that says nothing."
introduction = "You manage the contract."

[[counter]]
key = "days"
label = "Days waited"

[[node]]
key = "report"
title = "The report"
situation = "It says settled."
debrief = "Reports are written by those whom they report on."

[[node.choice]]
key = "file"
text = "File it."
consequence = "Nothing happens."

[[node.choice]]
key = "ask"
text = "Ask."
consequence = "They answer."
adds = { days = 3 }

[[ending]]
key = "over"
title = "Over"
text = "So it ends."
"""


def _faults(folder: Path, text: str) -> list[tuple[int, str]]:
    path = folder / "01-quiet.scenario.toml"
    path.write_text(text, encoding="utf-8")
    return [(fault.line, fault.sentence) for fault in faults_of_scenario(path, Ground(date(2026, 11, 23)))]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (FILE, []),
        (
            FILE.replace('consequence = "They answer."\n', ""),
            [(23, "“ask”: “consequence” is missing.")],
        ),
        (
            FILE.replace("code =", "kode ="),
            [(1, "“code” is missing."), (2, "This file has no “kode”.")],
        ),
        (
            FILE.replace("days = 3", "trust = 3"),
            [(12, "The choice “Ask.” moves “trust”, which is no counter.")],
        ),
        (
            FILE.replace("They answer.", "They answer after 9 days."),
            [(25, "“9” rests on no fact. Link it to one, list it under invented, or write it in words.")],
        ),
        (
            FILE.replace('"Reports are written by those whom they report on."', '""'),
            [(12, "“report”: “debrief” is missing.")],
        ),
    ],
)
def test_each_fault_is_named_with_its_line(tmp_path: Path, wrong: str, found: list[tuple[int, str]]) -> None:
    assert _faults(tmp_path, wrong) == found
