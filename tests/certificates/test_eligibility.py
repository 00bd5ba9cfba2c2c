"""What a learner has, what is missing for a certificate, and why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.eligibility import (
    ATTAINED,
    Eligibility,
    Met,
    Missing,
    ReleasedResult,
    Requirement,
    eligibility,
)

QUIZ = Requirement("m11", "quiz", "What commissioning is")
ASSIGNMENT = Requirement("a1", "assignment", "A need in Marlshire", minimum_band=3)
COURSE = Requirement("foundations", "course", "Foundations")
MAY = date(2027, 5, 3)
JUNE = date(2027, 6, 14)

PASSED = ReleasedResult("r1", "m11", "passed", MAY)
COMPETENT = ReleasedResult("r2", "a1", "competent", MAY, lowest_band=3)
FINISHED = ReleasedResult("r3", "foundations", "finished", JUNE)

results = st.lists(
    st.builds(
        ReleasedResult,
        id=st.sampled_from([f"r{number}" for number in range(9)]),
        requirement_key=st.sampled_from(["m11", "a1", "foundations", "other"]),
        outcome=st.sampled_from([*sorted(ATTAINED), "not_passed", "not_yet_competent"]),
        on=st.dates(date(2027, 1, 1), date(2027, 1, 9)),
        lowest_band=st.none() | st.integers(1, 4),
        withdrawn=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda result: result.id,
)


def reason(requirement: Requirement, *held: ReleasedResult) -> str:
    (missing,) = eligibility([requirement], held).missing
    return missing.reason


def test_a_learner_with_everything_is_eligible():
    found = eligibility([QUIZ, ASSIGNMENT, COURSE], [FINISHED, COMPETENT, PASSED])

    assert found == Eligibility(
        met=(Met(QUIZ, "r1", MAY), Met(ASSIGNMENT, "r2", MAY), Met(COURSE, "r3", JUNE)), missing=()
    )
    assert found.is_eligible


def test_one_missing_requirement_is_one_too_many():
    found = eligibility([QUIZ, COURSE], [PASSED])

    assert found.met == (Met(QUIZ, "r1", MAY),)
    assert found.missing == (Missing(COURSE, "You have not finished this course yet."),)
    assert not found.is_eligible


def test_a_scheme_that_asks_for_nothing_makes_nobody_eligible():
    assert not eligibility([], [PASSED]).is_eligible


def test_the_newest_result_that_meets_the_requirement_counts():
    newer = ReleasedResult("r9", "m11", "passed", JUNE)

    assert eligibility([QUIZ], [newer, PASSED]).met == (Met(QUIZ, "r9", JUNE),)


def test_a_later_failure_takes_nothing_away():
    failed = ReleasedResult("r9", "m11", "not_passed", JUNE)

    assert eligibility([QUIZ], [PASSED, failed]).met == (Met(QUIZ, "r1", MAY),)


def test_a_withdrawn_result_gives_way_to_an_older_one():
    withdrawn = ReleasedResult("r9", "m11", "passed", JUNE, withdrawn=True)

    assert eligibility([QUIZ], [PASSED, withdrawn]).met == (Met(QUIZ, "r1", MAY),)


def test_a_newer_result_below_the_band_asked_for_gives_way_to_an_older_one():
    lower = ReleasedResult("r9", "a1", "competent", JUNE, lowest_band=2)

    assert eligibility([ASSIGNMENT], [COMPETENT, lower]).met == (Met(ASSIGNMENT, "r2", MAY),)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("quiz", "You have no result for this quiz yet."),
        ("assignment", "You have no result for this assignment yet."),
        ("course", "You have not finished this course yet."),
        ("scenario", "You have no result for this yet."),
    ],
)
def test_without_a_result_the_reason_says_what_is_awaited(kind, sentence):
    assert reason(Requirement("m11", kind, "Something"), COMPETENT) == sentence


def test_the_latest_failure_is_the_reason():
    earlier = ReleasedResult("r8", "m11", "not_passed", MAY)
    later = ReleasedResult("r9", "m11", "not_passed", JUNE)

    assert reason(QUIZ, later, earlier) == "Your latest result, of 14 June 2027, is below the pass mark."


def test_work_that_is_not_yet_competent_is_the_reason():
    held = ReleasedResult("r9", "a1", "not_yet_competent", MAY, lowest_band=1)

    assert reason(ASSIGNMENT, held) == "Your latest result, of 3 May 2027, is not yet competent."


def test_a_withdrawal_is_the_reason():
    held = ReleasedResult("r9", "m11", "passed", MAY, withdrawn=True)

    assert reason(QUIZ, held) == "Your result of 3 May 2027 was withdrawn, so it does not count."


def test_a_band_that_is_too_low_is_the_reason_even_after_a_later_failure():
    low = ReleasedResult("r8", "a1", "competent", MAY, lowest_band=2)
    failed = ReleasedResult("r9", "a1", "not_yet_competent", JUNE, lowest_band=1)

    assert reason(ASSIGNMENT, low, failed) == (
        "This certificate asks for band 3 or better on every criterion; "
        "the lowest in your result of 3 May 2027 is band 2."
    )


def test_the_newest_of_the_results_that_are_too_low_is_named():
    older = ReleasedResult("r8", "a1", "competent", MAY, lowest_band=1)
    newer = ReleasedResult("r9", "a1", "competent", JUNE, lowest_band=2)

    assert reason(ASSIGNMENT, newer, older).endswith("your result of 14 June 2027 is band 2.")


def test_a_result_without_bands_cannot_show_the_band_asked_for():
    held = ReleasedResult("r9", "a1", "competent", MAY)

    assert reason(ASSIGNMENT, held) == (
        "This certificate asks for band 3 or better on every criterion; "
        "your result of 3 May 2027 has no bands."
    )


@given(results, st.randoms())
def test_the_order_of_the_results_changes_nothing(held, random):
    mixed = random.sample(held, len(held))

    assert eligibility([QUIZ, ASSIGNMENT], mixed) == eligibility([QUIZ, ASSIGNMENT], held)


@given(results)
def test_every_requirement_is_either_met_or_missing_with_a_sentence(held):
    found = eligibility([QUIZ, ASSIGNMENT, COURSE], held)

    told = [met.requirement for met in found.met] + [missing.requirement for missing in found.missing]
    assert sorted(told, key=lambda requirement: requirement.key) == [ASSIGNMENT, COURSE, QUIZ]
    assert all(missing.reason.endswith(".") for missing in found.missing)


@given(results)
def test_withdrawing_a_result_that_counts_never_leaves_it_counting(held):
    found = eligibility([QUIZ, ASSIGNMENT, COURSE], held)
    counting = {met.result_id for met in found.met}

    withdrawn = [
        ReleasedResult(r.id, r.requirement_key, r.outcome, r.on, r.lowest_band, withdrawn=True)
        if r.id in counting
        else r
        for r in held
    ]

    after = eligibility([QUIZ, ASSIGNMENT, COURSE], withdrawn)
    assert counting & {met.result_id for met in after.met} == set()


GATES = Requirement("a1", "assignment", "A need", 3, "gates", "Risk, gates, money")


@pytest.mark.parametrize(
    ("bands", "is_met"),
    [({"gates": 3}, True), ({"gates": 4, "clarity": 2}, True), ({"gates": 2}, False), ({}, False)],
)
def test_a_band_may_be_asked_for_on_one_criterion(bands, is_met):
    held = ReleasedResult("r1", "a1", "competent", MAY, lowest_band=2, bands=bands)

    assert eligibility([GATES], [held]).is_eligible == is_met


def test_a_criterion_below_its_band_is_named_with_the_band_that_it_has():
    held = ReleasedResult("r1", "a1", "competent", MAY, lowest_band=2, bands={"gates": 2})

    assert reason(GATES, held) == (
        "This certificate asks for band 3 or better in “Risk, gates, money”; "
        "your result of 3 May 2027 has band 2 there."
    )


def test_a_result_that_was_not_judged_by_that_criterion_says_so():
    held = ReleasedResult("r1", "a1", "competent", MAY, lowest_band=4, bands={"clarity": 4})

    assert reason(GATES, held) == (
        "This certificate asks for band 3 or better in “Risk, gates, money”; "
        "your result of 3 May 2027 has no band for that."
    )


def test_good_bands_in_work_that_is_not_competent_meet_nothing():
    held = ReleasedResult("r1", "a1", "not_yet_competent", MAY, lowest_band=1, bands={"gates": 4})

    assert reason(GATES, held) == "Your latest result, of 3 May 2027, is not yet competent."


CASE = Requirement("case", "case", "Harrow Lane", minimum_percent=75)


def test_a_pass_of_a_case_with_the_share_of_points_that_is_asked_for_meets_it():
    passed = ReleasedResult("r7", "case", "passed", MAY, percent=75)

    assert eligibility([CASE], [passed]).is_eligible


def test_a_pass_of_a_case_with_fewer_points_says_how_many_are_asked_for():
    passed = ReleasedResult("r7", "case", "passed", MAY, percent=74)

    assert reason(CASE, passed) == (
        "This certificate asks for 75% of the points or more; your pass of 3 May 2027 has 74%."
    )
    assert reason(CASE) == "You have no result for this case yet."


def test_points_enough_with_harm_done_are_no_pass_and_meet_nothing():
    failed = ReleasedResult("r7", "case", "not_passed", MAY, percent=90)

    assert reason(CASE, failed) == "Your latest result, of 3 May 2027, is below the pass mark."
