"""A chain that was tampered with says where."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.audit.chain import GENESIS, ChainRow, Fault, Head, NotCanonical, digest, link, verify

NOON = datetime(2027, 5, 3, 12, tzinfo=UTC)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
payloads = st.dictionaries(
    texts,
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=5,
    ),
    max_size=4,
)


def chained(*all_facts: dict) -> list[ChainRow]:
    rows: list[ChainRow] = []
    previous = GENESIS
    for sequence, facts in enumerate(all_facts, start=1):
        at = NOON + timedelta(minutes=sequence)
        own = link(previous, sequence, at, facts)
        rows.append(ChainRow(sequence, at, facts, previous, own))
        previous = own
    return rows


def head_of(rows: list[ChainRow]) -> Head:
    return Head(rows[-1].sequence, rows[-1].hash) if rows else Head(0, GENESIS)


def relinked(row: ChainRow, **changes: object) -> ChainRow:
    """The row as somebody leaves it who edits it and knows how to hash."""
    edited = replace(row, **changes)
    own = link(edited.previous_hash, edited.sequence, edited.at, edited.facts)
    return replace(edited, hash=own)


ROWS = chained(*({"verb": f"did {number}"} for number in range(1, 6)))
HEAD = head_of(ROWS)


def faults(rows: list[ChainRow], head: Head | None = HEAD, exported: Head | None = None):
    return verify(rows, head, exported)


def test_a_digest_is_the_sha_256_of_canonical_json():
    expected = sha256('{"a":[1,null,true],"é":"ü"}'.encode()).hexdigest()

    assert digest({"é": "ü", "a": [1, None, True]}) == expected


@given(payloads, st.randoms())
def test_the_order_of_keys_changes_no_digest(payload, random):
    mixed = dict(random.sample(list(payload.items()), len(payload)))

    assert digest(mixed) == digest(payload)


@given(payloads)
def test_a_digest_survives_storage_as_json(payload):
    assert digest(json.loads(json.dumps(payload))) == digest(payload)


@given(payloads, payloads)
def test_different_payloads_have_different_digests(one, other):
    # As JSON, because Python holds 1 and True equal.
    alike = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)

    assert (digest(one) == digest(other)) == alike


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (0.5, "A float has no canonical form"),
        (float("nan"), "A float has no canonical form"),
        ((1, 2), "A tuple has no canonical form"),
        (NOON, "A datetime has no canonical form"),
        (b"x", "A bytes has no canonical form"),
        ({1: "x"}, "The keys of a payload are texts"),
        ("\0", "A text holds a NUL"),
        ({"\0": 1}, "A text holds a NUL"),
        ("\ud800", "half a surrogate pair"),
    ],
)
def test_a_value_without_a_canonical_form_is_refused(value, sentence):
    with pytest.raises(NotCanonical, match=sentence):
        digest({"nested": [{"value": value}]})


def test_a_naive_instant_is_refused():
    with pytest.raises(NotCanonical, match="An instant in a chain is aware"):
        link(GENESIS, 1, NOON.replace(tzinfo=None), {})


def test_one_instant_has_one_link_in_every_time_zone():
    abroad = NOON.astimezone(timezone(timedelta(hours=5)))

    assert link(GENESIS, 1, abroad, {}) == link(GENESIS, 1, NOON, {})


def test_a_link_stays_the_same_for_ever():
    payload = (
        '{"at":"2027-05-03T12:00:00.000000+00:00","facts":{"verb":"released"},'
        f'"previous":"{GENESIS}","sequence":1}}'
    )

    assert link(GENESIS, 1, NOON, {"verb": "released"}) == sha256(payload.encode()).hexdigest()


def test_a_link_covers_all_that_it_is_given():
    links = {
        link(GENESIS, 1, NOON, {}),
        link("1" * 64, 1, NOON, {}),
        link(GENESIS, 2, NOON, {}),
        link(GENESIS, 1, NOON + timedelta(microseconds=1), {}),
        link(GENESIS, 1, NOON, {"verb": "released"}),
    }

    assert len(links) == 5


def test_an_untouched_chain_has_no_faults():
    assert faults(ROWS, HEAD, head_of(ROWS[:3])) == ()


def test_a_chain_that_was_never_begun_has_no_faults():
    assert verify([], None, None) == verify([], Head(0, GENESIS), Head(0, GENESIS)) == ()


def test_an_edited_row_is_found():
    rows = [*ROWS[:2], replace(ROWS[2], facts={"verb": "did nothing"}), *ROWS[3:]]

    assert faults(rows) == (Fault(3, "Row 3 was edited: its hash does not fit what it says."),)


def test_an_edited_row_with_a_hash_to_fit_is_found_by_the_next():
    rows = [*ROWS[:2], relinked(ROWS[2], facts={"verb": "did nothing"}), *ROWS[3:]]

    assert faults(rows) == (Fault(4, "Row 4 does not follow from the row before it."),)


def test_an_edited_last_row_with_a_hash_to_fit_is_found_by_the_head():
    rows = [*ROWS[:4], relinked(ROWS[4], facts={"verb": "did nothing"})]

    assert faults(rows) == (Fault(5, "The head does not fit row 5."),)


def test_facts_that_were_made_unreadable_are_found_and_stop_nothing():
    rows = [replace(ROWS[0], facts={"verb": 0.5}), *ROWS[1:]]

    assert [fault.sequence for fault in faults(rows)] == [1]


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [([0, 2, 3, 4], "Row 2 is missing."), ([0, 3, 4], "Rows 2 to 3 are missing.")],
)
def test_deleted_rows_are_found(kept, sentence):
    assert faults([ROWS[place] for place in kept]) == (Fault(2, sentence),)


def test_a_row_that_was_put_in_is_found():
    slipped_in = relinked(ROWS[2], facts={"verb": "slipped in"})

    assert faults([*ROWS[:3], slipped_in, *ROWS[3:]]) == (Fault(3, "Row 3 stands twice or out of order."),)


def test_a_row_that_was_put_in_with_the_rest_renumbered_is_found():
    slipped_in = relinked(ROWS[2], facts={"verb": "slipped in"})
    renumbered = [replace(row, sequence=row.sequence + 1) for row in ROWS[2:]]

    found = faults([*ROWS[:2], slipped_in, *renumbered])

    assert {fault.sequence for fault in found} == {4, 5, 6}


def test_rows_that_changed_places_are_found():
    rows = [ROWS[0], ROWS[2], ROWS[1], *ROWS[3:]]

    assert faults(rows) == (
        Fault(2, "Row 2 is missing."),
        Fault(2, "Row 2 stands twice or out of order."),
    )


def test_rows_that_exchanged_what_they_say_are_found():
    rows = [
        ROWS[0],
        replace(ROWS[1], facts=ROWS[2].facts),
        replace(ROWS[2], facts=ROWS[1].facts),
        *ROWS[3:],
    ]

    assert [fault.sequence for fault in faults(rows)] == [2, 3]


def test_a_cut_tail_is_found_by_the_head():
    assert faults(ROWS[:3]) == (Fault(4, "The chain was cut after row 3: the head stands at 5."),)


def test_a_tail_cut_with_its_head_is_found_by_the_export():
    assert faults(ROWS[:3], head_of(ROWS[:3]), HEAD) == (
        Fault(4, "The chain was cut after row 3: row 5 was exported."),
    )


def test_an_emptied_chain_without_a_head_is_found_by_the_export():
    assert faults([], None, HEAD) == (Fault(1, "The chain was cut after row 0: row 5 was exported."),)


def test_a_chain_rewritten_with_its_head_is_found_by_the_export():
    forged = chained({"verb": "forged"}, *(row.facts for row in ROWS[1:]))

    assert faults(forged, head_of(forged), head_of(ROWS[:4])) == (
        Fault(4, "Row 4 is not the one that was exported."),
    )


def test_rows_beyond_the_head_are_found():
    assert faults(ROWS, head_of(ROWS[:3])) == (
        Fault(4, "Rows 4 to 5 are beyond the head, which stands at 3."),
    )


def test_rows_without_a_head_are_found():
    assert faults(ROWS, None) == (Fault(1, "Rows 1 to 5 are beyond the head, which stands at 0."),)


chains = st.lists(payloads, min_size=1, max_size=6).map(lambda payloads: chained(*payloads))


@given(chains, st.data())
def test_no_chain_is_accused_wrongly(rows, data):
    exported = head_of(rows[: data.draw(st.integers(0, len(rows)))])

    assert faults(rows, head_of(rows), exported) == ()


@given(chains, st.data())
def test_any_edit_is_found_even_with_a_hash_to_fit(rows, data):
    place = data.draw(st.integers(0, len(rows) - 1))
    facts = {**rows[place].facts, "edited": True}

    for edited in (replace(rows[place], facts=facts), relinked(rows[place], facts=facts)):
        tampered = [*rows[:place], edited, *rows[place + 1 :]]

        assert faults(tampered, head_of(rows)) != ()


@given(chains, st.data())
def test_any_deletion_is_found(rows, data):
    place = data.draw(st.integers(0, len(rows) - 1))

    assert faults(rows[:place] + rows[place + 1 :], head_of(rows)) != ()


@given(chains, payloads, st.data())
def test_any_row_put_in_is_found(rows, facts, data):
    place = data.draw(st.integers(0, len(rows)))
    previous = rows[place - 1].hash if place else GENESIS
    slipped_in = relinked(ChainRow(place + 1, NOON, facts, previous, ""))

    assert faults([*rows[:place], slipped_in, *rows[place:]], head_of(rows)) != ()


@given(chains, st.randoms())
def test_any_other_order_is_found(rows, random):
    mixed = random.sample(rows, len(rows))

    assert (faults(mixed, head_of(rows)) == ()) == (mixed == rows)


@given(chains, st.data())
def test_any_cut_tail_is_found_by_the_head_or_by_the_export(rows, data):
    left = rows[: data.draw(st.integers(0, len(rows) - 1))]

    assert faults(left, head_of(rows), None) != ()
    assert faults(left, head_of(left), head_of(rows)) != ()
