"""A draw is fair, repeatable and explainable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.drawing import PoolTooSmall, Row, draw, draw_by_rows, rank, shuffled

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


PURPOSE, SAFETY = ("D1", "foundation", "recall"), ("D5", "lead", "judge")
ROWS = (Row(PURPOSE, 4), Row(SAFETY, 2))
CELLS = {**{f"fc1-{n}": PURPOSE for n in range(8)}, **{f"fc5-{n}": SAFETY for n in range(4)}}

cells = st.lists(
    st.tuples(st.sampled_from(["D1", "D2"]), st.sampled_from(["lead"]), st.sampled_from(["apply", "judge"]))
).map(lambda each: {f"q{n}": cell for n, cell in enumerate(each)})


# Computed apart from the product, with Python's hmac and sorted().
def test_a_draw_by_rows_stays_the_same_for_ever():
    assert draw_by_rows(SEED, CELLS, ROWS) == ("fc1-3", "fc1-5", "fc5-1", "fc1-2", "fc1-1", "fc5-3")


@given(seeds, cells, st.data())
def test_a_paper_holds_exactly_each_row_of_its_cell_and_nothing_twice(seed, cells, data):
    held = sorted(set(cells.values()))
    rows = [Row(cell, data.draw(st.integers(0, list(cells.values()).count(cell)))) for cell in held]

    drawn = draw_by_rows(seed, cells, rows)

    assert len(set(drawn)) == len(drawn)
    assert [sum(cells[key] == row.cell for key in drawn) for row in rows] == [row.draw for row in rows]


@given(seeds, seeds, cells, st.data())
def test_a_second_paper_repeats_a_question_only_where_its_cell_has_no_other(first, second, cells, data):
    held = sorted(set(cells.values()))
    sizes = {cell: list(cells.values()).count(cell) for cell in held}
    rows = [Row(cell, data.draw(st.integers(0, sizes[cell]))) for cell in held]
    met = draw_by_rows(first, cells, rows)

    again = draw_by_rows(second, cells, rows, dict.fromkeys(met, 1))

    repeated = [sum(cells[key] == row.cell for key in set(met) & set(again)) for row in rows]
    assert repeated == [max(0, 2 * row.draw - sizes[row.cell]) for row in rows]


def test_what_was_met_once_comes_before_what_was_met_twice():
    met = {**dict.fromkeys(CELLS, 1), "fc5-0": 2, "fc5-1": 2}

    assert {key for key in draw_by_rows(SEED, CELLS, ROWS, met) if key.startswith("fc5")} == {
        "fc5-2",
        "fc5-3",
    }


def test_the_questions_of_a_row_stand_at_every_place_about_equally_often():
    papers = [draw_by_rows(seed.to_bytes(16), CELLS, ROWS) for seed in range(600)]
    at_place = [sum(paper[place].startswith("fc5") for paper in papers) for place in range(6)]

    # A third of 600 at each place; six standard deviations are 70.
    assert [often for often in at_place if not 130 <= often <= 270] == []


def test_a_cell_that_is_too_small_is_refused_by_name():
    with pytest.raises(
        PoolTooSmall, match="The quiz draws 5 questions of D5, lead, judge, but the pool holds 4"
    ):
        draw_by_rows(SEED, CELLS, [Row(SAFETY, 5)])
