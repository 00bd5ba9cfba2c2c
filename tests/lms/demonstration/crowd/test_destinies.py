"""How far each of the crowd comes."""

from collections import Counter

from lms.demonstration.crowd.destinies import AT_MOST, OF_FORTY, Reach, destinies

CERTIFICATES = (Reach.BEING_MADE, Reach.CERTIFIED, Reach.SUSPENDED, Reach.REVOKED)


def test_forty_learners_stand_in_every_state() -> None:
    assert Counter(destinies(40)) == Counter(OF_FORTY)
    assert set(OF_FORTY) == set(Reach)


def test_of_many_learners_fifty_are_certified_and_five_of_those_wait_to_be_printed() -> None:
    found = Counter(destinies(20_000))

    assert sum(found[reach] for reach in CERTIFICATES) == 50
    assert found[Reach.BEING_MADE] == 5
    assert all(found[reach] <= most for reach, (most, _) in AT_MOST.items())
    assert found.total() == 20_000


def test_a_small_crowd_is_as_large_as_it_was_asked_to_be() -> None:
    assert [len(list(destinies(count))) for count in (0, 1, 7)] == [0, 1, 7]
