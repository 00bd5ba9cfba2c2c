"""An institute's keys of credentials: beside the chain of its seals and not of it."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from certificates.actions import keys
from certificates.models import SigningKey
from certificates.signing import chains, wrapping
from lms.audit.models import Event

OTHER_SECRET = "another secret of more than thirty-two characters"


def told() -> list[tuple[str, str]]:
    events = Event.objects.filter(verb__startswith="key.").order_by("pk")
    return [(event.verb, event.facts["fingerprint"]) for event in events]


def test_the_first_need_makes_it_alone_and_records_it(aldermoor, at, django_assert_num_queries):
    key = keys.credential_key_of(aldermoor, at=at)

    assert (key.purpose, key.above, key.certificate) == ("credential", None, None)
    assert list(SigningKey.objects.all()) == [key]
    assert told() == [("key.made", key.fingerprint)]
    with django_assert_num_queries(1):
        assert keys.credential_key_of(aldermoor, at=at) == key


def test_each_institute_has_its_own_and_a_seal_beside_it(aldermoor, fenwick, at):
    mine, theirs = keys.credential_key_of(aldermoor, at=at), keys.credential_key_of(fenwick, at=at)
    keys.seal_of(aldermoor, at=at)

    assert mine.public_key != theirs.public_key
    assert keys.credential_key_of(aldermoor, at=at) == mine


def test_the_private_half_opens_in_its_place_and_belongs_to_the_public_one(aldermoor, fenwick, at):
    mine, theirs = keys.credential_key_of(aldermoor, at=at), keys.credential_key_of(fenwick, at=at)
    mine.refresh_from_db()
    assert keys.open_credential_key(mine).public_key() == mine.ed25519

    SigningKey.objects.filter(pk=theirs.pk).update(ciphertext=mine.ciphertext)
    theirs.refresh_from_db()
    with pytest.raises(wrapping.CannotOpen, match="not wrapped for this place"):
        keys.open_credential_key(theirs)


def test_after_five_years_another_signs(aldermoor, at):
    old = keys.credential_key_of(aldermoor, at=at)
    much_later = chains.later(at, 5)

    new = keys.credential_key_of(aldermoor, at=much_later)

    old.refresh_from_db()
    assert (old.retired_at, old.compromised_at) == (much_later, None)
    assert told()[1:] == [("key.retired", old.fingerprint), ("key.made", new.fingerprint)]


def test_a_root_that_is_given_up_does_not_take_it_along(aldermoor, ines, at):
    key, seal = keys.credential_key_of(aldermoor, at=at), keys.seal_of(aldermoor, at=at)

    keys.compromise(seal.above.above, by=ines, at=at)

    assert list(SigningKey.objects.filter(compromised_at=None)) == [key]


def test_one_that_is_given_up_signs_no_more_and_its_seal_does(aldermoor, ines, at):
    key, seal = keys.credential_key_of(aldermoor, at=at), keys.seal_of(aldermoor, at=at)

    keys.compromise(key, by=ines, at=at)

    assert keys.credential_key_of(aldermoor, at=at) != key
    assert keys.seal_of(aldermoor, at=at) == seal


def test_it_is_wrapped_anew_with_the_others(aldermoor, settings, at):
    key = keys.credential_key_of(aldermoor, at=at)
    keys.seal_of(aldermoor, at=at)
    settings.PIPER_KEY_SECRETS = [OTHER_SECRET, *settings.PIPER_KEY_SECRETS]

    assert keys.rewrap(at=at) == 4

    settings.PIPER_KEY_SECRETS = [OTHER_SECRET]
    key.refresh_from_db()
    assert keys.open_credential_key(key).public_key() == key.ed25519


def test_whoever_keeps_the_site_sees_it(aldermoor, at, capsys):
    key = keys.credential_key_of(aldermoor, at=at)

    call_command("keys")

    assert f"{key.fingerprint[:16]}  Key of credentials, {aldermoor.name}: made" in capsys.readouterr().out


def test_its_public_half_is_never_another(aldermoor, at):
    mine = SigningKey.objects.filter(pk=keys.credential_key_of(aldermoor, at=at).pk)

    for wrong in (mine.delete, lambda: mine.update(public_key=b"another")):
        with pytest.raises(DatabaseError, match=r"only ever added to|protected"), transaction.atomic():
            wrong()


def test_a_key_is_known_by_a_certificate_or_by_its_public_half(aldermoor, at):
    for key in (keys.seal_of(aldermoor, at=at), keys.credential_key_of(aldermoor, at=at)):
        key.pk, key.uuid, key.fingerprint = None, "3f1c0b7e-7b5f-4f0e-9c1e-5d2f6f0a9b11", "twin"
        key.retired_at, key.certificate, key.public_key = at, b"a certificate", b"a public half"
        with pytest.raises(IntegrityError), transaction.atomic():
            key.save()
