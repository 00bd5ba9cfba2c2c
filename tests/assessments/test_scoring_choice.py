"""One of several, several of several, true or false."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import guess_value
from assessments.scoring_body import BadQuestion
from assessments.scoring_choice import (
    SEVERAL_RULES,
    Option,
    SeveralChoice,
    SingleChoice,
    TrueFalse,
)
from assessments.scoring_terms import BLANK, Score

HALF = Fraction(1, 2)


def options(correct: str, wrong: str = "") -> tuple[Option, ...]:
    """One option per letter, those of the first word correct."""
    return tuple(Option(key, f"Text {key}", key in correct, f"Reason {key}") for key in correct + wrong)


def points(question, response):
    return question.score(response).points


def test_a_single_choice_scores_the_option_chosen_and_gives_its_reason():
    question = SingleChoice(options("b", "acd"))

    assert question.score("b") == Score(Fraction(1), "right", (("b", "Reason b"),))
    assert question.score("c") == Score(Fraction(0), "wrong", (("c", "Reason c"),))


def test_an_option_that_the_question_does_not_have_is_incomplete():
    assert SingleChoice(options("b", "acd")).score("e").state == "incomplete"


def test_reordering_the_options_changes_no_score():
    question = SingleChoice(options("b", "acd"))
    reordered = SingleChoice(question.options[::-1])

    assert [question.score(key) for key in "abcd"] == [reordered.score(key) for key in "abcd"]


@pytest.mark.parametrize(("correct", "wrong", "count"), [("", "abc", 0), ("ab", "c", 2)])
def test_exactly_one_option_must_be_correct(correct, wrong, count):
    with pytest.raises(BadQuestion, match=f"Exactly one option must be correct; here {count} are"):
        SingleChoice(options(correct, wrong))


@pytest.mark.parametrize("few", [(), options("a")])
def test_at_least_two_options_are_needed(few):
    with pytest.raises(BadQuestion, match="At least two options are needed"):
        SingleChoice(few)


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (Option("a", "Other", False, "Other"), 'Two keys of options are alike: "a"'),
        (Option("b", "text A", False, "Other"), 'Two texts of options are alike: "text A"'),
        (Option("b", "Other", False, "reason  a"), 'Two reasons of options are alike: "reason  a"'),
        (Option("", "Other", False, "Other"), "A key of an option is blank"),
        (Option("b", " ", False, "Other"), "A text of an option is blank"),
        (Option("b", "Other", False, "\n"), "A reason of an option is blank"),
    ],
)
def test_a_faulty_option_is_refused_with_what_is_wrong(second, sentence):
    with pytest.raises(BadQuestion, match=sentence):
        SingleChoice((Option("a", "Text a", True, "Reason a"), second))


def test_four_options_are_guessed_once_in_four():
    assert SingleChoice(options("a", "bcd")).guess_distribution() == {
        Fraction(0): Fraction(3, 4),
        Fraction(1): Fraction(1, 4),
    }


# The table of multiple-response rules, n = 5 and k = 2: none, 1R, 2R, 2R+1W, 1R+1W, all five.
FIVE_OPTIONS_TWO_RIGHT = {
    "all_or_nothing": [0, 0, 1, 0, 0, 0],
    "balanced": [0, HALF, 1, Fraction(2, 3), Fraction(1, 6), 0],
    "wrong_voids": [0, HALF, 1, 0, 0, 0],
}


@pytest.mark.parametrize("rule", SEVERAL_RULES)
def test_several_follows_the_table_of_five_options_two_right(rule):
    question = SeveralChoice(options("ab", "cde"), rule)
    ticks = [[], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "c"], ["a", "b", "c", "d", "e"]]

    assert [points(question, ticked) for ticked in ticks] == FIVE_OPTIONS_TWO_RIGHT[rule]


# Printed in the table as .031, .188 and .062.
@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("all_or_nothing", Fraction(1, 32)),
        ("balanced", Fraction(3, 16)),
        ("wrong_voids", Fraction(1, 16)),
    ],
)
def test_several_has_the_guess_value_of_the_table(rule, value):
    assert guess_value(SeveralChoice(options("ab", "cde"), rule)) == value


@pytest.mark.parametrize("rule", SEVERAL_RULES)
@pytest.mark.parametrize("correct", ["a", "ab", "abc", "abcd"])
def test_ticking_everything_earns_nothing(rule, correct):
    question = SeveralChoice(options(correct, "abcde"[len(correct) :]), rule)

    assert question.score(list("abcde")).state == "wrong"


def test_moodle_multichoice_with_half_fractions():
    question = SeveralChoice(options("ab", "cd"), "balanced")

    assert points(question, ["a", "b", "c"]) == HALF
    assert points(question, ["a", "c"]) == 0
    assert points(question, ["a", "b", "c", "d"]) == 0


def test_qti_match_correct_ignores_the_order_of_ticks():
    question = SeveralChoice(options("ab", "c"))

    assert question.score(["b", "a"]) == question.score(["a", "b"])
    assert points(question, ["b", "a"]) == 1


def test_several_gives_the_reasons_of_what_was_ticked_only():
    score = SeveralChoice(options("ab", "cd"), "balanced").score(["c", "a"])

    assert score.reasons == (("a", "Reason a"), ("c", "Reason c"))


@pytest.mark.parametrize("response", ["a", ["a", "z"], ["a", ["b"]], {"a": True}])
def test_ticks_that_the_question_does_not_know_are_incomplete(response):
    assert SeveralChoice(options("a", "bc")).score(response).state == "incomplete"


@pytest.mark.parametrize(("correct", "wrong"), [("abc", ""), ("", "abc")])
def test_several_needs_a_correct_and_a_wrong_option(correct, wrong):
    with pytest.raises(BadQuestion, match="one option must be correct and at least one wrong"):
        SeveralChoice(options(correct, wrong))


def test_an_unknown_rule_for_several_is_refused_by_name():
    with pytest.raises(BadQuestion, match='no scoring rule "canvas" for several options'):
        SeveralChoice(options("a", "b"), "canvas")


@given(st.integers(1, 4), st.integers(1, 4), st.sampled_from(SEVERAL_RULES))
def test_guessing_several_is_the_mean_over_all_patterns_of_ticks(right, wrong, rule):
    letters = "abcdefgh"[: right + wrong]
    question = SeveralChoice(options(letters[:right], letters[right:]), rule)

    patterns = [list(ticked) for size in range(len(letters) + 1) for ticked in combinations(letters, size)]
    earned = [points(question, ticked) for ticked in patterns]

    assert question.guess_distribution() == {
        value: Fraction(earned.count(value), len(patterns)) for value in set(earned)
    }


@given(st.sets(st.sampled_from("abcde")), st.sampled_from(SEVERAL_RULES))
def test_one_more_wrong_tick_never_earns_more(ticked, rule):
    question = SeveralChoice(options("ab", "cde"), rule)

    assert points(question, sorted(ticked | {"c"})) <= points(question, sorted(ticked - {"c"}))


def test_true_or_false_gives_the_reason_of_the_word_chosen():
    question = TrueFalse(False, "A contract is a means.", "One means among several.")

    assert question.score("false") == Score(Fraction(1), "right", (("false", "One means among several."),))
    assert question.score("true") == Score(Fraction(0), "wrong", (("true", "A contract is a means."),))
    assert question.score("") == BLANK
    assert question.score("perhaps").state == "incomplete"


def test_a_true_statement_is_right_when_called_true():
    question = TrueFalse(True, "It does.", "It does, though.")

    assert question.score("true").state == "right"
    assert question.score("false").state == "wrong"


@pytest.mark.parametrize("reason", ["", "it is so."])
def test_true_or_false_needs_two_different_reasons(reason):
    with pytest.raises(BadQuestion):
        TrueFalse(True, "It is so.", reason)


def test_true_or_false_is_guessed_every_other_time():
    assert guess_value(TrueFalse(True, "It does.", "It does, though.")) == HALF
