"""Two wordings side by side: what was taken out and put in, field by field, in words that people use."""

import pytest

from assessments.models import QuestionVersion
from assessments.views.differences import Run, changes, runs_between
from courses.models import Competency
from tests.factories import assessments as factory


def version(kind: str, **fields: object) -> QuestionVersion:
    made = {"kind": kind, "stem": "Who pays?", "demand": "recall", "level": "foundation"}
    return QuestionVersion(
        **made, competency=Competency(code="1.1", title="Frame"), **{"body": factory.body_of(kind), **fields}
    )


def said(before: QuestionVersion, after: QuestionVersion) -> list[tuple[str, str]]:
    """Each change in one line: [-taken out-] and {+put in+}."""
    return [
        (
            change.what,
            " ".join(
                f"[-{run.text}-]" if run.is_out else f"{{+{run.text}+}}" if run.is_in else run.text
                for run in change.runs
            ),
        )
        for change in changes(before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("who pays the piper", "who pays the piper", [Run("who pays the piper")]),
        (
            "who pays the piper",
            "who calls the tune",
            [
                Run("who"),
                Run("pays", is_out=True),
                Run("calls", is_in=True),
                Run("the"),
                Run("piper", is_out=True),
                Run("tune", is_in=True),
            ],
        ),
        ("", "who pays", [Run("who pays", is_in=True)]),
        ("who pays", "", [Run("who pays", is_out=True)]),
        (
            "a need of people here",
            "some hours are bought",
            [Run("a need of people here", is_out=True), Run("some hours are bought", is_in=True)],
        ),
    ],
)
def test_words_are_compared_one_by_one_unless_little_is_left_of_them(
    before: str, after: str, runs: list[Run]
) -> None:
    assert list(runs_between(before, after)) == runs


def test_the_first_version_changes_nothing() -> None:
    assert changes(None, version("single")) == []


def test_an_order_that_was_changed_is_said_although_every_item_stays() -> None:
    after = factory.body_of("ordering")
    after["items"] = [after["items"][index] for index in (0, 2, 1)]

    assert said(version("ordering"), version("ordering", body=after)) == [
        ("The right order", "a {+c+} b [-c-]")
    ]


def test_a_pair_is_said_by_its_words_and_a_rule_by_its_name() -> None:
    pairs = factory.body_of("matching")
    pairs["stems"][0]["choice"] = "z"
    several = factory.body_of("several")
    several["rule"] = "wrong_voids"

    assert said(version("matching"), version("matching", body=pairs)) == [
        ("Pair a belongs with", "[-Assessment-] {+Audit+}")
    ]
    assert said(version("several"), version("several", body=several)) == [
        ("Scoring", "[-Balanced-] {+A wrong one voids+}")
    ]


def test_an_answer_that_turned_right_and_one_that_went_are_said() -> None:
    body = factory.body_of("several")
    body["options"][2]["correct"] = True
    del body["options"][1]

    assert said(version("several"), version("several", body=body)) == [
        ("Answer c is right", "[-no-] {+yes+}"),
        ("Answer b", "[-The result-]"),
        ("Answer b is right", "[-yes-]"),
        ("Answer b reason", "[-It is paid for.-]"),
    ]


def test_a_tolerance_and_a_statement_that_turned_true_are_said() -> None:
    number = factory.body_of("number")
    number["answers"][0]["tolerance"] = "1"
    statement = factory.body_of("true_false") | {"answer": True}

    assert said(version("number"), version("number", body=number)) == [
        ("Answer a give or take", "[-0.5-] {+1+}")
    ]
    assert said(version("true_false"), version("true_false", body=statement)) == [
        ("The statement is true", "[-no-] {+yes+}")
    ]
