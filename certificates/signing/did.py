"""An institute's decentralised identifier (did:web) and the document under it, which says by which keys it signs."""

from collections.abc import Iterable
from typing import Any

CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def did_web(site: str, institute: str) -> str:
    """Return the identifier whose document lies at `<site>/i/<institute>/did.json`; a port is written with its colon escaped."""
    host = site.partition("://")[2].replace(":", "%3A")
    return f"did:web:{host}:i:{institute}"


def method(did: str, multikey: str) -> str:
    """Return the name of a key in the document: verifiers of 1EdTech read the key itself from it."""
    return f"{did}#{multikey}"


def document(did: str, multikeys: Iterable[str]) -> dict[str, Any]:
    """Return the document of an issuer. What a key that is not in it has signed does not count."""
    methods = [
        {"id": method(did, key), "type": "Multikey", "controller": did, "publicKeyMultibase": key}
        for key in multikeys
    ]
    return {
        "@context": CONTEXTS,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }
