"""What the content check finds in a case's file, with the line at which it stands."""

from datetime import date
from pathlib import Path

import pytest

from assessments.content_files.case_faults import faults_of_case
from courses.content_files.folders import CONTENT
from courses.content_files.ground import Ground, ground_of

HEAD = """title = "Harrow Lane"
code = "FC.2"
minutes = 75
summary = "A folder."
introduction = "You have a week."
minutes_allowed = 75
pass_percent = 100
attempts_allowed = 1

[[counter]]
key = "hurt"
label = "People hurt"
"""
NODE = """
[[node]]
key = "{key}"
title = "{key}"
competency = "5.4"
level = "lead"
situation = "Here."
debrief = "Others did so."
[[node.choice]]
key = "a"
text = "Tell."
consequence = "So."
to = "{to}"
score = 3
[[node.choice]]
key = "b"
text = "Wait."
consequence = "So."
to = "{to}"
[[node.choice]]
key = "c"
text = "Name her."
consequence = "So."
to = "{to}"
harm = true
adds = {{ hurt = 1 }}
"""
ENDINGS = """
[[ending]]
key = "bad"
title = "Hurt"
text = "So it ends."
harm = true
least = { hurt = 1 }

[[ending]]
key = "good"
title = "Heard"
text = "So it ends."
"""
FILE = (
    HEAD
    + NODE.format(key="one", to="two")
    + NODE.format(key="two", to="three")
    + NODE.format(key="three", to="")
    + ENDINGS
)


def _faults(folder: Path, text: str) -> list[tuple[int, str]]:
    path = folder / "01-harrow-lane.case.toml"
    path.write_text(text, encoding="utf-8")
    ground = Ground(date(2026, 11, 23), competencies={"5.4"})
    return [(fault.line, fault.sentence) for fault in faults_of_case(path, ground)]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (FILE, []),
        (FILE.replace("pass_percent = 100\n", ""), [(1, "“pass_percent” is missing.")]),
        (
            FILE.replace('competency = "5.4"', 'competency = "9.9"', 1),
            [(15, "“one” shows the competency “9.9”, which does not exist.")],
        ),
        (
            FILE.replace('level = "lead"', 'level = "expert"', 1),
            [(15, "“one”: “level” is one of foundation, practitioner, lead.")],
        ),
        (
            FILE.replace("score = 3", "score = 0", 1),
            [
                (15, "“one” needs one choice that scores the most."),
                (7, "Somebody who tosses a coin would pass in 7.4 of 100 cases; it should be at most 5."),
            ],
        ),
        (
            FILE.replace("adds = { hurt = 1 }", "", 1),
            [(37, "After a choice that does harm the story can end as if it had done none.")],
        ),
        (
            FILE.replace("pass_percent = 100", "pass_percent = 50"),
            [(7, "Somebody who tosses a coin would pass in 14.8 of 100 cases; it should be at most 5.")],
        ),
        (
            FILE.replace("minutes_allowed = 75", "minutes_allowed = 60"),
            [(6, "The limit is 60 minutes, and the step takes 75.")],
        ),
    ],
)
def test_each_fault_is_named_with_its_line(tmp_path: Path, wrong: str, found: list[tuple[int, str]]) -> None:
    assert _faults(tmp_path, wrong) == found


def test_a_moment_with_two_ways_is_too_easy_to_guess(tmp_path: Path) -> None:
    first_wait = FILE.index('[[node.choice]]\nkey = "b"')
    first_harm = FILE.index('[[node.choice]]\nkey = "c"')

    faults = _faults(tmp_path, FILE[:first_wait] + FILE[first_harm:])

    assert (15, "“one” has 2 choices; where it counts there are 3 at least.") in faults


def test_the_case_that_ships_has_no_fault() -> None:
    ground, _ = ground_of(CONTENT, date(2026, 11, 28))
    path = CONTENT / "final-certification" / "02-the-case" / "01-harrow-lane.case.toml"

    assert list(faults_of_case(path, ground)) == []
