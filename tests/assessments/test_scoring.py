"""What holds for every kind of question."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import scoring

BODIES = {
    "single": {
        "options": [
            {"key": "a", "text": "Outcomes", "correct": True, "reason": "It is what changes."},
            {"key": "b", "text": "Outputs", "correct": False, "reason": "It is what is done."},
        ]
    },
    "several": {
        "options": [
            {"key": "a", "text": "Need", "correct": True, "reason": "It comes first."},
            {"key": "b", "text": "Supply", "correct": True, "reason": "It limits you."},
            {"key": "c", "text": "Habit", "correct": False, "reason": "It is no ground."},
        ],
        "rule": "balanced",
    },
    "true_false": {
        "answer": False,
        "reason_true": "A contract is a means.",
        "reason_false": "Right: it is one means among several.",
    },
    "number": {
        "answers": [{"key": "cost", "value": "18.40", "reason": "Hours times rate."}],
        "otherwise": "Multiply the hours by the rate.",
    },
    "short_text": {
        "answers": [{"key": "need", "pattern": "need*", "reason": "Need comes first."}],
        "otherwise": "Think of what people lack.",
    },
    "matching": {
        "stems": [
            {"key": "s1", "text": "Hours", "choice": "c1", "reason": "Hours go in."},
            {"key": "s2", "text": "Safety", "choice": "c2", "reason": "Safety comes out."},
        ],
        "choices": [{"key": "c1", "text": "Input"}, {"key": "c2", "text": "Outcome"}],
    },
    "ordering": {
        "items": [
            {"key": "analyse", "text": "Analyse", "reason": "Know the need first."},
            {"key": "plan", "text": "Plan", "reason": "Then design."},
            {"key": "review", "text": "Review", "reason": "Last, and first again."},
        ],
        "rule": "next_pair",
    },
}
RIGHT = {
    "single": "a",
    "several": ["b", "a"],
    "true_false": "false",
    "number": "18.4",
    "short_text": "Needs",
    "matching": {"s1": "c1", "s2": "c2"},
    "ordering": ["analyse", "plan", "review"],
}
kinds = st.sampled_from(sorted(BODIES))
keys = st.sampled_from(["a", "b", "c", "s1", "s2", "c1", "c2", "analyse", "plan", "review", "zz"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | keys,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys | st.text(), inner, max_size=4),
)


def test_every_kind_has_an_example_here():
    assert set(BODIES) == set(RIGHT) == set(scoring.KINDS)


@pytest.mark.parametrize("kind", BODIES)
def test_the_right_answer_earns_one_point(kind):
    score = scoring.score(scoring.parse(kind, BODIES[kind]), RIGHT[kind])

    assert (score.points, score.state, score.engine_version) == (Fraction(1), "right", 1)


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("nothing", [None, "", "  \n", [], {}, ()])
def test_an_empty_answer_is_blank_and_not_wrong(kind, nothing):
    score = scoring.score(scoring.parse(kind, BODIES[kind]), nothing)

    assert score == scoring.Score(Fraction(0), "blank")


@pytest.mark.parametrize("kind", BODIES)
def test_an_answer_of_another_shape_is_incomplete_and_says_what_to_do(kind):
    score = scoring.score(scoring.parse(kind, BODIES[kind]), 7)

    assert (score.points, score.state) == (Fraction(0), "incomplete")
    assert [part for part, sentence in score.reasons if sentence.endswith(".")] == ["response"]


@pytest.mark.parametrize("kind", BODIES)
def test_a_body_survives_storage_as_json(kind):
    stored = json.loads(json.dumps(BODIES[kind]))

    assert scoring.parse(kind, stored) == scoring.parse(kind, BODIES[kind])


@given(kinds, json_values)
def test_any_stored_value_gets_a_score_between_nought_and_one(kind, response):
    score = scoring.score(scoring.parse(kind, BODIES[kind]), response)

    assert isinstance(score.points, Fraction)
    assert 0 <= score.points <= 1
    assert score.state in {"right", "partly", "wrong", "blank", "incomplete"}
    assert (score.points == 1) == (score.state == "right")
    assert (0 < score.points < 1) == (score.state == "partly")


@given(kinds, json_values)
def test_the_same_answer_gets_the_same_score_when_it_is_replayed(kind, response):
    first = scoring.score(scoring.parse(kind, BODIES[kind]), response)
    again = scoring.score(scoring.parse(kind, BODIES[kind]), response)

    assert first == again


@pytest.mark.parametrize("kind", BODIES)
def test_the_chances_of_guessing_add_up_to_one(kind):
    chances = scoring.guess_distribution(scoring.parse(kind, BODIES[kind]))

    assert sum(chances.values()) == 1
    assert all(0 <= points <= 1 and chance > 0 for points, chance in chances.items())


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("single", Fraction(1, 2)),
        ("several", Fraction(1, 4)),
        ("true_false", Fraction(1, 2)),
        ("number", Fraction(0)),
        ("short_text", Fraction(0)),
        ("matching", Fraction(1, 2)),
        ("ordering", Fraction(1, 3)),
    ],
)
def test_the_guess_value_is_what_guessing_earns_on_average(kind, value):
    assert scoring.guess_value(scoring.parse(kind, BODIES[kind])) == value


def test_an_unknown_kind_is_refused_by_name():
    with pytest.raises(scoring.BadQuestion, match='There is no kind of question "essay"'):
        scoring.parse("essay", {})


@pytest.mark.parametrize("kind", BODIES)
def test_a_misspelt_key_is_refused_and_not_ignored(kind):
    with pytest.raises(scoring.BadQuestion, match=r'^"tolerence" is not known here\.$'):
        scoring.parse(kind, {**BODIES[kind], "tolerence": "1"})
