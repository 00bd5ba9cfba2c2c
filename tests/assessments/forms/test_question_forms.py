"""Writing each kind of question: what the form makes of it, and each fault with the sentence that mends it."""

from typing import Any

import pytest

from assessments import scoring
from assessments.forms.question_forms import QUESTION_FORMS
from assessments.forms.questions import QuestionForm
from assessments.models import Pool
from lms.people.models import Institute
from tests.assessments.asking import sent, written
from tests.factories import assessments as factory

KINDS = list(scoring.KINDS)


@pytest.fixture
def pool(aldermoor: Institute) -> Pool:
    return Pool.objects.create(institute=aldermoor, slug="m11", title="Questions on module one")


def form_of(pool: Pool, kind: str, **more: Any) -> QuestionForm:
    """A new question's form with a sound question in it but for `more`; "__" stands for "-" in names."""
    data = written(pool, kind) | {name.replace("__", "-"): value for name, value in more.items()}
    return QUESTION_FORMS[kind](pool.institute, None, data)


def said(form: QuestionForm) -> list[str]:
    form.is_fit()
    own = [sentence for sentences in form.errors.values() for sentence in sentences]
    return own + [problem["text"] for problem in form.row_problems()]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_opened_and_sent_back_unchanged_says_the_same(pool: Pool, kind: str) -> None:
    body = factory.body_of(kind)
    version = factory.question(pool, "m11-kind", kind=kind, body=body)
    opened = QUESTION_FORMS[kind].changing(pool.institute, version)

    form = QUESTION_FORMS[kind](pool.institute, version.question, sent(opened))

    assert said(form) == []
    assert form.wording().body == body


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_question_of_every_kind_is_fit_and_can_be_scored(pool: Pool, kind: str) -> None:
    form = form_of(pool, kind)

    assert said(form) == []
    assert scoring.parse(kind, form.wording().body)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_says_what_to_write_and_breaks_nothing(pool: Pool, kind: str) -> None:
    kept = ("pool", "competency", "level", "demand", "rule")
    data = {name: value for name, value in written(pool, kind).items() if name in kept}

    form = QUESTION_FORMS[kind](pool.institute, None, data | {"stem": "Who pays?"})

    assert form.is_valid()
    assert form.version().kind == kind
    assert said(form) != []


@pytest.mark.parametrize(
    ("kind", "fields", "sentences"),
    [
        (
            "single",
            {"options__2__reason": "the need  is not stated."},
            [
                "Answer 1 and answer 2 have the same reason. Each reason names a mistake, or a ground, of its own."
            ],
        ),
        (
            "single",
            {"options__4__text": "a Purchase"},
            ["Answer 1 and answer 4 say the same. Change one of them, or remove it."],
        ),
        ("single", {"options__3__reason": ""}, ["Write the reason of answer 3."]),
        ("single", {"correct": ""}, ["Choose which answer is right."]),
        (
            "single",
            {"options__1__text": "A purchase by the hour"},
            [
                "The right option, “A purchase by the hour”, is the longest. It must not be told by its length."
            ],
        ),
        (
            "single",
            {"options__4__text": "", "options__4__reason": ""},
            ["A question has at least 4 options; here are 3."],
        ),
        (
            "several",
            {"options__3__correct": "on"},
            ["Every answer is right here. Add one that is not, with the mistake that leads to it."],
        ),
        ("true_false", {"answer": ""}, ["Choose whether the statement is true or false."]),
        ("true_false", {"reason_true": ""}, ["Write what somebody is told who says “true”."]),
        (
            "true_false",
            {"reason_false": "hours are no need."},
            ["Both reasons are the same. Only one of the two words is a mistake."],
        ),
        (
            "number",
            {"answers__1__value": "1,234"},
            ["1,234 can be read in two ways. Type 1234 or 1.234."],
        ),
        (
            "number",
            {"answers__1__value": "twelve"},
            ["Type one number in digits, without a unit and without separators for thousands."],
        ),
        ("number", {"answers__1__tolerance": "-1"}, ["“Give or take” of answer 1 is below nought."]),
        ("number", {"answers__1__points": "0"}, ["Add an answer that earns the full point."]),
        ("number", {"answers__2__value": "12.6"}, ["Answer 2 is never reached: answer 1 takes it first."]),
        (
            "number",
            {"otherwise": "Half was taken."},
            ["This is the reason of answer 2 as well. Say what is true of the rest."],
        ),
        ("short_text", {"otherwise": ""}, ["Write what somebody is told whose answer you did not foresee."]),
        (
            "short_text",
            {"answers__1__pattern": "**"},
            ["Answer 1 would take everything. Write a word beside the star."],
        ),
        (
            "matching",
            {"choices__1__text": "tender"},
            ["Pair 2 belongs with this, so it is not spare. Change it."],
        ),
        ("matching", {"stems__2__choice": ""}, ["Write the other half of pair 2."]),
        (
            "ordering",
            {"items__2__text": "Understand"},
            ["Item 1 and item 2 say the same. Change one of them, or remove it."],
        ),
        ("ordering", {"items__places": "1"}, ["Write at least two items."]),
    ],
)
def test_each_fault_is_said_in_a_sentence_that_an_author_can_act_on(
    pool: Pool, kind: str, fields: dict[str, str], sentences: list[str]
) -> None:
    assert said(form_of(pool, kind, **fields)) == sentences


def test_ticks_that_are_all_missing_are_said(pool: Pool) -> None:
    data = written(pool, "several")
    unticked = {name: value for name, value in data.items() if not name.endswith("correct")}

    assert said(QUESTION_FORMS["several"](pool.institute, None, unticked)) == [
        "Tick at least one answer as right."
    ]


def test_a_decimal_comma_is_kept_as_a_point(pool: Pool) -> None:
    form = form_of(pool, "number", answers__1__value=" 12,5 ", answers__1__tolerance="0,25")

    assert said(form) == []
    first = form.wording().body["answers"][0]
    assert (first["value"], first["tolerance"]) == ("12.5", "0.25")


def test_a_fraction_from_a_content_file_stays_what_it_is(pool: Pool) -> None:
    body = factory.body_of("number")
    body["answers"][1]["points"] = "1/3"
    version = factory.question(pool, "m11-third", kind="number", body=body)
    opened = QUESTION_FORMS["number"].changing(pool.institute, version)

    form = QUESTION_FORMS["number"](pool.institute, version.question, sent(opened))

    assert said(form) == []
    assert form.wording().body["answers"][1]["points"] == "1/3"


@pytest.mark.parametrize("points", ["2", "5/1", "1/2/3", "lots"])
def test_no_more_than_a_point_can_be_earned_by_a_page_that_was_tampered_with(pool: Pool, points: str) -> None:
    assert said(form_of(pool, "number", answers__2__points=points)) != []


def test_two_things_may_belong_with_the_same_one(pool: Pool) -> None:
    form = form_of(pool, "matching", stems__2__choice="assessment ")

    assert said(form) == []
    body = form.wording().body
    assert [stem["choice"] for stem in body["stems"]] == ["a", "a"]
    assert [choice["text"] for choice in body["choices"]] == ["Assessment", "Audit"]


def test_a_choice_that_was_shared_and_is_no_longer_gets_a_key_of_its_own(pool: Pool) -> None:
    body = factory.body_of("matching")
    body["stems"][1]["choice"] = "x"
    version = factory.question(pool, "m11-shared", kind="matching", body=body)
    data = sent(QUESTION_FORMS["matching"].changing(pool.institute, version)) | {"stems-2-choice": "A bid"}

    changed = QUESTION_FORMS["matching"](pool.institute, version.question, data)

    assert said(changed) == []
    first, second = [stem["choice"] for stem in changed.wording().body["stems"]]
    assert first == "x"
    assert second not in {"x", "y", "z"}


def test_a_key_never_comes_back_with_another_meaning(pool: Pool) -> None:
    version = factory.question(pool, "m11-keys")
    opened = sent(QUESTION_FORMS["single"].changing(pool.institute, version))
    without_d = {name: value for name, value in opened.items() if "options-4" not in name}

    changed = QUESTION_FORMS["single"](
        pool.institute,
        version.question,
        without_d
        | {"options-places": "1 2 3 7", "options-7-text": "A wish", "options-7-reason": "Wishes differ."},
    )

    assert said(changed) == []
    assert [option["key"] for option in changed.wording().body["options"]] == ["a", "b", "c", "e"]


def test_a_rule_is_offered_with_what_guessing_earns_under_it(pool: Pool) -> None:
    form = form_of(
        pool, "several", options__places="1 2 3 4 5", **{f"options__{n}__text": f"T{n}" for n in (4, 5)}
    )

    shown = [str(label) for _, label in form.fields["rule"].choices]

    assert [label.split("ticking blindly earns ")[1] for label in shown] == [
        "0.03 of a point on average.</small>",
        "0.19 of a point on average.</small>",
        "0.06 of a point on average.</small>",
    ]
