"""Stems and their choices."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring_body import BadQuestion
from assessments.scoring_matching import Choice, Matching, Stem
from assessments.scoring_terms import BLANK


def matching(stems: int, choices: int) -> Matching:
    """Stem n belongs to choice n; further choices belong to none."""
    return Matching(
        tuple(Stem(f"s{n}", f"Stem {n}", f"c{n}", f"Reason {n}") for n in range(stems)),
        tuple(Choice(f"c{n}", f"Choice {n}") for n in range(choices)),
    )


FOUR = matching(4, 5)


def test_moodle_match_three_of_four_stems():
    score = FOUR.score({"s0": "c0", "s1": "c1", "s2": "c2", "s3": "c4"})

    assert (score.points, score.state) == (Fraction(3, 4), "partly")


def test_a_stem_left_open_counts_as_not_right_and_gets_no_reason():
    score = FOUR.score({"s0": "c0", "s1": "", "s2": None})

    assert score.points == Fraction(1, 4)
    assert score.reasons == (("s0", "Reason 0"),)


def test_a_choice_may_be_given_to_several_stems():
    assert FOUR.score(dict.fromkeys(["s0", "s1", "s2", "s3"], "c1")).points == Fraction(1, 4)


def test_nothing_matched_is_blank():
    assert FOUR.score({"s0": "", "s1": None}) == BLANK


@pytest.mark.parametrize("response", [{"s9": "c0"}, {"s0": "c9"}, {"s0": ["c0"]}, ["c0"], "c0"])
def test_a_match_with_something_unknown_is_incomplete(response):
    assert FOUR.score(response).state == "incomplete"


@pytest.mark.parametrize(("stems", "choices"), [(1, 2), (0, 2), (2, 1)])
def test_two_stems_and_two_choices_are_needed(stems, choices):
    with pytest.raises(BadQuestion, match="At least two stems and two choices are needed"):
        matching(stems, choices)


def test_a_stem_must_belong_to_a_choice():
    with pytest.raises(BadQuestion, match='"s2" belongs to "c2", which is no choice'):
        matching(3, 2)


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (Stem("s0", "Other", "c1", "Other"), "Two keys of stems are alike"),
        (Stem("s1", "stem 0", "c1", "Other"), "Two texts of stems are alike"),
        (Stem("s1", "Other", "c1", "reason 0"), "Two reasons of stems are alike"),
        (Stem("s1", "Other", "c1", ""), "A reason of a stem is blank"),
    ],
)
def test_a_faulty_stem_is_refused_with_what_is_wrong(second, sentence):
    with pytest.raises(BadQuestion, match=sentence):
        Matching((FOUR.stems[0], second), FOUR.choices)


def test_alike_choices_are_refused():
    with pytest.raises(BadQuestion, match="Two texts of choices are alike"):
        Matching(FOUR.stems[:2], (*FOUR.choices[:2], Choice("c9", "choice 0")))


@given(st.integers(2, 4), st.integers(0, 2))
def test_guessing_a_match_is_the_mean_over_all_ways_to_match(stems, distractors):
    question = matching(stems, stems + distractors)

    every_way = list(product([choice.key for choice in question.choices], repeat=stems))
    earned = [
        question.score(dict(zip([stem.key for stem in question.stems], way, strict=True))).points
        for way in every_way
    ]

    assert question.guess_distribution() == {
        value: Fraction(earned.count(value), len(every_way)) for value in set(earned)
    }
