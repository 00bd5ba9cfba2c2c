"""Status lists: each certificate has a place, the bit on it follows its life, and no list grows old."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from certificates import tasks
from certificates.actions import certificates as lives
from certificates.actions import keys, status
from certificates.models import SigningKey, StatusList, StatusPlace
from certificates.signing import proofs, status_bits
from certificates.signing.did import method
from certificates.signing.multibase import multikey
from tests.factories import certificates as factory

DID = "did:web:localhost%3A8000:i:aldermoor"
LISTS = "http://localhost:8000/i/aldermoor/status/1"


@pytest.fixture
def issued(quiz_scheme, foundations, rosa, at):
    """Three certificates in force."""
    return factory.issued(foundations, 3, by=rosa, at=at)


def signed(purpose: str, number: int = 1) -> dict:
    """The list as a stranger fetches it, its proof checked by the keys in the institute's document."""
    document = Client().get("/i/aldermoor/did.json").json()
    found = Client().get(f"/i/aldermoor/status/{number}/{purpose}").json()
    key = SigningKey.objects.filter(purpose="credential").latest("pk")
    assert method(DID, multikey(key.ed25519)) in document["assertionMethod"]
    proofs.check(found, {method(DID, multikey(key.ed25519)): key.ed25519})
    return found


def bits(certificate) -> tuple[bool, bool]:
    """Whether a certificate is revoked, and whether it is suspended, as a stranger reads it."""
    at = certificate.status_place.position
    lists = (signed(purpose)["credentialSubject"]["encodedList"] for purpose in ("revocation", "suspension"))
    revoked, suspended = (status_bits.is_set(each, at) for each in lists)
    return revoked, suspended


def waiting() -> list[list[int]]:
    jobs = DBTaskResult.objects.filter(task_path="certificates.tasks.sign_status_lists")
    return [job.args_kwargs["args"] for job in jobs]


def test_each_certificate_takes_a_place_as_it_enters_the_register(issued, aldermoor):
    places = StatusPlace.objects.all()

    assert {each.certificate for each in places} == set(issued)
    assert {(each.institute, each.number) for each in places} == {(aldermoor, 1)}
    assert len({each.position for each in places}) == 3
    assert [status.place_of(each) for each in issued] == [each.status_place for each in issued]


def test_a_list_that_is_half_full_is_followed_by_another(
    issued, quiz_scheme, foundations, rosa, at, monkeypatch
):
    monkeypatch.setattr(status, "MOST_ON_A_LIST", 3)

    (fourth,) = factory.granted(foundations, 1, by=rosa, at=at)

    assert fourth.status_place.number == 2


def test_a_place_is_taken_once_and_kept(issued):
    first, second, _ = (each.status_place for each in issued)
    second.position, second.pk = first.position, None
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    for wrong in (StatusPlace.objects.all().delete, lambda: StatusPlace.objects.update(position=1)):
        with pytest.raises(DatabaseError, match=r"only ever added to|protected"), transaction.atomic():
            wrong()


def test_the_list_says_what_the_standard_asks_for(issued, aldermoor, at):
    status.sign_lists(aldermoor, at=at)

    found = signed("suspension")

    assert found == {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": f"{LISTS}/suspension",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": DID,
        "validFrom": proofs.instant(at),
        "validUntil": proofs.instant(at + timedelta(days=7)),
        "credentialSubject": {
            "id": f"{LISTS}/suspension#list",
            "type": "BitstringStatusList",
            "statusPurpose": "suspension",
            "encodedList": status_bits.encoded([]),
        },
        "proof": found["proof"],
    }
    assert issued[0].status_place.addresses == {
        "revocation": f"{LISTS}/revocation",
        "suspension": f"{LISTS}/suspension",
    }


def test_the_bits_follow_the_life_of_a_certificate(issued, aldermoor, rosa, at):
    one, other, _ = issued
    lives.suspend(one, by=rosa, at=at, reason="Fraud is alleged.")
    lives.revoke(other, by=rosa, at=at, reason="Fraud.")
    status.sign_lists(aldermoor, at=at)
    assert [bits(each) for each in issued] == [(False, True), (True, False), (False, False)]

    lives.reinstate(one, by=rosa, at=at, reason="It was not.")
    status.sign_lists(aldermoor, at=at)
    assert [bits(each) for each in issued] == [(False, False), (True, False), (False, False)]


def test_what_is_replaced_or_was_never_issued_is_as_good_as_revoked(issued, foundations, aldermoor, rosa, at):
    (void,) = factory.granted(foundations, 1, by=rosa, at=at)
    lives.stop(void, by=rosa, at=at, reason="Fraud.")
    issued[0].events.create(position=2, kind="superseded", by=rosa, at=at)
    status.sign_lists(aldermoor, at=at)

    assert [bits(each) for each in (void, issued[0], issued[1])] == [
        (True, False),
        (True, False),
        (False, False),
    ]


def test_a_change_has_the_lists_signed_and_being_issued_is_none(issued, aldermoor, rosa, at):
    assert waiting() == []

    lives.suspend(issued[0], by=rosa, at=at, reason="Fraud is alleged.")

    assert waiting() == [[aldermoor.pk]]
    tasks.sign_status_lists.call(aldermoor.pk)
    assert bits(issued[0]) == (False, True)


def test_lists_are_renewed_when_they_are_a_day_old_or_their_key_is_lost(issued, aldermoor, ines, at):
    status.sign_lists(aldermoor, at=at)
    assert status.renew_lists(at + timedelta(hours=23)) == 0
    assert status.renew_lists(at + timedelta(hours=24)) == 1
    assert waiting() == [[aldermoor.pk]]

    keys.compromise(StatusList.objects.first().key, by=ines, at=at)
    assert status.renew_lists(at + timedelta(hours=1)) == 1
    status.sign_lists(aldermoor, at=at + timedelta(hours=1))
    assert status.renew_lists(at + timedelta(hours=1)) == 0
    assert bits(issued[0]) == (False, False)


def test_an_institute_signs_its_own_lists_alone(issued, aldermoor, fenwick, at):
    status.sign_lists(aldermoor, at=at)
    status.sign_lists(fenwick, at=at)

    assert {each.institute for each in StatusList.objects.all()} == {aldermoor}
    for address in (
        "fenwick/status/1/revocation",
        "aldermoor/status/2/revocation",
        "aldermoor/status/1/other",
    ):
        assert Client().get(f"/i/{address}").status_code == 404


def test_a_cache_keeps_a_list_for_five_minutes(issued, aldermoor, at, django_assert_num_queries):
    status.sign_lists(aldermoor, at=at)

    with django_assert_num_queries(1):
        response = Client().get("/i/aldermoor/status/1/revocation")

    assert response["Content-Type"] == "application/ld+json"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("count", [1, 30])
def test_signing_takes_as_many_statements_for_one_as_for_thirty(
    quiz_scheme, foundations, aldermoor, rosa, at, count, django_assert_num_queries
):
    for each in factory.issued(foundations, count, by=rosa, at=at):
        lives.suspend(each, by=rosa, at=at, reason="All of them.")
    status.sign_lists(aldermoor, at=at)

    with django_assert_num_queries(14):
        status.sign_lists(aldermoor, at=at)
