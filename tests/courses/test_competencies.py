"""The wording of a framework: what is wrong with it, and how two of them differ, in words."""

from dataclasses import replace

from courses.competencies import (
    Change,
    Part,
    Retired,
    Skill,
    Wording,
    changes,
    faults,
    wording,
    wording_of_file,
)
from courses.models.framework import stored

FRAME = Skill("1.1", "Frame the question", "States need.", "Rewrites a request.", "Stops work.")
NEED = Skill("1.2", "Understand need", "Reads a count.", "Combines data.", "Shares intelligence.")
OUTCOMES = Skill("2.1", "Define outcomes", "Tells them apart.", "Builds a set.", "Aligns partners.")
SAID = Wording(
    "Commissioning",
    (
        Part("D1", "Purpose", "Ask what they need.", "Equality Act\nOfsted, 2011", (FRAME, NEED)),
        Part("D2", "Outcomes", "Improve lives.", "", (OUTCOMES,)),
    ),
)


def test_a_wording_is_kept_and_read_as_it_was() -> None:
    said = SAID.without("1.2", "It says what 1.1 says.")

    assert wording(stored(said)) == said


def test_a_files_wording_is_read_by_its_keys() -> None:
    values = {
        "title": "Commissioning",
        "domain": [
            {
                "code": "D2",
                "title": "Outcomes",
                "sentence": "Improve lives.",
                "competency": [
                    {
                        "code": "2.1",
                        "title": "Define outcomes",
                        "foundation": "Tells them apart.",
                        "practitioner": "Builds a set.",
                        "lead": "Aligns partners.",
                    }
                ],
            }
        ],
    }

    assert wording_of_file(values) == Wording("Commissioning", (SAID.parts[1],))


def test_nothing_is_wrong_with_a_whole_wording() -> None:
    assert faults(SAID) == []


def test_an_empty_behaviour_is_named_with_its_level() -> None:
    assert faults(SAID.with_skill("D1", replace(NEED, lead=" "))) == [
        "1.2 has no behaviour at Lead: say what somebody could see."
    ]


def test_a_domain_says_something_and_its_words_fit() -> None:
    wrong = replace(SAID.parts[1], sentence="", title="O" * 121)

    assert faults(SAID.with_part(wrong)) == [
        "D2 has no sentence.",
        "D2: the title is longer than 120 characters.",
    ]


def test_a_code_stands_once_in_the_whole_framework() -> None:
    twice = replace(SAID.parts[1], skills=(OUTCOMES, replace(OUTCOMES, code="1.1")))

    assert faults(SAID.with_part(twice)) == [
        "The code 1.1 stands twice. A code is the name of one thing only."
    ]


def test_a_framework_without_a_competency_is_none() -> None:
    assert faults(Wording("Commissioning", ())) == ["The framework has no competency."]


def test_two_alike_differ_in_nothing() -> None:
    assert changes(SAID, SAID) == []


def test_each_difference_is_named_where_it_stands() -> None:
    after = SAID.with_skill("D1", replace(NEED, title="Know need", lead="Funds the future."))
    after = after.with_part(replace(after.parts[1], anchors="Making it Real"))

    assert changes(SAID, after) == [
        Change("1.2", "Know need", "Title", "Understand need", "Know need"),
        Change("1.2", "Know need", "Lead", "Shares intelligence.", "Funds the future."),
        Change("D2", "Outcomes", "Anchors", "", "Making it Real"),
    ]


def test_an_added_competency_is_told_in_full() -> None:
    new = Skill("1.10", "Ask again", "Asks.", "Asks others.", "Lets others ask.")

    assert [(each.what, each.before, each.after) for each in changes(SAID, SAID.with_skill("D1", new))] == [
        ("Title", "", "Ask again"),
        ("Foundation", "", "Asks."),
        ("Practitioner", "", "Asks others."),
        ("Lead", "", "Lets others ask."),
    ]


def test_codes_are_in_the_order_of_their_numbers() -> None:
    after = SAID.with_skill("D1", replace(FRAME, code="1.10")).with_skill("D1", replace(FRAME, code="1.9"))

    assert [each.code for each in after.parts[0].skills] == ["1.1", "1.2", "1.9", "1.10"]


def test_a_retired_competency_says_why_and_can_come_back() -> None:
    after = SAID.without("1.2", "It says what 1.1 says.")

    assert after.retired == (Retired("1.2", "Understand need", "It says what 1.1 says."),)
    assert changes(SAID, after) == [
        Change("1.2", "Understand need", "Retired", "Understand need", "It says what 1.1 says.")
    ]
    assert after.with_back("1.2", SAID) == SAID
