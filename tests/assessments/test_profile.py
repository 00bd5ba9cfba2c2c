"""What a person has been seen to do: a fold over evidence, in which nothing overwrites anything."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.profile import (
    LEVELS,
    Answered,
    Claim,
    Evidence,
    Gathered,
    Marked,
    Shown,
    Source,
    lapses_on,
    profile_on,
    rank,
)

DAY = date(2026, 11, 23)
LAST_MONTH = date(2026, 10, 20)
LONG_AGO = date(2024, 10, 20)


def answers(right: int, wrong: int = 0, on: date = LAST_MONTH, first: int = 0) -> list[Answered]:
    """So many different questions on 1.1, the right ones first."""
    return [
        Answered("1.1", f"q{first + n}", n < right, on, "Quiz: what commissioning is", f"attempt of {on}")
        for n in range(right + wrong)
    ]


def criterion(**fields: object) -> Marked:
    mark = Marked("1.1", "practitioner", 2, LAST_MONTH, "Commissioning brief", "a submission")
    return replace(mark, **fields)


def shown(**given: object) -> Shown:
    return profile_on(DAY, ["1.1"], **given)["1.1"]  # type: ignore[arg-type]


def test_who_has_shown_nothing_has_no_level() -> None:
    assert shown() == Shown("1.1")
    assert shown().next_level == "foundation"


@pytest.mark.parametrize(
    ("right", "wrong", "level"),
    [(3, 0, None), (4, 0, "foundation"), (3, 1, "foundation"), (5, 2, None), (6, 2, "foundation")],
)
def test_four_questions_of_which_three_quarters_are_right_show_foundation(
    right: int, wrong: int, level: str | None
) -> None:
    assert shown(answers=answers(right, wrong)).level == level


def test_quiz_evidence_says_what_was_seen_when_and_until_when() -> None:
    assert shown(answers=answers(3, 1)).evidence == (
        Evidence(
            competency="1.1",
            level="foundation",
            source=Source.QUIZ,
            on=LAST_MONTH,
            until=date(2028, 10, 20),
            title="Quiz: what commissioning is",
            detail="3 of 4 questions right",
            reference="attempt of 2026-10-20",
        ),
    )


def test_what_several_quizzes_ask_adds_up() -> None:
    other = [replace(each, title="Quiz: starting with people") for each in answers(2, first=2, on=DAY)]

    assert shown(answers=answers(2)).level is None
    assert [(each.level, each.detail) for each in shown(answers=[*answers(2), *other]).evidence] == [
        ("foundation", "4 of 4 questions right in 2 quizzes")
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "missing"), [(3, 0, 1), (2, 0, 2), (1, 1, 2), (2, 2, 4), (0, 1, 3), (2, 1, 1)]
)
def test_what_is_gathered_says_how_many_right_answers_are_missing(
    right: int, wrong: int, missing: int
) -> None:
    assert shown(answers=answers(right, wrong)).gathered == Gathered(right + wrong, right)
    assert Gathered(right + wrong, right).missing == missing
    enough = answers(right + missing, wrong)
    assert shown(answers=enough).level == "foundation"
    assert shown(answers=answers(right + missing - 1, wrong)).level is None


def test_nothing_is_gathered_where_a_level_is_shown_or_every_answer_is_too_old() -> None:
    assert shown(answers=answers(4)).gathered is None
    assert shown(answers=answers(3), marks=[criterion()]).gathered is None
    assert shown(answers=answers(3, on=LONG_AGO)).gathered is None
    assert shown(answers=answers(3, on=DAY + timedelta(days=1))).gathered is None


def test_a_question_counts_once_as_it_was_answered_last() -> None:
    first, again = answers(2, 2, on=date(2026, 10, 1)), answers(4, 0)

    assert shown(answers=first).level is None
    assert shown(answers=[*again, *first]).level == "foundation"
    assert shown(answers=[*answers(4, 0, on=date(2026, 10, 1)), *answers(2, 2)]).level is None


@pytest.mark.parametrize(("band", "level"), [(1, None), (2, "practitioner"), (4, "practitioner")])
def test_a_criterion_shows_its_level_from_band_two(band: int, level: str | None) -> None:
    assert shown(marks=[criterion(band=band)]).level == level


def test_work_with_unsafe_advice_shows_nothing() -> None:
    assert shown(marks=[criterion(band=4, is_unsafe=True)]) == Shown("1.1")


def test_the_highest_level_is_shown_and_the_rest_stays_beside_it() -> None:
    found = shown(answers=answers(4), marks=[criterion(), criterion(level="foundation")])

    assert found.level == "practitioner"
    assert found.next_level == "lead"
    assert [each.level for each in found.evidence] == ["practitioner", "foundation", "foundation"]


@pytest.mark.parametrize("source", [Source.SCENARIO, Source.OBSERVATION])
def test_a_scored_scenario_or_a_confirmed_observation_shows_its_level(source: Source) -> None:
    seen = Evidence(
        "1.1", "lead", source, LAST_MONTH, lapses_on(LAST_MONTH), "A placement", "seen", "a visit"
    )

    assert shown(others=[seen]).level == "lead"


def test_evidence_lapses_and_stays_listed() -> None:
    found = shown(marks=[criterion(on=LONG_AGO)], answers=answers(4))

    assert found.level == "foundation"
    assert [(each.level, each.until) for each in found.lapsed] == [("practitioner", date(2026, 10, 20))]


def test_answers_lapse_one_by_one() -> None:
    """Two of five lapse in 2026: the three that are left are too few."""
    given = [*answers(2, on=LONG_AGO), *answers(3, first=2)]

    before = profile_on(date(2026, 10, 20), ["1.1"], answers=given)["1.1"]
    after = profile_on(date(2026, 10, 21), ["1.1"], answers=given)["1.1"]

    assert (before.level, before.until) == ("foundation", date(2026, 10, 20))
    assert (after.level, [each.until for each in after.lapsed]) == (None, [date(2026, 10, 20)])


def test_old_mistakes_do_not_stand_against_fresh_answers() -> None:
    given = [*answers(0, 4, on=LONG_AGO), *answers(4, first=4)]

    assert shown(answers=given).evidence[0].detail == "4 of 4 questions right"


def test_a_shelf_life_that_would_end_on_29_february_ends_on_the_28th() -> None:
    assert lapses_on(date(2024, 2, 29)) == date(2026, 2, 28)
    assert lapses_on(date(2026, 2, 28)) == date(2028, 2, 28)


def test_what_is_said_stands_beside_and_newest_first() -> None:
    mine = Claim("1.1", "practitioner", "self", date(2026, 9, 1))
    theirs = Claim("1.1", "foundation", "manager", LAST_MONTH)

    assert shown(claims=[mine, theirs]) == Shown("1.1", claims=(theirs, mine))


codes = st.sampled_from(["1.1", "1.2", "5.4"])
days = st.dates(date(2023, 1, 1), date(2027, 12, 31))
levels = st.sampled_from(LEVELS)
some_answers = st.lists(
    st.builds(
        Answered, codes, st.sampled_from("abcdefgh"), st.booleans(), days, st.just("Quiz"), st.just("a")
    ),
    max_size=25,
)
some_marks = st.lists(
    st.builds(Marked, codes, levels, st.integers(1, 4), days, st.just("Work"), st.just("s"), st.booleans()),
    max_size=8,
)
some_claims = st.lists(
    st.builds(Claim, codes, levels, st.sampled_from(["self", "manager"]), days), max_size=8
)
CODES = ("1.1", "1.2", "5.4")


@given(days, some_answers, some_marks, some_claims)
def test_claims_change_no_level(
    day: date, answers: list[Answered], marks: list[Marked], claims: list[Claim]
) -> None:
    without = profile_on(day, CODES, answers=answers, marks=marks)
    beside = profile_on(day, CODES, answers=answers, marks=marks, claims=claims)

    assert {code: replace(each, claims=()) for code, each in beside.items()} == without
    assert {each for shown in beside.values() for each in shown.claims} == {
        each for each in claims if each.on <= day
    }


@given(days, some_answers)
def test_quizzes_alone_never_show_more_than_foundation(day: date, answers: list[Answered]) -> None:
    assert {each.level for each in profile_on(day, CODES, answers=answers).values()} <= {None, "foundation"}


@given(
    days,
    some_answers,
    some_marks,
    st.builds(Marked, codes, levels, st.integers(1, 4), days, st.just("Work"), st.just("s")),
)
def test_more_marked_work_lowers_nothing(
    day: date, answers: list[Answered], marks: list[Marked], more: Marked
) -> None:
    before = profile_on(day, CODES, answers=answers, marks=marks)
    after = profile_on(day, CODES, answers=answers, marks=[*marks, more])

    assert all(after[code].rank >= before[code].rank for code in CODES)


@given(days, some_answers, some_marks)
def test_what_happens_later_changes_nothing_of_an_earlier_day(
    day: date, answers: list[Answered], marks: list[Marked]
) -> None:
    """So a profile can be shown again as it stood."""
    then = profile_on(
        day,
        CODES,
        answers=[each for each in answers if each.on <= day],
        marks=[each for each in marks if each.on <= day],
    )

    assert profile_on(day, CODES, answers=answers, marks=marks) == then


@given(days, some_answers, some_marks)
def test_a_level_stands_until_its_last_day_and_no_day_longer(
    day: date, answers: list[Answered], marks: list[Marked]
) -> None:
    known = [each for each in answers if each.on <= day]
    worked = [each for each in marks if each.on <= day]

    for code, found in profile_on(day, CODES, answers=known, marks=worked).items():
        if found.until is None:
            continue
        last = profile_on(found.until, CODES, answers=known, marks=worked)[code]
        after = profile_on(found.until + timedelta(days=1), CODES, answers=known, marks=worked)[code]
        assert last.level == found.level
        assert after.rank < found.rank


@given(days, some_answers, some_marks)
def test_the_level_is_the_highest_that_counting_evidence_shows(
    day: date, answers: list[Answered], marks: list[Marked]
) -> None:
    for code, found in profile_on(day, CODES, answers=answers, marks=marks).items():
        assert found.rank == max((rank(each.level) for each in found.evidence), default=0)
        assert all(each.competency == code and each.on <= day <= each.until for each in found.evidence)
        assert all(each.until < day for each in found.lapsed)
