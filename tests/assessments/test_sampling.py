"""Who is sampled, and what a sample proves."""

import hmac
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.sampling import (
    Candidate,
    Drawn,
    chance_of_noticing,
    draw_sample,
    largest_error_rate,
)

SEED = bytes(range(32))
FIFTH = Fraction(1, 5)


def markings(assessor: str, count: int, earlier: int = 100) -> list[Candidate]:
    return [Candidate(f"{assessor}-{number}", assessor, earlier) for number in range(count)]


def of_assessor(sample: tuple[Drawn, ...], assessor: str) -> list[Drawn]:
    return [drawn for drawn in sample if drawn.marking.startswith(f"{assessor}-")]


@st.composite
def batches(draw):
    assessors = draw(st.lists(st.sampled_from(["asif", "bela", "carl", "dora"]), unique=True))
    return [
        candidate
        for assessor in assessors
        for candidate in markings(assessor, draw(st.integers(1, 12)), draw(st.integers(0, 7)))
    ]


shares = st.fractions(0, 1, max_denominator=20)
seeds = st.binary(min_size=16, max_size=32)


def test_the_share_is_rounded_up():
    assert len(draw_sample(SEED, markings("asif", 11), FIFTH)) == 3


def test_the_sample_holds_the_lowest_ranks():
    batch = markings("asif", 10)

    sample = draw_sample(SEED, batch, FIFTH)

    uuids = [candidate.marking for candidate in batch]
    lowest = sorted(uuids, key=lambda uuid: hmac.digest(SEED, uuid.encode(), "sha256"))
    assert sample == (Drawn(lowest[0], "share"), Drawn(lowest[1], "share"))


def test_a_sample_stays_the_same_for_ever():
    sample = draw_sample(SEED, markings("asif", 10), FIFTH)

    assert [drawn.marking for drawn in sample] == ["asif-3", "asif-9"]


def test_an_assessor_whom_the_share_missed_is_sampled_once():
    batch = markings("asif", 30) + markings("bela", 1)

    sample = draw_sample(SEED, batch, Fraction(1, 31))

    assert {drawn.reason for drawn in sample} == {"share", "every_assessor"}
    assert len(of_assessor(sample, "asif")) == len(of_assessor(sample, "bela")) == 1


def test_without_a_share_every_assessor_is_still_sampled():
    sample = draw_sample(SEED, markings("asif", 9) + markings("bela", 9), Fraction(0))

    assert [drawn.reason for drawn in sample] == ["every_assessor", "every_assessor"]


def test_five_markings_of_a_new_assessor_are_sampled():
    batch = markings("asif", 30) + markings("bela", 8, earlier=0)

    assert len(of_assessor(draw_sample(SEED, batch, Fraction(0)), "bela")) == 5


def test_an_assessor_with_three_earlier_markings_has_two_to_go():
    sample = draw_sample(SEED, markings("bela", 8, earlier=3), Fraction(0))

    assert [drawn.reason for drawn in sample] == ["new_assessor", "new_assessor"]


def test_markings_drawn_for_the_share_count_among_the_first_five():
    sample = draw_sample(SEED, markings("bela", 8, earlier=0), Fraction(1, 4))

    assert [drawn.reason for drawn in sample] == ["share"] * 2 + ["new_assessor"] * 3


def test_a_new_assessor_with_few_markings_has_them_all_sampled():
    assert len(draw_sample(SEED, markings("bela", 3, earlier=0), FIFTH)) == 3


def test_an_empty_batch_has_an_empty_sample():
    assert draw_sample(SEED, [], FIFTH) == ()


@pytest.mark.parametrize("share", [Fraction(-1, 5), Fraction(6, 5)])
def test_a_share_outside_nought_to_one_is_refused(share):
    with pytest.raises(ValueError, match="A share lies between 0 and 1"):
        draw_sample(SEED, [], share)


@given(seeds, batches(), shares, st.randoms())
def test_the_order_of_the_batch_changes_nothing(seed, batch, share, random):
    mixed = random.sample(batch, len(batch))

    assert draw_sample(seed, mixed, share) == draw_sample(seed, batch, share)


@given(seeds, batches(), shares)
def test_every_promise_of_the_sample_is_kept(seed, batch, share):
    sample = draw_sample(seed, batch, share)

    uuids = [drawn.marking for drawn in sample]
    assert len(uuids) == len(set(uuids))
    assert set(uuids) <= {candidate.marking for candidate in batch}
    drawn_for_share = [drawn for drawn in sample if drawn.reason == "share"]
    assert len(drawn_for_share) == ceil(share * len(batch))
    for candidate in batch:
        own = [other for other in batch if other.assessor == candidate.assessor]
        lacking = min(len(own), max(1, 5 - candidate.earlier_markings))
        assert len(of_assessor(sample, candidate.assessor)) >= lacking


@given(seeds, batches(), shares)
def test_nothing_is_sampled_without_need(seed, batch, share):
    sample = draw_sample(seed, batch, share)

    for assessor in {candidate.assessor for candidate in batch}:
        own = of_assessor(sample, assessor)
        earlier = next(c.earlier_markings for c in batch if c.assessor == assessor)
        if any(drawn.reason == "new_assessor" for drawn in own):
            assert len(own) <= 5 - earlier
        if any(drawn.reason == "every_assessor" for drawn in own):
            assert len(own) == 1


@given(seeds, batches(), shares, shares)
def test_a_larger_share_samples_all_that_a_smaller_one_does(seed, batch, one, other):
    smaller, larger = sorted([one, other])

    small = {drawn.marking for drawn in draw_sample(seed, batch, smaller)}

    assert small <= {drawn.marking for drawn in draw_sample(seed, batch, larger)}


# The table "what a sample really proves": batch, wrong, sample, chance of noticing.
@pytest.mark.parametrize(
    ("batch", "wrong", "sample", "chance"),
    [
        (20, 2, 5, "0.447"),
        (20, 2, 2, "0.195"),
        (20, 2, 4, "0.368"),
        (20, 2, 10, "0.763"),
        (50, 5, 8, "0.599"),
        (50, 5, 5, "0.423"),
        (50, 5, 10, "0.689"),
        (50, 5, 25, "0.975"),
        (100, 10, 10, "0.670"),
        (100, 10, 20, "0.905"),
        (100, 10, 50, "0.999"),
        (100, 5, 10, "0.416"),
        (100, 5, 20, "0.681"),
        (100, 5, 50, "0.972"),
    ],
)
def test_the_chance_of_noticing_follows_the_table(batch, wrong, sample, chance):
    assert round(chance_of_noticing(batch, wrong, sample), 3) == Fraction(chance)


@pytest.mark.parametrize(
    ("batch", "wrong", "needed"),
    [(20, 2, 16), (50, 5, 22), (100, 10, 25), (100, 5, 45), (200, 10, 51)],
)
def test_the_sample_for_95_per_cent_follows_the_table(batch, wrong, needed):
    smallest = next(
        sample for sample in range(batch + 1) if chance_of_noticing(batch, wrong, sample) >= Fraction(95, 100)
    )

    assert smallest == needed


@given(st.integers(1, 7), st.data())
def test_the_chance_of_noticing_is_the_share_of_samples_with_a_wrong_decision(batch, data):
    wrong, sample = data.draw(st.integers(0, batch)), data.draw(st.integers(0, batch))

    every = list(combinations(range(batch), sample))
    telling = [chosen for chosen in every if any(number < wrong for number in chosen)]

    assert chance_of_noticing(batch, wrong, sample) == Fraction(len(telling), len(every))


@pytest.mark.parametrize(("wrong", "sample"), [(11, 1), (1, 11), (-1, 1), (1, -1)])
def test_more_than_the_batch_holds_is_refused(wrong, sample):
    with pytest.raises(ValueError, match="can outnumber the batch"):
        chance_of_noticing(10, wrong, sample)


# Printed as 63, 45, 26, 14, 9.5 and 5 per cent.
@pytest.mark.parametrize(
    ("checked", "rate"),
    [(1, "0.95"), (3, "0.63"), (5, "0.45"), (10, "0.26"), (20, "0.14"), (30, "0.10"), (59, "0.05")],
)
def test_no_errors_in_so_many_checks_leave_this_error_rate(checked, rate):
    assert largest_error_rate(checked) == Decimal(rate)


def test_nothing_checked_says_nothing_of_errors():
    with pytest.raises(ValueError, match="nothing can be said of errors"):
        largest_error_rate(0)


@given(st.integers(1, 2_000))
def test_more_checks_never_leave_a_larger_error_rate(checked):
    assert largest_error_rate(checked + 1) <= largest_error_rate(checked)
