"""What guessing earns, in the words that an author reads beside each rule."""

from fractions import Fraction

import pytest

from assessments.forms.guessing import order_rules, points, several_rules


@pytest.mark.parametrize(
    ("worth", "words"),
    [
        (Fraction(0), "nothing"),
        (Fraction(1, 720), "less than 0.01 of a point on average"),
        (Fraction(1, 4), "0.25 of a point on average"),
        (Fraction(3, 16), "0.19 of a point on average"),
    ],
)
def test_an_expectation_is_said_to_a_hundredth_and_never_as_nothing(worth: Fraction, words: str) -> None:
    assert points(worth) == words


def test_rules_for_several_say_the_table_of_five_options_two_right() -> None:
    earned = {rule: words.rsplit("earns ", 1)[1][:4] for rule, words in several_rules(2, 5).items()}

    assert earned == {"all_or_nothing": "0.03", "balanced": "0.19", "wrong_voids": "0.06"}


@pytest.mark.parametrize(("right", "options"), [(0, 4), (4, 4), (0, 0)])
def test_where_the_rows_say_too_little_an_example_is_named(right: int, options: int) -> None:
    assert all("With 2 right of 5" in words for words in several_rules(right, options).values())


def test_rules_for_an_order_say_what_a_random_one_earns() -> None:
    earned = {rule: words.rsplit("earns ", 1)[1] for rule, words in order_rules(6).items()}

    assert earned == {
        "all_or_nothing": "less than 0.01 of a point on average.",
        "absolute": "0.17 of a point on average.",
        "next_pair": "0.17 of a point on average.",
    }
