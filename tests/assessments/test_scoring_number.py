"""Numbers as people type them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring_body import BadQuestion
from assessments.scoring_number import Number, NumberAnswer, Unreadable, read_number
from assessments.scoring_terms import Score


def number(value: str, tolerance: str = "0") -> Number:
    answer = NumberAnswer("a", Decimal(value), Decimal(tolerance), Fraction(1), "Reason a")
    return Number((answer,), "Count again.")


@pytest.mark.parametrize(
    ("value", "tolerance", "accepted", "rejected"),
    [
        ("7", "1", ["6", "7", "8"], ["5.99", "8.01"]),
        ("1e-20", "0", ["1e-20"], ["0.9999999e-20", "1.0000001e-20"]),
        ("3.1415", ".0005", ["3.141", "3.142"], ["3.1409", "3.1421"]),
        ("-7", "1", ["-6", "-7", "-8", "\N{MINUS SIGN}8"], ["-5.99", "-8.01", "7"]),
        ("0.3", "0", ["0.3", ".3", "0,3", "+0.30"], ["0.30000000000000004"]),
    ],
)
def test_moodle_numerical_nominal_tolerance(value, tolerance, accepted, rejected):
    question = number(value, tolerance)

    assert {typed for typed in accepted if question.score(typed).state != "right"} == set()
    assert {typed for typed in rejected if question.score(typed).state != "wrong"} == set()


def test_forty_signs_are_the_longest_number():
    assert read_number("9" * 40) == Decimal("9" * 40)


def test_digits_beyond_the_decimal_context_still_count():
    question = number("1" + "0" * 35)

    assert question.score("1" + "0" * 35).state == "right"
    assert question.score("1" + "0" * 34 + "1").state == "wrong"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,5", "1.5"),
        (",5", "0.5"),
        ("0,234", "0.234"),
        ("1,23", "1.23"),
        ("1,2345", "1.2345"),
        ("1234,567", "1234.567"),
        (" 12 ", "12"),
        ("1.234", "1.234"),
        ("-2,5e3", "-2500"),
    ],
)
def test_a_lone_comma_that_can_only_be_a_decimal_comma_is_read_as_one(typed, value):
    assert read_number(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "whole", "point"),
    [
        ("1,234", "1234", "1.234"),
        ("-12,000", "-12000", "-12.000"),
        ("1,234e2", "1234e2", "1.234e2"),
    ],
)
def test_a_comma_that_can_be_read_two_ways_is_bounced_back(typed, whole, point):
    score = number("1234").score(typed)

    sentence = f"{typed} can be read in two ways. Type {whole} or {point}."
    assert score == Score(Fraction(0), "incomplete", (("response", sentence),))


@pytest.mark.parametrize(
    "typed",
    [
        "1,234.5",
        "1,234,567",
        "1 234",
        "12 %",
        "£12",
        "twelve",
        "5.",
        "--5",
        "1e400",
        "9" * 41,
        "٣",
        "NaN",
    ],
)
def test_what_is_no_plain_number_is_bounced_back_and_not_wrong(typed):
    with pytest.raises(Unreadable, match=r"^Type one number in digits"):
        read_number(typed)
    assert number("5").score(typed).state == "incomplete"


def test_the_first_answer_that_takes_the_number_decides():
    question = Number(
        (
            NumberAnswer("exact", Decimal(100), Decimal(0), Fraction(1), "Exactly."),
            NumberAnswer("near", Decimal(100), Decimal(5), Fraction(1, 2), "Near enough for half."),
            NumberAnswer("tax", Decimal(120), Decimal(20), Fraction(0), "You added the tax."),
        ),
        "Start from the hours.",
    )

    assert question.score("100").reasons == (("exact", "Exactly."),)
    assert question.score("104") == Score(Fraction(1, 2), "partly", (("near", "Near enough for half."),))
    assert question.score("120") == Score(Fraction(0), "wrong", (("tax", "You added the tax."),))
    assert question.score("7").reasons == (("otherwise", "Start from the hours."),)


def test_one_answer_must_earn_the_full_point():
    with pytest.raises(BadQuestion, match="At least one answer must earn the full point"):
        Number((NumberAnswer("a", Decimal(1), Decimal(0), Fraction(1, 2), "Half."),), "No.")


def test_a_negative_tolerance_is_refused():
    with pytest.raises(BadQuestion, match='The tolerance of "a" is below nought'):
        number("7", "-1")


def test_the_key_otherwise_is_taken():
    with pytest.raises(BadQuestion, match='Two keys of answers are alike: "otherwise"'):
        Number((NumberAnswer("otherwise", Decimal(1), Decimal(0), Fraction(1), "Yes."),), "No.")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-9999, max_value=9999))
def test_a_number_is_read_exactly_whatever_its_decimal_sign(value):
    with_point = f"{value:f}"

    assert read_number(with_point) == value
    assert read_number(with_point.replace(".", ",")) == value


@given(st.text(max_size=50).filter(str.strip))
def test_any_text_is_scored_or_bounced_back_with_a_sentence(typed):
    score = number("5").score(typed)

    (reason,) = score.reasons
    assert score.state in {"right", "wrong", "incomplete"}
    assert score.state != "incomplete" or reason[1].endswith(".")
