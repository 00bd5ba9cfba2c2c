"""Faults in an author's question are named, and nothing is guessed."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.scoring_body import (
    BadQuestion,
    check_distinct,
    check_keys,
    check_written,
    number_of,
    parts_of,
    points_of,
    text_of,
    truth_of,
)


def read_name(part):
    check_keys(part, ["name"])
    return text_of(part, "name")


def test_a_missing_key_is_named():
    with pytest.raises(BadQuestion, match=r'^"options" is missing\.$'):
        check_keys({}, ["options"])


def test_a_body_that_is_no_table_is_refused():
    with pytest.raises(BadQuestion, match=r'^A table with "key", "text" was expected\.$'):
        check_keys(["key", "text"], ["key", "text"])


def test_an_allowed_key_may_stand_there_or_not():
    check_keys({"options": []}, ["options"], ["rule"])
    check_keys({"options": [], "rule": "x"}, ["options"], ["rule"])


def test_parts_are_read_one_by_one():
    body = {"parts": [{"name": "one"}, {"name": "two"}]}

    assert parts_of(body, "parts", read_name) == ("one", "two")


def test_a_fault_in_a_part_says_which_part():
    body = {"parts": [{"name": "one"}, {"nmae": "two"}]}

    with pytest.raises(BadQuestion, match=r'^In "parts", number 2: "name" is missing\.$'):
        parts_of(body, "parts", read_name)


def test_parts_must_be_a_list():
    with pytest.raises(BadQuestion, match=r'^"parts" must be a list\.$'):
        parts_of({"parts": "one"}, "parts", read_name)


@pytest.mark.parametrize("written", ["", "  ", None, 7, ["text"]])
def test_a_text_must_be_written(written):
    with pytest.raises(BadQuestion, match=r'^"reason" must be a text that is not blank\.$'):
        text_of({"reason": written}, "reason")


@pytest.mark.parametrize("written", ["true", 1, 0, None])
def test_a_truth_must_be_a_boolean(written):
    with pytest.raises(BadQuestion, match=r'^"correct" must be true or false\.$'):
        truth_of({"correct": written}, "correct")


@pytest.mark.parametrize(
    ("written", "points"),
    [("0", Fraction(0)), ("1", Fraction(1)), ("1/2", Fraction(1, 2)), ("10/30", Fraction(1, 3))],
)
def test_points_are_written_as_fractions(written, points):
    assert points_of({"points": written}) == points


def test_points_are_one_where_nothing_is_written():
    assert points_of({}) == Fraction(1)


@pytest.mark.parametrize("written", [0.5, 1, "0.5", "1/0", "-1", "1/2 ", "1/100"])
def test_points_in_any_other_form_are_refused(written):
    with pytest.raises(BadQuestion, match=r'^"points" must be written'):
        points_of({"points": written})


def test_more_than_one_point_is_refused():
    with pytest.raises(BadQuestion, match=r'^"points" must not be more than 1: 3/2\.$'):
        points_of({"points": "3/2"})


def test_a_number_is_read_exactly_as_written():
    assert str(number_of({"value": "12.50"}, "value")) == "12.50"


def test_forty_signs_are_the_longest_number():
    assert number_of({"value": "9" * 40}, "value") == Decimal("9" * 40)


def test_a_number_that_was_left_out_may_have_a_value():
    assert number_of({}, "tolerance", "0") == Decimal(0)


@pytest.mark.parametrize("written", [12.5, 12, "12,5", "twelve", "", "1e400", "NaN", "9" * 41])
def test_a_number_in_any_other_form_is_refused(written):
    with pytest.raises(BadQuestion, match=r'^"value" must be a number in quotes'):
        number_of({"value": written}, "value")


def test_texts_alike_but_for_case_and_spacing_are_refused():
    with pytest.raises(BadQuestion, match=r'^Two reasons are alike: "it  is late"\.$'):
        check_distinct("reasons", ["It is late", "it  is late"])


def test_a_blank_text_is_refused():
    with pytest.raises(BadQuestion, match=r"^A reason is blank\.$"):
        check_written("reason", ["Written", " "])
