"""What a stranger downloads to check seals with tools of their own."""

from pathlib import Path

import pytest
from cryptography import x509
from django.conf import settings
from django.test import Client

from certificates.actions import keys
from certificates.models import CertificateFile
from certificates.signing import did, examining, multibase

pytestmark = pytest.mark.django_db


def downloaded(institute: str) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(Client().get(f"/i/{institute}/seals.pem").content)


def test_a_stranger_checks_a_certificate_with_what_they_downloaded(certificate, at):
    file = CertificateFile.objects.get(kind="pdf")
    pdf = (Path(settings.MEDIA_ROOT) / file.path).read_bytes()

    root, authority = downloaded("aldermoor")

    file.key.x509.verify_directly_issued_by(authority)
    authority.verify_directly_issued_by(root)
    assert examining.examine(pdf, [root], at=at).faults == ()


def test_any_page_may_read_it_and_a_cache_keep_it_for_an_hour(certificate):
    response = Client().get("/i/aldermoor/seals.pem")

    assert response["Content-Type"] == "application/x-pem-file"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "PRIVATE" not in response.content.decode()


def test_a_retired_authority_is_listed_still_and_a_lost_one_no_more(certificate, ines, at):
    first = CertificateFile.objects.get(kind="pdf").key
    keys.retire(first, by=ines, at=at)
    keys.retire(first.above, by=ines, at=at)
    second = keys.seal_of(certificate.institute, at=at)
    assert downloaded("aldermoor")[1:] == [first.above.x509, second.above.x509]

    keys.compromise(first.above, by=ines, at=at)

    assert downloaded("aldermoor")[1:] == [second.above.x509]


@pytest.mark.parametrize("institute", ["fenwick", "nowhere"])
def test_an_institute_that_has_sealed_nothing_has_nothing_to_show(fenwick, institute):
    assert Client().get(f"/i/{institute}/seals.pem").status_code == 404


def test_it_takes_one_statement_however_many_authorities_there_are(
    certificate, ines, at, django_assert_num_queries
):
    for _ in range(30):
        seal = keys.seal_of(certificate.institute, at=at)
        keys.retire(seal, by=ines, at=at)
        keys.retire(seal.above, by=ines, at=at)

    with django_assert_num_queries(1):
        assert len(downloaded("aldermoor")) == 31


def document(institute: str = "aldermoor") -> dict:
    return Client().get(f"/i/{institute}/did.json").json()


def test_the_document_of_an_institute_names_the_key_that_signs(aldermoor, at):
    key = multibase.multikey(keys.credential_key_of(aldermoor, at=at).ed25519)
    aldermoor_did = "did:web:localhost%3A8000:i:aldermoor"

    response = Client().get("/i/aldermoor/did.json")

    assert response.json() == did.document(aldermoor_did, [key])
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_retired_key_stays_in_the_document_and_a_lost_one_is_taken_out(aldermoor, ines, at):
    first = keys.credential_key_of(aldermoor, at=at)
    keys.retire(first, by=ines, at=at)
    second = keys.credential_key_of(aldermoor, at=at)
    assert document()["assertionMethod"] == [
        f"{document()['id']}#{multibase.multikey(each.ed25519)}" for each in (first, second)
    ]

    keys.compromise(first, by=ines, at=at)
    keys.compromise(second, by=ines, at=at)

    assert (document()["verificationMethod"], document()["assertionMethod"]) == ([], [])


@pytest.mark.parametrize("institute", ["fenwick", "nowhere"])
def test_an_institute_that_has_signed_nothing_has_no_document(aldermoor, fenwick, at, institute):
    keys.credential_key_of(aldermoor, at=at)
    keys.seal_of(fenwick, at=at)

    assert Client().get(f"/i/{institute}/did.json").status_code == 404


def test_the_document_takes_one_statement(aldermoor, ines, at, django_assert_num_queries):
    for _ in range(30):
        keys.retire(keys.credential_key_of(aldermoor, at=at), by=ines, at=at)

    with django_assert_num_queries(1):
        assert len(document()["assertionMethod"]) == 30
