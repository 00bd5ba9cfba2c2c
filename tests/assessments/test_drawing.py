"""A draw is fair, repeatable and explainable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.drawing import PoolTooSmall, draw, rank, shuffled

SEED = bytes(range(32))
POOL = [f"m11-{number}" for number in range(1, 13)]

pools = st.lists(st.text(max_size=12), max_size=12, unique=True)
seeds = st.binary(min_size=16, max_size=32)


def test_a_rank_is_the_hmac_of_rfc_4231():
    # Test case 2: key "Jefe", what do ya want for nothing?
    assert rank(b"Jefe", "what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


# The orders below were computed with `openssl dgst -sha256 -mac HMAC`.
def test_a_draw_stays_the_same_for_ever():
    assert draw(SEED, POOL, 4) == ("m11-10", "m11-7", "m11-1", "m11-2")


def test_a_shuffle_stays_the_same_for_ever():
    assert shuffled(SEED, "m11-1", "abcd") == ("d", "c", "b", "a")


def test_a_pool_that_is_too_small_is_refused_with_both_numbers():
    with pytest.raises(PoolTooSmall, match="The quiz draws 13 questions, but the pool holds 12"):
        draw(SEED, POOL, 13)


def test_a_key_given_twice_is_one_question():
    with pytest.raises(PoolTooSmall, match="draws 2 questions, but the pool holds 1"):
        draw(SEED, ["m11-1", "m11-1"], 2)


def test_different_questions_shuffle_the_same_options_differently():
    orders = {shuffled(SEED, question, "abcd") for question in POOL}

    assert len(orders) > 1


def test_every_question_of_a_pool_is_drawn_about_equally_often():
    drawn = [key for seed in range(600) for key in draw(seed.to_bytes(16), POOL, 4)]

    # 600 attempts draw 4 of 12, so 200 times each; six standard deviations are 70.
    assert [key for key in POOL if not 130 <= drawn.count(key) <= 270] == []


@given(seeds, pools, st.data())
def test_a_draw_takes_that_many_different_keys_of_the_pool(seed, pool, data):
    count = data.draw(st.integers(0, len(pool)))

    drawn = draw(seed, pool, count)

    assert len(drawn) == len(set(drawn)) == count
    assert set(drawn) <= set(pool)


@given(seeds, pools, st.randoms())
def test_the_order_of_the_pool_changes_nothing(seed, pool, random):
    mixed = random.sample(pool, len(pool))

    assert draw(seed, mixed, len(pool)) == draw(seed, pool, len(pool))


@given(seeds, pools)
def test_a_longer_draw_begins_with_the_shorter_one(seed, pool):
    whole = draw(seed, pool, len(pool))

    assert [draw(seed, pool, count) for count in range(len(pool))] == [
        whole[:count] for count in range(len(pool))
    ]


@given(seeds, st.text(max_size=8), pools)
def test_a_shuffle_keeps_every_option_whatever_order_they_came_in(seed, question, options):
    assert shuffled(seed, question, options) == shuffled(seed, question, options[::-1])
    assert sorted(shuffled(seed, question, options)) == sorted(options)
