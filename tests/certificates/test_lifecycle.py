"""How a certificate stands on a day, and what may happen to it next."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.lifecycle import Event, Kind, Standing, may_follow, standing

START = date(2027, 1, 10)
END = date(2030, 1, 9)
KINDS = get_args(Kind)


def day(month: int, number: int, year: int = 2027) -> date:
    return date(year, month, number)


def event(kind: Kind, on: date, hour: int = 12) -> Event:
    return Event(kind, datetime(on.year, on.month, on.day, hour, tzinfo=UTC))


ISSUED = event("issued", START)
SUSPENDED = event("suspended", day(3, 1))
REINSTATED = event("reinstated", day(4, 1))
REVOKED = event("revoked", day(5, 1))
SUPERSEDED = event("superseded", day(5, 1))

days = st.dates(date(2026, 12, 1), date(2030, 6, 1))
histories = st.lists(st.builds(event, st.sampled_from(KINDS), days), max_size=6)


def on(when: date, *events: Event) -> Standing:
    return standing(events, START, END, when)


@pytest.mark.parametrize(
    ("events", "when", "expected"),
    [
        ([], day(2, 1), Standing("being_made")),
        ([event("voided", day(1, 5))], day(2, 1), Standing("void", day(1, 5))),
        ([ISSUED], day(2, 1), Standing("valid", START)),
        ([ISSUED, SUSPENDED], day(3, 2), Standing("suspended", day(3, 1))),
        ([ISSUED, SUSPENDED, REINSTATED], day(4, 2), Standing("valid", START)),
        ([ISSUED, REVOKED], day(6, 1), Standing("revoked", day(5, 1))),
        ([ISSUED, SUPERSEDED], day(6, 1), Standing("superseded", day(5, 1))),
        ([ISSUED, SUSPENDED, REVOKED], day(6, 1), Standing("revoked", day(5, 1))),
    ],
)
def test_the_events_make_the_state(events, when, expected):
    assert on(when, *events) == expected


def test_the_last_day_still_holds_and_the_next_is_expired():
    assert on(END, ISSUED) == Standing("valid", START)
    assert on(END + timedelta(days=1), ISSUED) == Standing("expired", date(2030, 1, 10))


def test_a_certificate_without_an_end_never_expires():
    assert standing([ISSUED], START, None, date(2999, 1, 1)) == Standing("valid", START)


def test_a_certificate_issued_early_is_not_yet_valid():
    early = event("issued", START - timedelta(days=3))

    assert on(START - timedelta(days=1), early) == Standing("not_yet_valid")
    assert on(START, early) == Standing("valid", START)


def test_an_event_counts_from_its_own_day_and_not_before():
    assert on(day(4, 30), ISSUED, REVOKED) == Standing("valid", START)
    assert on(day(5, 1), ISSUED, REVOKED) == Standing("revoked", day(5, 1))


def test_before_it_was_issued_a_certificate_was_being_made():
    assert on(START - timedelta(days=1), ISSUED) == Standing("being_made")


def test_worse_than_expired_is_still_told_after_the_end():
    later = END + timedelta(days=30)

    assert on(later, ISSUED, SUSPENDED).state == "suspended"
    assert on(later, ISSUED, REVOKED).state == "revoked"


def test_of_two_final_events_that_raced_the_worst_is_told():
    assert on(day(6, 1), ISSUED, SUPERSEDED, event("revoked", day(5, 2))).state == "revoked"
    assert on(day(6, 1), ISSUED, SUPERSEDED, event("voided", day(5, 2))).state == "void"


def test_a_second_suspension_counts_from_its_own_day():
    again = event("suspended", day(5, 5))

    assert on(day(6, 1), ISSUED, SUSPENDED, REINSTATED, again) == Standing("suspended", day(5, 5))


def test_a_second_issue_does_not_end_a_suspension():
    assert on(day(6, 1), ISSUED, SUSPENDED, event("issued", day(4, 1))).state == "suspended"


ALLOWED = {
    "being made": ([], {"issued", "voided"}),
    "in force": ([ISSUED], {"suspended", "revoked", "superseded"}),
    "suspended": ([ISSUED, SUSPENDED], {"reinstated", "revoked"}),
    "reinstated": ([ISSUED, SUSPENDED, REINSTATED], {"suspended", "revoked", "superseded"}),
    "revoked": ([ISSUED, REVOKED], set()),
    "superseded": ([ISSUED, SUPERSEDED], set()),
    "void": ([event("voided", START)], set()),
}


@pytest.mark.parametrize(("state", "kind"), list(product(ALLOWED, KINDS)))
def test_only_the_allowed_events_may_follow(state, kind):
    events, allowed = ALLOWED[state]

    assert may_follow(kind, events) == (kind in allowed)


@given(histories, days, st.randoms())
def test_the_order_in_which_events_are_read_changes_nothing(events, when, random):
    one_a_day = list({event.at: event for event in events}.values())
    mixed = random.sample(one_a_day, len(one_a_day))

    assert on(when, *mixed) == on(when, *one_a_day)


@given(histories, days)
def test_what_is_revoked_stays_revoked(events, when):
    first = on(when, *events)
    later = on(when + timedelta(days=400), *events)

    assert first.state != "revoked" or later == on(when + timedelta(days=800), *events)
    assert first.state != "revoked" or later.state == "revoked"


@given(histories, st.sampled_from(KINDS))
def test_nothing_follows_a_final_event(events, kind):
    ended = {event.kind for event in events} & {"revoked", "superseded", "voided"}

    assert not (ended and may_follow(kind, events))


@given(histories, days)
def test_a_state_has_a_day_unless_nothing_is_in_force_yet(events, when):
    stood = on(when, *events)

    assert (stood.since is None) == (stood.state in {"being_made", "not_yet_valid"})
    assert stood.since is None or stood.since <= when
