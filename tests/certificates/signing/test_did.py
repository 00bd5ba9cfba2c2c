"""The identifier of an institute and its document."""

import pytest

from certificates.signing import did


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("https://learn.aldermoor.example", "did:web:learn.aldermoor.example:i:aldermoor"),
        ("http://localhost:8000", "did:web:localhost%3A8000:i:aldermoor"),
    ],
)
def test_an_identifier_leads_to_its_document(site: str, expected: str) -> None:
    assert did.did_web(site, "aldermoor") == expected


def test_a_document_lists_each_key_and_lets_it_sign_credentials() -> None:
    aldermoor = "did:web:learn.aldermoor.example:i:aldermoor"

    assert did.document(aldermoor, ["z6MkOne", "z6MkTwo"]) == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": aldermoor,
        "verificationMethod": [
            {
                "id": f"{aldermoor}#{key}",
                "type": "Multikey",
                "controller": aldermoor,
                "publicKeyMultibase": key,
            }
            for key in ("z6MkOne", "z6MkTwo")
        ],
        "assertionMethod": [f"{aldermoor}#z6MkOne", f"{aldermoor}#z6MkTwo"],
    }
