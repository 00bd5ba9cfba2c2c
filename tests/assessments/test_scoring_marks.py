"""Marks, the pass mark, and what guessing would earn."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring_choice import Option, SingleChoice, TrueFalse
from assessments.scoring_marks import (
    Part,
    chance_of_passing_by_guessing,
    is_pass,
    marks_needed,
    shown_marks,
    total,
)
from assessments.scoring_terms import BLANK, Score

TRUE_FALSE = TrueFalse(True, "It is.", "It is, though.").guess_distribution()
FOUR_OPTIONS = SingleChoice(
    tuple(Option(key, f"Text {key}", key == "a", f"Reason {key}") for key in "abcd")
).guess_distribution()


def test_seven_of_twenty_five_pass_a_mark_of_28_per_cent():
    # In floats 0.28 * 25 is 7.000000000000001.
    assert marks_needed(28, 25) == 7
    assert is_pass(Fraction(7), 7)


@pytest.mark.parametrize(
    ("percent", "available", "needed"),
    [(80, 10, 8), (70, 30, 21), (75, 10, 8), (1, 3, 1), (100, 3, 3)],
)
def test_marks_needed_are_rounded_up_to_whole_marks(percent, available, needed):
    assert marks_needed(percent, available) == needed


@pytest.mark.parametrize("percent", [-1, 0, 101])
def test_a_pass_mark_that_everybody_or_nobody_reaches_is_refused(percent):
    with pytest.raises(ValueError, match=f"between 1 and 100 per cent, not at {percent}"):
        marks_needed(percent, 10)


def test_a_pass_mark_of_no_marks_is_refused():
    with pytest.raises(ValueError, match="at least one mark that can be earned"):
        marks_needed(80, 0)


@given(st.integers(1, 100), st.integers(1, 200), st.integers(0, 200))
def test_reaching_the_marks_needed_is_reaching_the_percentage(percent, available, marks):
    reached = 100 * marks >= percent * available

    assert is_pass(Fraction(marks), marks_needed(percent, available)) == reached


def test_the_total_adds_thirds_up_to_a_whole():
    third = Score(Fraction(1, 3), "partly")

    assert total([third, third, third, BLANK]) == 1


def test_no_scores_total_nought():
    assert total([]) == Fraction(0)


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        (Fraction(21), "21 of 30, 21 needed"),
        (Fraction(62, 3), "20.6 of 30, 21 needed"),
        (Fraction(2099, 100), "20.9 of 30, 21 needed"),
        (Fraction(2999, 100), "29.9 of 30, 21 needed"),
        (Fraction(1, 100), "0 of 30, 21 needed"),
        (Fraction(30), "30 of 30, 21 needed"),
    ],
)
def test_marks_are_shown_rounded_down(marks, shown):
    assert shown_marks(marks, 21, 30) == shown


@given(st.fractions(0, 30, max_denominator=5040), st.integers(1, 30))
def test_the_marks_shown_tell_pass_and_full_marks_truly(marks, needed):
    shown = Fraction(shown_marks(marks, needed, 30).split(" of ")[0])

    assert (shown >= needed) == is_pass(marks, needed)
    assert (shown == 30) == (marks == 30)


# The table of pass probabilities by guessing: items, options, then >= 60, 70 and 80 per cent.
@pytest.mark.parametrize(
    ("count", "distribution", "chances"),
    [
        (10, TRUE_FALSE, ["0.377", "0.172", "0.055"]),
        (20, TRUE_FALSE, ["0.252", "0.058", "0.006"]),
        (30, TRUE_FALSE, ["0.181", "0.021", "0.0007"]),
        (10, FOUR_OPTIONS, ["0.020", "0.0035", "0.0004"]),
        (20, FOUR_OPTIONS, ["0.00094", "0.000030", "0.00000039"]),
    ],
)
def test_passing_by_guessing_follows_the_table(count, distribution, chances):
    for percent, chance in zip([60, 70, 80], chances, strict=True):
        needed = marks_needed(percent, count)
        places = len(chance.split(".")[1])

        guessed = chance_of_passing_by_guessing([distribution] * count, needed, attempts=1)

        assert round(guessed, places) == Fraction(chance)


# The table's .011 for ten four-option questions was rounded twice: the exact chance is .01048.
@pytest.mark.parametrize(
    ("count", "distribution", "three", "five"),
    [
        (10, TRUE_FALSE, "0.432", "0.611"),
        (20, TRUE_FALSE, "0.163", "0.257"),
        (30, TRUE_FALSE, "0.063", "0.102"),
        (10, FOUR_OPTIONS, "0.0105", "0.017"),
        (20, FOUR_OPTIONS, "0.000089", "0.00015"),
    ],
)
def test_further_attempts_make_guessing_likelier(count, distribution, three, five):
    needed = marks_needed(70, count)

    for attempts, chance in ((3, three), (5, five)):
        places = len(chance.split(".")[1])

        guessed = chance_of_passing_by_guessing([distribution] * count, needed, attempts)

        assert round(guessed, places) == Fraction(chance)


def test_questions_of_different_kinds_may_be_mixed():
    three_way = {
        Fraction(0): Fraction(1, 2),
        Fraction(1, 2): Fraction(1, 4),
        Fraction(1): Fraction(1, 4),
    }

    # 1 mark of 2: a right true/false, or a wrong one with a full mark from the other.
    assert chance_of_passing_by_guessing([TRUE_FALSE, three_way], 1, 1) == Fraction(5, 8)


def test_without_an_attempt_nobody_passes():
    assert chance_of_passing_by_guessing([TRUE_FALSE], 1, 0) == 0


@given(st.lists(st.sampled_from([TRUE_FALSE, FOUR_OPTIONS]), max_size=6), st.integers(0, 4))
def test_the_chance_falls_with_the_marks_needed_and_rises_with_attempts(questions, attempts):
    chances = [
        chance_of_passing_by_guessing(questions, needed, attempts) for needed in range(len(questions) + 2)
    ]

    assert chances == sorted(chances, reverse=True)
    assert chances[-1] == 0
    assert chances[0] == (1 if attempts else 0)
    assert chances[0] <= chance_of_passing_by_guessing(questions, 0, attempts + 1)


@given(st.integers(0, 3), st.integers(0, 4), st.integers(0, 3))
def test_a_part_is_guessed_as_counting_every_paper_says(free, needed, right):
    """Three true-or-false questions that must reach `right` marks, and `free` others: each paper is as likely."""
    papers = list(product((0, 1), repeat=free + 3))
    passing = [paper for paper in papers if sum(paper) >= needed and sum(paper[:3]) >= right]

    guessed = chance_of_passing_by_guessing([TRUE_FALSE] * free, needed, 1, [([TRUE_FALSE] * 3, right)])

    assert guessed == Fraction(len(passing), len(papers))


@pytest.mark.parametrize(
    ("marks", "in_part", "passes"), [(42, 10, True), (45, 9, False), (41, 12, False), (60, 12, True)]
)
def test_a_part_is_not_made_up_for(marks, in_part, passes):
    part = Part("Safety", Fraction(in_part), 12, 10)

    assert is_pass(Fraction(marks), 42, [part]) is passes


def test_a_part_shows_its_marks_as_a_whole_paper_does():
    part = Part("Safety", Fraction(59, 6), 12, 10)

    assert (part.shown_marks, part.is_reached) == ("9.8 of 12, 10 needed", False)
