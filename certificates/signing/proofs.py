"""Data Integrity proofs of the suite eddsa-rdfc-2022 (W3C, version 1.0): set under a credential, and checked.

Imports PyLD, see `canonical`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from types import MappingProxyType
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from certificates.signing import multibase
from certificates.signing.canonical import Document, NotCanonical, statements

TYPE, SUITE, PURPOSE = "DataIntegrityProof", "eddsa-rdfc-2022", "assertionMethod"


class NotProved(Exception):
    """A document is not as its issuer signed it; the message says why."""


def prove(document: Document, key: Ed25519PrivateKey, *, method: str, at: datetime) -> dict[str, Any]:
    """Return the document with a proof by the key that is known as `method`. Raises NotCanonical."""
    proof = {
        "type": TYPE,
        "cryptosuite": SUITE,
        "created": instant(at),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    signature = key.sign(_hashes(document, proof))
    return {**document, "proof": {**proof, "proofValue": multibase.encode(signature)}}


def check(proved: Document, keys: Mapping[str, Ed25519PublicKey]) -> None:
    """Raise NotProved unless one of these keys, by the names of their methods, has signed the whole document."""
    proof = proved.get("proof")
    if not isinstance(proof, dict):
        raise NotProved("It does not carry exactly one proof.")
    stated = (proof.get("type"), proof.get("cryptosuite"), proof.get("proofPurpose"))
    if stated != (TYPE, SUITE, PURPOSE):
        raise NotProved("Its proof is of a kind that is not checked here.")
    method = proof.get("verificationMethod")
    key = keys.get(method) if isinstance(method, str) else None
    if key is None:
        raise NotProved("Its proof is by a key that is not known here.")
    document = {name: value for name, value in proved.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        key.verify(multibase.decode(str(proof.get("proofValue"))), _hashes(document, options))
    except NotCanonical as why:
        raise NotProved(str(why)) from why
    except (InvalidSignature, ValueError) as broken:
        raise NotProved("It was changed under its proof.") from broken


def instant(at: datetime) -> str:
    """A moment as credentials write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@cache
def tool_versions() -> Mapping[str, str]:
    """Return what a proof is made with."""
    return MappingProxyType({package: version(package) for package in ("PyLD", "cryptography")})


def _hashes(document: Document, options: Document) -> bytes:
    """What is signed: the proof's own statements first, in the document's words, then the document's."""
    options = {"@context": document.get("@context"), **options}
    return sha256(statements(options)).digest() + sha256(statements(document)).digest()
