"""The credential of a certificate: signed with its file, and checked by a stranger with what the site publishes."""

import hashlib
import io
import json
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from django_tasks_db.models import DBTaskResult

from certificates import tasks
from certificates.actions import certificates as lives
from certificates.actions import files, keys
from certificates.credential import hashed
from certificates.models import CertificateFile, SigningKey
from certificates.signing import examining, multibase, proofs, status_bits
from certificates.signing.proofs import NotProved
from tests.factories import certificates as factory

HERE = "http://localhost:8000"


def credential_of(certificate) -> dict:
    file = certificate.files.get(kind="credential")
    return json.loads((Path(settings.MEDIA_ROOT) / file.path).read_bytes())


def fetched(address: str) -> dict:
    return json.loads(Client().get(address.removeprefix(HERE)).content)


def check_as_a_stranger(document: dict) -> None:
    """Check a proof by the keys that the issuer publishes. Raises NotProved."""
    issuer = document["issuer"] if isinstance(document["issuer"], str) else document["issuer"]["id"]
    host, _, institute = issuer.removeprefix("did:web:").partition(":i:")
    assert f"http://{host.replace('%3A', ':')}" == HERE
    found = fetched(f"/i/{institute}/did.json")
    assert found["id"] == issuer
    proofs.check(
        document,
        {
            each["id"]: multibase.public_key(each["publicKeyMultibase"])
            for each in found["verificationMethod"]
            if each["id"] in found["assertionMethod"]
        },
    )


def statuses(document: dict) -> dict[str, bool]:
    """What each status list says of a credential; the lists are checked as it is."""
    found = {}
    for entry in document["credentialStatus"]:
        listed = fetched(entry["statusListCredential"])
        check_as_a_stranger(listed)
        subject = listed["credentialSubject"]
        assert (listed["id"], subject["statusPurpose"]) == (
            entry["statusListCredential"],
            entry["statusPurpose"],
        )
        bit = status_bits.is_set(subject["encodedList"], int(entry["statusListIndex"]))
        found[entry["statusPurpose"]] = bit
    return found


def test_a_certificate_is_issued_with_its_credential(certificate, at):
    file = certificate.files.get(kind="credential")

    content = (Path(settings.MEDIA_ROOT) / file.path).read_bytes()
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (file.key.purpose, file.key.institute) == ("credential", certificate.institute)
    assert file.tools.keys() == {"PyLD", "cryptography"}
    assert file.made_at == at


def test_the_paper_carries_it_byte_for_byte_under_its_seal(certificate, at):
    paper, credential = (certificate.files.get(kind=kind) for kind in ("pdf", "credential"))
    media = Path(settings.MEDIA_ROOT)
    pdf = (media / paper.path).read_bytes()

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (file,) = opened.Root.AF
        assert file.EF.F.read_bytes() == (media / credential.path).read_bytes()
    roots = [each.x509 for each in paper.key.all_above()[-1:]]
    assert examining.examine(pdf, roots, at=at).faults == ()


def test_it_says_what_the_register_says(certificate, ada):
    document = credential_of(certificate)

    subject = document["credentialSubject"]
    name, address = subject["identifier"]
    achievement = subject["achievement"]
    version = certificate.version
    assert document["id"] == certificate.uuid.urn
    assert document["issuer"]["name"] == certificate.facts["institute"]
    assert (name["identityHash"], subject["licenseNumber"]) == ("Ada Bright", certificate.number)
    assert address["identityHash"] == hashed(ada.email, address["salt"])
    assert len(address["salt"]) == 32
    assert achievement["criteria"]["narrative"] == f"- Pass a quiz: {version.asked[0].title}"
    assert [
        (each["targetCode"], each["targetName"], each["targetFramework"], each["targetUrl"])
        for each in achievement["alignment"]
    ] == [
        (each.code, each.title, each.domain.framework.title, each.uuid.urn)
        for each in version.competencies.all()
    ]
    assert ada.email not in json.dumps(document)


def test_letters_beyond_ascii_are_escaped_and_still_signed(quiz_scheme, enrolment, quiz, rosa, at):
    certificate = factory.certificate(enrolment, quiz, by=rosa, at=at, name="Zoë Łęcka")

    file = certificate.files.get(kind="credential")
    document = credential_of(certificate)
    assert (Path(settings.MEDIA_ROOT) / file.path).read_bytes().isascii()
    assert document["credentialSubject"]["identifier"][0]["identityHash"] == "Zoë Łęcka"
    check_as_a_stranger(document)


def test_a_stranger_checks_it_with_what_the_site_publishes(certificate):
    document = credential_of(certificate)
    tasks.sign_status_lists.call(certificate.institute_id)

    check_as_a_stranger(document)

    assert statuses(document) == {"revocation": False, "suspension": False}
    with pytest.raises(NotProved, match="changed under its proof"):
        check_as_a_stranger({**document, "name": "Lead commissioner"})


def test_the_first_certificate_has_the_lists_signed_and_the_second_finds_them(
    quiz_scheme, foundations, aldermoor, rosa, at
):
    first, second = factory.granted(foundations, 2, by=rosa, at=at)
    waiting = DBTaskResult.objects.filter(task_path="certificates.tasks.sign_status_lists")

    files.file_certificate(first, at=at)
    assert [job.args_kwargs["args"] for job in waiting] == [[aldermoor.pk]]
    tasks.sign_status_lists.call(aldermoor.pk)
    files.file_certificate(second, at=at)

    assert waiting.count() == 1
    assert statuses(credential_of(second)) == {"revocation": False, "suspension": False}


def test_one_that_is_suspended_and_then_revoked_is_found_so(certificate, rosa, at):
    document = credential_of(certificate)
    lives.suspend(certificate, by=rosa, at=at, reason="Fraud is alleged.")
    tasks.sign_status_lists.call(certificate.institute_id)
    assert statuses(document) == {"revocation": False, "suspension": True}

    lives.revoke(certificate, by=rosa, at=at, reason="Fraud.")
    tasks.sign_status_lists.call(certificate.institute_id)
    assert statuses(document) == {"revocation": True, "suspension": False}


def test_a_retired_key_is_trusted_still_and_a_lost_one_no_more(certificate, ines, at):
    document, key = credential_of(certificate), SigningKey.objects.get(purpose="credential")
    keys.retire(key, by=ines, at=at)
    check_as_a_stranger(document)

    keys.compromise(key, by=ines, at=at)

    with pytest.raises(NotProved, match="key that is not known here"):
        check_as_a_stranger(document)


def test_what_a_key_signed_while_it_was_given_up_is_not_given_out(
    quiz_scheme, foundations, rosa, at, monkeypatch
):
    (granted,) = factory.granted(foundations, 1, by=rosa, at=at)
    keep = files.keep

    def keep_and_learn_of_the_theft(path, content):
        keep(path, content)
        monkeypatch.undo()
        keys.compromise(SigningKey.objects.get(purpose="credential"), by=rosa, at=at)

    monkeypatch.setattr(files, "keep", keep_and_learn_of_the_theft)
    with pytest.raises(files.NotAsPromised, match="was given up meanwhile"):
        files.file_certificate(granted, at=at)
    assert not granted.events.exists()
    assert not CertificateFile.objects.exists()

    files.file_certificate(granted, at=at)
    check_as_a_stranger(credential_of(granted))


def test_words_that_no_signature_would_cover_issue_nothing(foundations, quiz, rosa, at):
    factory.scheme(foundations, quiz, statement="has shown that they\x08can.")
    (granted,) = factory.granted(foundations, 1, by=rosa, at=at)

    with pytest.raises(files.NotAsPromised) as refusal:
        files.file_certificate(granted, at=at)

    assert str(refusal.value) == (
        "Certificate AIC-2026-00001 was made wrongly. Its credential: It contains a control character."
    )
    assert not granted.events.exists()
