"""Names that can be printed, and codes that can be found."""

import pytest

from certificates.forms import CodeForm, DecisionForm, NameForm


def name(typed: str) -> NameForm:
    return NameForm({"name": typed})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada   Bright ", "Ada Bright"),
        ("Siân Ó Briain", "Siân Ó Briain"),
        ("Sia\u0302n", "Si\u00e2n"),
        ("Łukasz Żółć", "Łukasz Żółć"),
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
        ("D’Arcy-O'Neill", "D’Arcy-O'Neill"),
    ],
)
def test_a_name_is_kept_joined_and_with_single_spaces(typed, kept):
    form = name(typed)

    assert form.is_valid()
    assert form.cleaned_data["name"] == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write the name that will be printed on your certificate"),
        ("...", "Write a name with at least one letter"),
        (
            "Ada\u200bBright",
            "The name holds a character that cannot be seen. Type it in instead of pasting it.",
        ),
        (
            "Ada \u202eBright",
            "The name holds a character that cannot be seen. Type it in instead of pasting it.",
        ),
        (
            "Ada ☃",
            "Our certificate cannot show “☃” (snowman). Write the name without it, or write to your institute if it belongs to your name.",
        ),
        (
            "王 Ada",
            "Our certificate cannot show “王” (cjk unified ideograph-738b). Write the name without it, or write to your institute if it belongs to your name.",
        ),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused_with_a_sentence(typed, sentence):
    assert name(typed).errors["name"] == [sentence]


def test_a_name_of_more_than_a_line_is_refused():
    assert not name("A" * 121).is_valid()


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M-9QXD-2VTH-9",
        "7k3m9qxd2vth9",
        " 7K3M 9QXD 2VTH 9 ",
        "https://piper.example.org/v/7K3M-9QXD-2VTH-9/",
        "piper.example.org/v/7k3m-9qxd-2vth-9",
        "http://localhost:8000/v/7K3M-9QXD-2VTH-9/?utm=x#top",
    ],
)
def test_a_code_is_found_however_it_was_typed_or_pasted(typed):
    form = CodeForm({"code": typed})

    assert form.is_valid()
    assert form.cleaned_data["code"] == "7K3M-9QXD-2VTH-9"


@pytest.mark.parametrize("decision", ["deferred", "refused"])
def test_only_a_grant_speaks_for_itself(decision):
    assert DecisionForm({"decision": "granted"}).is_valid()
    assert DecisionForm({"decision": decision}).errors == {
        "reason": ["Say why, in words that the candidate can do something with"]
    }
