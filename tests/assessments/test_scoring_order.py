"""Items in order, against the published table of rules."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import guess_value
from assessments.scoring_body import BadQuestion
from assessments.scoring_order import ORDER_RULES, Item, Ordering


def ordering(keys: str, rule: str = "all_or_nothing") -> Ordering:
    return Ordering(tuple(Item(key, f"Item {key}", f"Reason {key}") for key in keys), rule)


# Rows of the table of ordering rules; the right order is ABCDEF.
SIX_ITEMS = [
    ("ABCDEF", 1, 1, 1),
    ("ABCDFE", 0, Fraction(2, 3), Fraction(3, 5)),
    ("BCDEFA", 0, 0, Fraction(4, 5)),
    ("FBCDEA", 0, Fraction(2, 3), Fraction(3, 5)),
    ("FEDCBA", 0, 0, 0),
]


@pytest.mark.parametrize("row", SIX_ITEMS, ids=lambda row: row[0])
def test_moodle_ordering_table_of_six_items(row):
    response, *points = row

    earned = [ordering("ABCDEF", rule).score(list(response)).points for rule in ORDER_RULES]

    assert earned == points


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("all_or_nothing", Fraction(1, 720)),
        ("absolute", Fraction(1, 6)),
        ("next_pair", Fraction(1, 6)),
    ],
)
def test_moodle_ordering_means_over_all_720_orders(rule, value):
    assert guess_value(ordering("ABCDEF", rule)) == value


def test_the_reasons_of_all_items_come_in_the_right_order():
    assert ordering("AB").score(["B", "A"]).reasons == (("A", "Reason A"), ("B", "Reason B"))


@pytest.mark.parametrize("response", [["A"], ["A", "A"], ["A", "B", "A"], ["A", "C"], "AB", {"A": 1}])
def test_an_order_that_does_not_place_every_item_once_is_incomplete(response):
    assert ordering("AB").score(response).state == "incomplete"


def test_two_items_are_needed():
    with pytest.raises(BadQuestion, match="At least two items are needed; here are 1"):
        ordering("A")


def test_alike_items_are_refused():
    with pytest.raises(BadQuestion, match="Two keys of items are alike"):
        ordering("AA")


def test_an_unknown_rule_for_an_order_is_refused_by_name():
    with pytest.raises(BadQuestion, match='no scoring rule "relative" for an order'):
        ordering("AB", "relative")


@given(st.integers(2, 6), st.sampled_from(ORDER_RULES))
def test_guessing_an_order_is_the_mean_over_all_orders(count, rule):
    question = ordering("ABCDEF"[:count], rule)

    orders = [list(order) for order in permutations("ABCDEF"[:count])]
    earned = [question.score(order).points for order in orders]

    assert question.guess_distribution() == {
        value: Fraction(earned.count(value), len(orders)) for value in set(earned)
    }
