"""An institute's keys: made at the first need, replaced in time, retired and never deleted, worth nothing when lost."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from certificates.actions import files, keys
from certificates.models import CertificateFile, SigningKey
from certificates.signing import chains, examining, wrapping
from lms.audit.models import Event
from tests.factories import certificates as factory

OTHER_SECRET = "another secret of more than thirty-two characters"


def purposes(**filters) -> list[str]:
    return list(SigningKey.objects.filter(**filters).order_by("pk").values_list("purpose", flat=True))


def told() -> list[tuple[str, str]]:
    events = Event.objects.filter(verb__startswith="key.").order_by("pk")
    return [(event.verb, event.facts["purpose"]) for event in events]


def test_the_first_need_makes_the_whole_chain_and_records_it(aldermoor, at):
    seal = keys.seal_of(aldermoor, at=at)

    assert [each.purpose for each in (seal, *seal.all_above())] == ["seal", "authority", "root"]
    assert purposes() == ["root", "authority", "seal"]
    assert told() == [("key.made", "root"), ("key.made", "authority"), ("key.made", "seal")]
    assert list(Event.objects.filter(verb="key.made").order_by("pk").values_list("chain", flat=True)) == [
        *("site", str(aldermoor.uuid), str(aldermoor.uuid)),
    ]


def test_the_second_need_finds_it(aldermoor, at, django_assert_num_queries):
    first = keys.seal_of(aldermoor, at=at)

    with django_assert_num_queries(1):
        found = keys.seal_of(aldermoor, at=at)
        assert (found, len(found.all_above())) == (first, 2)


def test_institutes_share_the_root_and_nothing_else(aldermoor, fenwick, at):
    one, other = keys.seal_of(aldermoor, at=at), keys.seal_of(fenwick, at=at)

    assert one.above != other.above
    assert one.above.above == other.above.above
    assert purposes() == ["root", "authority", "seal", "authority", "seal"]


def test_the_private_half_opens_and_belongs_to_the_certificate(aldermoor, at):
    seal = keys.seal_of(aldermoor, at=at)

    assert keys.open_key(seal).public_key() == seal.x509.public_key()


def test_a_private_half_copied_to_another_institute_does_not_open(aldermoor, fenwick, at):
    mine, theirs = keys.seal_of(aldermoor, at=at), keys.seal_of(fenwick, at=at)
    SigningKey.objects.filter(pk=theirs.pk).update(ciphertext=mine.ciphertext)
    theirs.refresh_from_db()

    with pytest.raises(wrapping.CannotOpen, match="not wrapped for this place"):
        keys.open_key(theirs)


def test_without_a_secret_nothing_is_made(aldermoor, settings, at):
    settings.PIPER_KEY_SECRETS = []

    with pytest.raises(wrapping.CannotOpen, match="holds no secret"):
        keys.seal_of(aldermoor, at=at)

    assert not SigningKey.objects.exists()


def test_after_five_years_another_key_seals_under_the_same_authority(aldermoor, at):
    old = keys.seal_of(aldermoor, at=at)
    much_later = chains.later(at, chains.TERMS["seal"].signs)

    new = keys.seal_of(aldermoor, at=much_later)

    old.refresh_from_db()
    assert (old.retired_at, old.compromised_at) == (much_later, None)
    assert (new.above, purposes(retired_at=None)) == (old.above, ["root", "authority", "seal"])
    assert told()[3:] == [("key.retired", "seal"), ("key.made", "seal")]


def test_after_fifteen_years_a_new_chain_stands_beside_the_old_one(aldermoor, at):
    keys.seal_of(aldermoor, at=at)
    much_later = chains.later(at, chains.TERMS["root"].signs)

    new = keys.seal_of(aldermoor, at=much_later)

    assert purposes(retired_at=None) == ["root", "authority", "seal"]
    assert purposes(retired_at=much_later) == ["root", "authority", "seal"]
    assert new.x509.not_valid_after_utc <= new.above.above.x509.not_valid_after_utc


def test_a_retired_key_seals_nothing_more_and_what_it_sealed_still_holds(certificate, rosa, at):
    file = CertificateFile.objects.get(kind="pdf")
    keys.retire(file.key, by=rosa, at=at)

    assert keys.seal_of(certificate.institute, at=at) != file.key
    root = file.key.all_above()[-1]
    assert examining.examine(content(file), [root.x509], at=at).faults == ()
    assert told()[4:5] == [("key.retired", "seal")]


def test_a_key_is_retired_once(aldermoor, rosa, at):
    seal = keys.seal_of(aldermoor, at=at)
    keys.retire(seal, by=rosa, at=at)

    with pytest.raises(keys.AlreadyRetired):
        keys.retire(seal, by=rosa, at=at + timedelta(days=1))

    seal.refresh_from_db()
    assert seal.retired_at == at


def test_a_lost_authority_takes_its_seals_with_it_and_no_other_institutes(aldermoor, fenwick, ines, at):
    seal, other = keys.seal_of(aldermoor, at=at), keys.seal_of(fenwick, at=at)
    keys.retire(seal, by=ines, at=at)
    an_hour_later = at + timedelta(hours=1)

    keys.compromise(seal.above, by=ines, at=an_hour_later)

    lost = SigningKey.objects.filter(compromised_at=an_hour_later).order_by("pk")
    assert [(each.purpose, each.retired_at) for each in lost] == [
        ("authority", an_hour_later),
        ("seal", at),
    ]
    assert keys.seal_of(fenwick, at=an_hour_later) == other
    assert keys.seal_of(aldermoor, at=an_hour_later).above != seal.above


def test_what_a_key_sealed_while_it_was_given_up_is_not_given_out(
    quiz_scheme, foundations, rosa, at, settings, monkeypatch
):
    (granted,) = factory.granted(foundations, 1, by=rosa, at=at)
    keep = files.keep

    def keep_and_learn_of_the_theft(path, content):
        keep(path, content)
        monkeypatch.undo()
        keys.compromise(SigningKey.objects.get(purpose="seal"), by=rosa, at=at)

    monkeypatch.setattr(files, "keep", keep_and_learn_of_the_theft)

    with pytest.raises(files.NotAsPromised, match="was given up meanwhile"):
        files.file_certificate(granted, at=at)

    assert not granted.events.exists()
    # What a worker that failed has left lies there until a file counts: another's may be about to.
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))) == 1
    file = files.file_certificate(granted, at=at)
    assert file.key.compromised_at is None
    assert [path.stem for path in Path(settings.MEDIA_ROOT).rglob("*.pdf")] == [file.sha256]


def test_keys_are_wrapped_anew_under_a_newer_secret_and_open_without_the_old_one(aldermoor, settings, at):
    seal = keys.seal_of(aldermoor, at=at)
    settings.PIPER_KEY_SECRETS = [OTHER_SECRET, *settings.PIPER_KEY_SECRETS]

    assert keys.rewrap(at=at) == 3
    assert keys.rewrap(at=at) == 0

    settings.PIPER_KEY_SECRETS = [OTHER_SECRET]
    seal.refresh_from_db()
    assert keys.open_key(seal).public_key() == seal.x509.public_key()


def test_a_key_is_neither_deleted_nor_given_another_certificate(aldermoor, at):
    seal = keys.seal_of(aldermoor, at=at)
    mine = SigningKey.objects.filter(pk=seal.pk)

    for wrong in (mine.delete, lambda: mine.update(certificate=b"another"), lambda: mine.update(above=None)):
        with pytest.raises(DatabaseError, match=r"only ever added to|protected"), transaction.atomic():
            wrong()


def test_the_database_keeps_one_key_in_use_for_each_purpose(aldermoor, at):
    seal = keys.seal_of(aldermoor, at=at)
    root = SigningKey.objects.get(purpose="root")

    for twin in (seal, root):
        twin.pk, twin.uuid, twin.fingerprint = (
            None,
            "3f1c0b7e-7b5f-4f0e-9c1e-5d2f6f0a9b11",
            f"{twin.purpose}-twin",
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()


def content(file: CertificateFile) -> bytes:
    return (Path(settings.MEDIA_ROOT) / file.path).read_bytes()
