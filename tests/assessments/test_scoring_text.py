"""Short texts, against Moodle's vectors."""

import re
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring_body import BadQuestion
from assessments.scoring_terms import Score
from assessments.scoring_text import ShortText, TextAnswer, matches


@pytest.mark.parametrize("typed", ["Frog", "Fog", "   Fat dog   "])
def test_moodle_shortanswer_star_stands_for_any_run_of_characters(typed):
    assert matches("F*og", typed, ignore_case=False)


@pytest.mark.parametrize("typed", ["Frogs", "Fg", "frog"])
def test_moodle_shortanswer_a_pattern_matches_as_a_whole_and_with_its_capitals(typed):
    assert not matches("F*og", typed, ignore_case=False)


@pytest.mark.parametrize("typed", ["*", "   *   "])
def test_moodle_shortanswer_an_escaped_star_is_a_star(typed):
    assert matches(r"\*", typed, ignore_case=False)


def test_moodle_shortanswer_an_escaped_star_is_nothing_else():
    assert not matches(r"\*", "a", ignore_case=False)


def test_moodle_shortanswer_brackets_stand_for_themselves():
    assert matches("[a-z]", "[a-z]", ignore_case=False)
    assert not matches("[a-z]", "b", ignore_case=False)


def test_moodle_shortanswer_ignores_case_beyond_ascii():
    assert matches("Itálie", "ITÁLIE", ignore_case=True)
    assert not matches("Itálie", "ITÁLIE", ignore_case=False)


@pytest.mark.parametrize("ignore_case", [True, False])
def test_moodle_shortanswer_composed_and_decomposed_accents_are_equal(ignore_case):
    decomposed = unicodedata.normalize("NFD", "Itálie")

    assert matches("Itálie", decomposed, ignore_case=ignore_case)
    assert matches(decomposed, "Itálie", ignore_case=ignore_case)


def test_runs_of_white_space_are_one_space():
    assert matches("needs  assessment", " needs \n\t assessment ", ignore_case=False)


@pytest.mark.parametrize(
    ("pattern", "typed", "expected"),
    [
        ("a*a", "a", False),
        ("a*a", "aa", True),
        ("*need*", "unmet needs", True),
        ("*a*b*", "b then a", False),
        ("*a*a*b", "aab", True),
        ("ab*bc", "abc", False),
        (r"5\**", "5* hotel", True),
    ],
)
def test_pieces_between_stars_follow_one_another_without_overlap(pattern, typed, expected):
    assert matches(pattern, typed, ignore_case=False) is expected


def test_many_stars_do_not_blow_the_matcher_up():
    assert not matches("*a" * 5_000 + "*b", "a" * 20_000, ignore_case=True)


def first_match(*answers: tuple[str, str, Fraction]) -> ShortText:
    parts = (TextAnswer(key, words, points, f"Reason {key}") for key, words, points in answers)
    return ShortText(tuple(parts), "Think of what people lack.")


def test_the_first_pattern_that_matches_decides_and_not_the_best():
    question = first_match(("vague", "need*", Fraction(1, 2)), ("full", "needs", Fraction(1)))

    assert question.score("needs") == Score(Fraction(1, 2), "partly", (("vague", "Reason vague"),))


def test_any_other_text_gets_the_reason_kept_for_it():
    score = first_match(("need", "need", Fraction(1))).score("budget")

    assert score == Score(Fraction(0), "wrong", (("otherwise", "Think of what people lack."),))


def test_capitals_count_only_when_the_author_asks_for_them():
    relaxed = first_match(("law", "Care Act", Fraction(1)))
    strict = ShortText(relaxed.answers, relaxed.otherwise, ignore_case=False)

    assert relaxed.score("care act").state == "right"
    assert strict.score("care act").state == "wrong"


@pytest.mark.parametrize("pattern", ["*", " ", "* *", "**"])
def test_a_pattern_of_stars_or_nothing_is_refused(pattern):
    with pytest.raises(BadQuestion, match='"any" would match every answer or none'):
        first_match(("any", pattern, Fraction(1)))


def test_one_pattern_must_earn_the_full_point():
    with pytest.raises(BadQuestion, match="At least one answer must earn the full point"):
        first_match(("half", "need", Fraction(1, 2)))


short = st.text(alphabet="ab*", max_size=8)


@given(short.filter(lambda pattern: "*" in pattern), st.text(alphabet="ab", max_size=12))
def test_the_matcher_agrees_with_a_regular_expression(pattern, typed):
    expression = ".*".join(re.escape(piece) for piece in pattern.split("*"))

    assert matches(pattern, typed, ignore_case=False) == bool(re.fullmatch(expression, typed))


@given(st.text(min_size=1).filter(lambda text: not set(text) & {"*", "\\"}))
def test_a_text_without_stars_matches_itself_in_any_normal_form(text):
    for form in ("NFC", "NFD"):
        assert matches(text, unicodedata.normalize(form, text), ignore_case=True)
