"""audit_verify finds what was done to the stored trail behind its back."""

import json
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from lms.audit.models import ChainHead, Event, EventWords
from lms.audit.trail import record
from lms.guards import triggers
from lms.people.models import Institute, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(aldermoor: Institute, ines: User, ada: User, at: datetime) -> str:
    """Five events at Aldermoor and one of the site; gives the name of Aldermoor's chain."""
    with transaction.atomic():
        for number in range(5):
            record("person.named", ada, by=ines, at=at, institute=aldermoor, facts={"number": number})
        record("person.named", ada, by=None, at=at)
    return str(aldermoor.uuid)


@pytest.fixture
def export(trail: str, tmp_path: Path) -> Path:
    """The heads as they were exported while all was well."""
    path = tmp_path / "heads.json"
    call_command("audit_verify", export=path, stdout=StringIO())
    return path


def verdict(**options: object) -> list[str]:
    """What the command says, fault by fault; empty when the trail holds."""
    out, refused = StringIO(), ""
    try:
        call_command("audit_verify", stdout=out, **options)
    except CommandError as refusal:
        refused = str(refusal)
    if refused:
        said = out.getvalue().splitlines()
        number = "1 fault" if len(said) == 1 else f"{len(said)} faults"
        assert refused == f"{number} found. Nothing was exported."
        return said
    assert out.getvalue() == "The audit trail holds: 6 events in 2 chains.\n"
    return []


def tamper(change: Callable[[], object]) -> None:
    """Do what somebody with the database in their hands could do."""
    with triggers.lifted():
        change()


def delete(chain: str, sequence: int) -> None:
    rows = Event.objects.filter(chain=chain, sequence=sequence)
    rows._raw_delete(rows.db)


def move(chain: str, sequence: int, to: int) -> None:
    Event.objects.filter(chain=chain, sequence=sequence).update(sequence=to)


def test_an_untouched_trail_holds(trail: str, export: Path) -> None:
    assert verdict() == []
    assert verdict(against=export) == []


def test_an_edited_row_is_found(trail: str) -> None:
    tamper(lambda: Event.objects.filter(chain=trail, sequence=3).update(verb="person.praised"))

    assert verdict() == [f"Chain {trail}: Row 3 was edited: its hash does not fit what it says."]


def test_a_changed_actor_is_found(trail: str, ada: User) -> None:
    tamper(lambda: Event.objects.filter(chain=trail, sequence=2).update(actor=ada.uuid))

    assert verdict() == [f"Chain {trail}: Row 2 was edited: its hash does not fit what it says."]


def test_a_deleted_row_is_found(trail: str) -> None:
    tamper(lambda: delete(trail, 3))

    assert verdict() == [f"Chain {trail}: Row 3 is missing."]


def test_an_inserted_row_is_found(trail: str, at: datetime, ada: User) -> None:
    forged = Event(
        chain=trail, sequence=6, at=at, verb="person.pardoned", subject_kind="user", subject=ada.uuid
    )
    forged.previous_hash = ChainHead.objects.get(chain=trail).hash
    forged.hash = "f" * 64

    forged.save()

    assert verdict() == [
        f"Chain {trail}: Row 6 was edited: its hash does not fit what it says.",
        f"Chain {trail}: Row 6 is beyond the head, which stands at 5.",
    ]


def test_reordered_rows_are_found(trail: str) -> None:
    def swap() -> None:
        move(trail, 2, to=99)
        move(trail, 3, to=2)
        move(trail, 99, to=3)

    tamper(swap)

    said = verdict()
    assert f"Chain {trail}: Row 2 does not follow from the row before it." in said
    assert f"Chain {trail}: Row 3 does not follow from the row before it." in said


def test_a_cut_tail_is_found_against_the_head(trail: str) -> None:
    tamper(lambda: (delete(trail, 5), delete(trail, 4)))

    assert verdict() == [f"Chain {trail}: The chain was cut after row 3: the head stands at 5."]


def test_a_tail_cut_together_with_its_head_is_found_against_the_last_export(trail: str, export: Path) -> None:
    third = Event.objects.get(chain=trail, sequence=3)
    tamper(lambda: (delete(trail, 5), delete(trail, 4)))
    ChainHead.objects.filter(chain=trail).update(sequence=3, hash=third.hash)

    unaware = StringIO()
    call_command("audit_verify", stdout=unaware)

    assert unaware.getvalue() == "The audit trail holds: 4 events in 2 chains.\n"
    assert verdict(against=export) == [f"Chain {trail}: The chain was cut after row 3: row 5 was exported."]


def test_a_chain_that_vanished_whole_is_found_against_the_last_export(trail: str, export: Path) -> None:
    tamper(lambda: [delete("site", 1)])
    ChainHead.objects.filter(chain="site").delete()

    assert verdict(against=export) == ["The site's chain: The chain was cut after row 0: row 1 was exported."]


def test_emptied_words_leave_the_trail_whole(aldermoor: Institute, ada: User, at: datetime) -> None:
    record("person.named", ada, by=ada, at=at, institute=aldermoor, words="because I married")

    EventWords.objects.update(text="")

    out = StringIO()
    call_command("audit_verify", stdout=out)
    assert out.getvalue() == "The audit trail holds: 1 event in 1 chain.\n"


def test_changed_words_and_words_that_vanished_are_found(
    aldermoor: Institute, ada: User, at: datetime
) -> None:
    for reason in ("because I married", "because I moved"):
        record("person.named", ada, by=ada, at=at, institute=aldermoor, words=reason)
    first, second = EventWords.objects.order_by("pk")

    EventWords.objects.filter(pk=first.pk).update(text="because I like it")
    tamper(second.delete)

    assert verdict() == [
        f"Chain {aldermoor.uuid}: The words of row 1 were changed.",
        f"Chain {aldermoor.uuid}: The words of row 2 are missing.",
    ]


def test_heads_are_exported_as_json_and_never_from_a_broken_trail(
    trail: str, export: Path, tmp_path: Path
) -> None:
    head = ChainHead.objects.get(chain=trail)
    tamper(lambda: delete(trail, 3))
    later = tmp_path / "later.json"

    verdict(export=later)

    assert json.loads(export.read_text())[trail] == [5, head.hash]
    assert not later.exists()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"site": 1}', '{"site": ["one", 2]}'])
def test_a_file_that_is_no_export_is_said_plainly(text: str, trail: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.json").write_text(text)

    with pytest.raises(CommandError, match="is not a file that audit_verify --export has written"):
        call_command("audit_verify", against=tmp_path / "wrong.json", stdout=StringIO())


def test_a_missing_file_and_a_folder_that_is_not_there_are_said_plainly(trail: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("audit_verify", against=tmp_path / "none.json", stdout=StringIO())
    with pytest.raises(CommandError, match="cannot be written: No such file"):
        call_command("audit_verify", export=tmp_path / "none" / "heads.json", stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_the_walk_leaves_no_transaction_open(trail: str) -> None:
    assert verdict() == []

    assert not connection.in_atomic_block
    assert Event.objects.count() == 6
