"""A certificate as a credential: what it says, what it keeps to itself, and that a signature covers all of it."""

import hashlib
import json
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.credential import CONTEXTS, Achievement, Aligned, Holder, Issuer, credential
from certificates.printed import PrintedCertificate
from certificates.signing import canonical, proofs
from certificates.signing.canonical import NotCanonical
from certificates.signing.proofs import NotProved
from tests.certificates.signing.test_proofs import changed
from tests.certificates.test_rendering import ADA

LONDON = ZoneInfo("Europe/London")
ISSUER = Issuer("did:web:learn.aldermoor.example:i:aldermoor", "Aldermoor Institute of Commissioning")
HOLDER = Holder("Ada@example.org", "5a17")
CERTIFICATE = uuid.UUID("00000000-0000-4000-8000-000000000001")
SCHEME = uuid.UUID("00000000-0000-4000-8000-000000000002")
FRAME = uuid.UUID("00000000-0000-4000-8000-000000000003")
LISTS = {
    purpose: f"https://learn.aldermoor.example/i/aldermoor/status/1/{purpose}"
    for purpose in ("revocation", "suspension")
}
ACHIEVEMENT = Achievement(
    SCHEME,
    3,
    ["Pass a quiz: Foundations", "Finish a course: Foundations"],
    [Aligned("1.1", "Frame the question", "Commissioning framework", FRAME)],
)


def made(facts: PrintedCertificate = ADA, **fields: Any) -> dict[str, Any]:
    fields = {"identifier": CERTIFICATE, "issuer": ISSUER, "achievement": ACHIEVEMENT, **fields}
    return credential(facts, holder=HOLDER, zone=LONDON, **fields)


def test_it_says_what_the_paper_says_in_the_words_of_the_standard() -> None:
    assert made(status=LISTS, position=7) == {
        "@context": list(CONTEXTS),
        "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Foundations: deciding what to acquire",
        "description": "The holder asks what people need before anything is bought.",
        "issuer": {
            "id": "did:web:learn.aldermoor.example:i:aldermoor",
            "type": ["Profile"],
            "name": "Aldermoor Institute of Commissioning",
        },
        "validFrom": "2026-11-21T00:00:00Z",
        "validUntil": "2029-11-20T23:59:59Z",
        "awardedDate": "2026-11-21T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "hashed": False,
                    "identityHash": "Ada Okonkwo",
                },
                {
                    "type": "IdentityObject",
                    "identityType": "emailAddress",
                    "hashed": True,
                    "salt": "5a17",
                    "identityHash": "sha256$" + hashlib.sha256(b"ada@example.org5a17").hexdigest(),
                },
            ],
            "licenseNumber": "AIC-2026-000417",
            "achievement": {
                "id": "urn:uuid:00000000-0000-4000-8000-000000000002",
                "type": ["Achievement"],
                "achievementType": "Certification",
                "version": "3",
                "name": "Foundations: deciding what to acquire",
                "description": "The holder asks what people need before anything is bought.",
                "criteria": {"narrative": "- Pass a quiz: Foundations\n- Finish a course: Foundations"},
                "tag": ["Foundation level"],
                "inLanguage": "en",
                "alignment": [
                    {
                        "type": ["Alignment"],
                        "targetCode": "1.1",
                        "targetName": "Frame the question",
                        "targetFramework": "Commissioning framework",
                        "targetUrl": "urn:uuid:00000000-0000-4000-8000-000000000003",
                        "targetType": "CFItem",
                    }
                ],
            },
        },
        "credentialSchema": [
            {
                "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
                "type": "1EdTechJsonSchemaValidator2019",
            }
        ],
        "credentialStatus": [
            {
                "id": f"{LISTS[purpose]}#7",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": "7",
                "statusListCredential": LISTS[purpose],
            }
            for purpose in ("revocation", "suspension")
        ],
    }


def test_the_address_of_the_holder_is_in_no_letter_of_it() -> None:
    assert "example.org" not in json.dumps(made()).lower()


def test_a_day_begins_and_ends_as_london_counts_it_in_summer() -> None:
    facts = replace(ADA, valid_from=date(2026, 7, 1), valid_until=date(2027, 6, 30))

    assert made(facts)["validFrom"] == "2026-06-30T23:00:00Z"
    assert made(facts)["validUntil"] == "2027-06-30T22:59:59Z"


def test_what_does_not_expire_has_no_last_day_and_what_is_on_no_list_no_status() -> None:
    assert {"validUntil", "credentialStatus"} & made(replace(ADA, valid_until=None)).keys() == set()


def test_letters_are_joined_to_their_accents() -> None:
    facts = replace(ADA, name="Zoe\u0308  Bright")

    assert made(facts)["credentialSubject"]["identifier"][0]["identityHash"] == "Zo\u00eb Bright"


def test_every_word_of_it_is_signed() -> None:
    key, method = Ed25519PrivateKey.generate(), f"{ISSUER.did}#key"
    proved = proofs.prove(made(status=LISTS, position=7), key, method=method, at=datetime.now(UTC))
    others = list(changed(proved))

    assert len(others) == 49
    for other in others:
        with pytest.raises(NotProved):
            proofs.check(other, {method: key.public_key()})


def test_the_contexts_are_those_that_are_pinned() -> None:
    assert list(CONTEXTS) == list(canonical.PINNED)


def test_a_control_character_in_a_name_is_not_signed() -> None:
    key = Ed25519PrivateKey.generate()
    with pytest.raises(NotCanonical, match="control character"):
        proofs.prove(made(replace(ADA, name="Ada\x08")), key, method="did:web:a#b", at=datetime.now(UTC))
