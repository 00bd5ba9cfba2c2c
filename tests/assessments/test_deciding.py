"""What decisions in a case come to."""

from fractions import Fraction

import pytest

from assessments.deciding import Decided, Outcome, came_to, chance_of_luck, decided_well, points_needed
from courses.branching.playing import stand
from courses.branching.script import Script, script_of
from tests.factories.cases import STORY


@pytest.fixture
def script() -> Script:
    return script_of(STORY)


def test_the_points_needed_are_rounded_up_to_a_whole_one(script: Script) -> None:
    assert script.best_score == 6
    assert (points_needed(script, 60), points_needed(script, 50), points_needed(script, 100)) == (4, 3, 6)


@pytest.mark.parametrize(
    ("chosen", "came"),
    [
        (["look", "tell"], Outcome(6, 6, 4, "heard", did_harm=False)),
        (["ask", "tell"], Outcome(4, 6, 4, "heard", did_harm=False)),
        (["ask", "wait"], Outcome(1, 6, 4, "late", did_harm=False)),
        (["look", "name"], Outcome(3, 6, 4, "hurt", did_harm=True)),
        (["look"], Outcome(3, 6, 4, "", did_harm=False)),
    ],
)
def test_a_way_comes_to_its_points_and_its_ending(script: Script, chosen: list[str], came: Outcome) -> None:
    assert came_to(stand(script, chosen), 60) == came


def test_only_a_story_that_ended_without_harm_and_with_enough_points_is_passed() -> None:
    assert Outcome(4, 6, 4, "heard", did_harm=False).is_pass
    assert not Outcome(3, 6, 4, "late", did_harm=False).is_pass
    assert not Outcome(6, 6, 4, "hurt", did_harm=True).is_pass
    assert not Outcome(6, 6, 4, "", did_harm=False).is_pass


def test_a_decision_shows_its_competency_where_nothing_better_stood(script: Script) -> None:
    shown = list(decided_well(stand(script, ["ask", "tell"])))

    assert shown == [Decided("A message", "1.1", "lead")]


def test_the_chance_of_passing_by_tossing_a_coin_is_exact(script: Script) -> None:
    # Three ways at each moment: look or ask, then tell.
    assert chance_of_luck(script, 60, 1) == Fraction(2, 9)
    assert chance_of_luck(script, 60, 2) == 1 - Fraction(7, 9) ** 2
