"""What guessing earns, in words: shown wherever an author chooses how a question is scored."""

from fractions import Fraction

from assessments import scoring
from assessments.scoring_choice import SEVERAL_RULES
from assessments.scoring_order import ORDER_RULES, Item

# What the rules are shown for while the rows say too little.
FIVE_OF_WHICH_TWO = (2, 5)
FOUR_ITEMS = 4

RULE_WORDS = {
    "all_or_nothing": "All or nothing",
    "balanced": "Balanced",
    "wrong_voids": "A wrong one voids",
    "absolute": "Each in its place",
    "next_pair": "Each right neighbour",
}
SEVERAL_SENTENCES = {
    "all_or_nothing": "One point for exactly the right ticks, nothing for anything else.",
    "balanced": "Each right tick earns its share, each wrong tick loses its share, and nobody falls below nothing.",
    "wrong_voids": "Each right tick earns its share; a single wrong tick makes it nothing.",
}
ORDER_SENTENCES = {
    "all_or_nothing": "One point for the whole order, nothing for anything else.",
    "absolute": "The share of items that stand in their own place.",
    "next_pair": "The share of neighbours that follow each other as they should.",
}


def several_rules(right: int, options: int) -> dict[str, str]:
    """Each rule for several ticks with what it does and what ticking blindly earns under it."""
    right, options = (right, options) if 0 < right < options else FIVE_OF_WHICH_TWO
    told = f"{right} right of {options}"
    return {
        rule: f"{SEVERAL_SENTENCES[rule]} With {told}, ticking blindly earns {points(_ticked(rule, right, options))}."
        for rule in SEVERAL_RULES
    }


def order_rules(items: int) -> dict[str, str]:
    """Each rule for an order with what it does and what a random order earns under it."""
    items = items if items > 1 else FOUR_ITEMS
    return {
        rule: f"{ORDER_SENTENCES[rule]} With {items} items, a random order earns {points(_ordered(rule, items))}."
        for rule in ORDER_RULES
    }


def points(worth: Fraction) -> str:
    """An expectation in words, such as "0.19 of a point on average"."""
    if not worth:
        return "nothing"
    if worth < Fraction(1, 100):
        return "less than 0.01 of a point on average"
    return f"{float(worth):.2f} of a point on average"


def _ticked(rule: str, right: int, options: int) -> Fraction:
    made = tuple(scoring.Option(f"{n}", f"{n}", n < right, f"{n}") for n in range(options))
    return scoring.guess_value(scoring.SeveralChoice(made, rule))


def _ordered(rule: str, items: int) -> Fraction:
    made = tuple(Item(f"{n}", f"{n}", f"{n}") for n in range(items))
    return scoring.guess_value(scoring.Ordering(made, rule))
