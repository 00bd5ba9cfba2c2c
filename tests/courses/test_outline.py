"""Where a learner stands in a course, and what comes next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.outline import Module, NotInOutline, Outline, Progress, Step


def step(step_id: int, minutes: int = 10) -> Step:
    return Step(step_id, f"Step {step_id}", f"/step-{step_id}/", "lesson", minutes)


def module(module_id: int, *step_ids: int) -> Module:
    steps = tuple(step(step_id) for step_id in step_ids)
    return Module(module_id, f"Module {module_id}", f"/module-{module_id}/", steps)


COURSE = Outline((module(1, 11, 12), module(2, 21), module(3, 31, 32)))
STEP_IDS = [step.id for step in COURSE.steps]


def test_steps_run_across_the_modules_in_order():
    assert STEP_IDS == [11, 12, 21, 31, 32]


def test_a_step_is_found_by_its_id():
    assert COURSE.step(21) == step(21)


def test_neighbours_reach_across_module_borders():
    assert COURSE.before(21) == step(12)
    assert COURSE.after(21) == step(31)


def test_the_ends_have_one_neighbour_only():
    assert COURSE.before(11) is None
    assert COURSE.after(32) is None


@pytest.mark.parametrize("lookup", [COURSE.step, COURSE.before, COURSE.after])
def test_a_step_that_left_the_outline_is_refused_by_name(lookup):
    with pytest.raises(NotInOutline, match=r"Step 99 is not part of this course\."):
        lookup(99)


def test_a_new_learner_starts_with_the_first_step():
    assert COURSE.next_step(frozenset()) == step(11)


def test_the_next_step_follows_the_furthest_one_done():
    assert COURSE.next_step(frozenset({11, 12})) == step(21)


def test_somebody_who_left_a_step_out_is_led_on_first():
    assert COURSE.next_step(frozenset({11, 21})) == step(31)


def test_somebody_at_the_end_is_led_back_to_the_earliest_gap():
    assert COURSE.next_step(frozenset({11, 31, 32})) == step(12)


def test_nothing_is_next_when_everything_is_done():
    assert COURSE.next_step(frozenset(STEP_IDS)) is None


def test_a_done_step_that_left_the_outline_moves_nobody():
    assert COURSE.next_step(frozenset({99})) == step(11)


def test_progress_counts_steps_and_the_minutes_left():
    assert COURSE.progress(frozenset({11, 31})) == Progress(2, 5, 30)


def test_steps_that_left_the_outline_do_not_count():
    assert COURSE.progress(frozenset({11, 98, 99})) == Progress(1, 5, 40)


def test_module_progress_looks_at_one_module():
    assert COURSE.module_progress(3, frozenset({11, 31})) == Progress(1, 2, 10)


def test_progress_of_an_unknown_module_is_refused_by_name():
    with pytest.raises(NotInOutline, match=r"Module 9 is not part of this course\."):
        COURSE.module_progress(9, frozenset())


def test_percent_is_rounded_down():
    assert Progress(done=2, total=3, minutes_left=10).percent == 66
    assert Progress(done=199, total=200, minutes_left=10).percent == 99


def test_a_course_without_steps_is_at_nought_and_never_complete():
    empty = Outline((module(1),))

    progress = empty.progress(frozenset({11}))

    assert progress == Progress(0, 0, 0)
    assert progress.percent == 0
    assert not progress.is_complete
    assert empty.next_step(frozenset({11})) is None


done_steps = st.frozensets(st.sampled_from([*STEP_IDS, 98, 99]))


@given(done_steps)
def test_hundred_percent_complete_and_nothing_next_are_one_thing(done):
    progress = COURSE.progress(done)

    assert (progress.percent == 100) == progress.is_complete
    assert (COURSE.next_step(done) is None) == progress.is_complete


@given(done_steps)
def test_following_the_next_step_does_each_open_step_once(done):
    still_open = [step_id for step_id in STEP_IDS if step_id not in done]

    followed = []
    while (following := COURSE.next_step(done)) is not None:
        followed.append(following.id)
        done |= {following.id}

    assert sorted(followed) == still_open


@given(done_steps)
def test_the_modules_add_up_to_the_course(done):
    parts = [COURSE.module_progress(number, done) for number in (1, 2, 3)]

    assert COURSE.progress(done) == Progress(
        sum(part.done for part in parts),
        sum(part.total for part in parts),
        sum(part.minutes_left for part in parts),
    )


@given(st.sampled_from(STEP_IDS[1:]))
def test_before_undoes_after(step_id):
    assert COURSE.after(COURSE.before(step_id).id) == COURSE.step(step_id)
