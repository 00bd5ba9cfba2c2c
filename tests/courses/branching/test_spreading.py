"""Where stories end for somebody who tosses a coin."""

from fractions import Fraction

from courses.branching.script import Script, script_of
from courses.branching.spreading import spread


def _choice(key: str, to: str = "", **more: object) -> dict:
    return {"key": key, "text": key, "consequence": "So.", "to": to, **more}


def _script(*nodes: tuple[str, list[dict]]) -> Script:
    return script_of(
        {
            "nodes": [
                {"key": key, "title": key, "situation": "Here.", "question": "What?", "choices": choices}
                for key, choices in nodes
            ],
            "endings": [
                {"key": "good", "title": "Good", "text": "Well.", "least": {"score": 2}},
                {"key": "poor", "title": "Poor", "text": "Not well."},
            ],
        }
    )


def test_each_end_has_its_exact_chance_and_ways_that_come_to_the_same_run_together() -> None:
    script = _script(
        ("one", [_choice("a", "two", score=1), _choice("b", "two"), _choice("c", "poor", harm=True)]),
        ("two", [_choice("d", score=1), _choice("e")]),
    )

    found = {(end.ending.key, end.points, end.did_harm): end.chance for end in spread(script)}

    assert found == {
        ("poor", 0, True): Fraction(1, 3),
        ("good", 2, False): Fraction(1, 6),
        ("poor", 1, False): Fraction(1, 3),
        ("poor", 0, False): Fraction(1, 6),
    }
    assert sum(found.values()) == 1
