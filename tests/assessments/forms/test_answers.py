"""The form of each kind of question: what comes back from it is what `scoring` reads."""

from typing import Any

import pytest
from django.http import QueryDict

from assessments import scoring
from assessments.forms.answers import FORMS, form_for
from assessments.forms.kinds import KIND_WORDS
from assessments.forms.question_forms import QUESTION_FORMS
from assessments.models import QuestionVersion

OPTIONS = [
    {"key": key, "text": f"Option {key}", "correct": key == "a", "reason": f"Reason {key}"} for key in "abc"
]
BODIES: dict[str, dict[str, Any]] = {
    "single": {"options": OPTIONS},
    "several": {"options": OPTIONS},
    "true_false": {"answer": True, "reason_true": "Yes.", "reason_false": "No."},
    "number": {"answers": [{"key": "r", "value": "40", "reason": "So."}], "otherwise": "Else."},
    "short_text": {"answers": [{"key": "r", "pattern": "outcome", "reason": "So."}], "otherwise": "Else."},
    "matching": {
        "stems": [
            {"key": "s1", "text": "Left", "choice": "c1", "reason": "First."},
            {"key": "s2", "text": "Right", "choice": "c2", "reason": "Second."},
        ],
        "choices": [{"key": "c1", "text": "Up"}, {"key": "c2", "text": "Down"}],
    },
    "ordering": {"items": [{"key": key, "text": f"Item {key}", "reason": f"Reason {key}"} for key in "xyz"]},
}
ORDERS = {"single": "cab", "several": "cab", "matching": ["c2", "c1"], "ordering": "zxy"}


def version(kind: str) -> QuestionVersion:
    return QuestionVersion(kind=kind, stem="A situation.\n\nWhich one?", body=BODIES[kind])


def sent(kind: str, fields: str) -> Any:
    form = form_for(version(kind))(
        version(kind), ORDERS.get(kind, ""), QueryDict(f"base_revision=0&{fields}")
    )
    assert form.is_valid(), form.errors
    return form


def test_every_kind_that_is_scored_can_be_written_and_answered_and_has_a_word() -> None:
    assert set(FORMS) == set(scoring.KINDS) == set(KIND_WORDS) == set(QUESTION_FORMS)


@pytest.mark.parametrize(
    ("kind", "fields", "response"),
    [
        ("single", "answer=1", "c"),
        ("several", "answer=2&answer=1", ["a", "c"]),
        ("true_false", "answer=false", "false"),
        ("number", "answer=+40+", "40"),
        ("short_text", "answer=An+outcome", "An outcome"),
        ("matching", "match_1=2&match_2=1", {"s1": "c1", "s2": "c2"}),
        ("matching", "match_1=2&match_2=", {"s1": "c1"}),
        ("ordering", "place_1=2&place_2=3&place_3=1", ["x", "y", "z"]),
        ("ordering", "place_1=2&place_2=2&place_3=", ["x", "x", None]),
    ],
)
def test_what_is_sent_becomes_a_response_and_is_shown_again(kind: str, fields: str, response: object) -> None:
    form = sent(kind, fields)

    again = form_for(version(kind)).showing(version(kind), ORDERS.get(kind, ""), response, 3)

    assert form.response() == response
    assert again.initial == {**form.cleaned_data, "base_revision": 3}


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_nothing_chosen_is_no_answer(kind: str) -> None:
    form = sent(kind, "")

    assert form.response() is None
    assert form.is_complete()


@pytest.mark.parametrize("kind", ["single", "several", "matching", "ordering"])
def test_no_key_and_no_reason_stands_in_the_form(kind: str) -> None:
    form = form_for(version(kind)).showing(version(kind), ORDERS[kind], None, 0)

    markup = form.as_div()

    assert "eason" not in markup
    assert [key for key in ("a", "b", "c", "c1", "s1", "x") if f'value="{key}"' in markup] == []


def test_the_options_stand_in_the_attempts_order() -> None:
    form = form_for(version("single"))(version("single"), "cab")

    assert form.fields["answer"].choices == [("1", "Option c"), ("2", "Option a"), ("3", "Option b")]


@pytest.mark.parametrize(
    ("kind", "fields", "field", "sentence"),
    [
        ("number", "answer=1,400", "answer", "1,400 can be read in two ways. Type 1400 or 1.400."),
        ("ordering", "place_1=1&place_2=1&place_3=2", "place_1", "Give every item one place."),
    ],
)
def test_an_answer_that_cannot_be_read_says_what_to_do(
    kind: str, fields: str, field: str, sentence: str
) -> None:
    form = sent(kind, fields)

    assert not form.is_complete()
    assert form.errors[field] == [sentence]


def test_a_place_that_the_question_does_not_have_is_refused() -> None:
    form = form_for(version("single"))(version("single"), "cab", QueryDict("base_revision=0&answer=4"))

    assert not form.is_valid()
