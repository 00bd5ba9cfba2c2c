"""Private keys at rest.

Each is encrypted under a key that is derived from a secret of the site's settings, and bound to its place: a row copied
to another institute, or to another purpose, does not open. Secrets are a list, the newest first; whichever of them
wrapped a key opens it, so a secret is replaced by putting another before it and wrapping anew.
"""

import secrets as randomness
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

# HKDF stretches a random secret, it does not strengthen a password.
SHORTEST_SECRET = 32
PURPOSE_OF_DERIVATION = b"piper: signing keys at rest, 1"
KEY_BYTES, NAME_BYTES, NONCE_BYTES = 32, 8, 12


class CannotOpen(Exception):
    """A private key cannot be read; the message tells the operator why."""


@dataclass(frozen=True)
class Wrapped:
    """An encrypted private key, and the name of what it was encrypted under."""

    under: str
    ciphertext: bytes


def wrap(key: PrivateKeyTypes, place: str, secrets: Sequence[str]) -> Wrapped:
    """Encrypt a private key under the newest secret. Raises CannotOpen where there is none to trust."""
    if problem := problem_with(secrets):
        raise CannotOpen(problem)
    under, cipher = _derived(secrets[0])
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    nonce = randomness.token_bytes(NONCE_BYTES)
    return Wrapped(under, nonce + cipher.encrypt(nonce, plain, place.encode()))


def unwrap(wrapped: Wrapped, place: str, secrets: Sequence[str]) -> PrivateKeyTypes:
    """Return the private key that was wrapped for this place. Raises CannotOpen."""
    for under, cipher in map(_derived, secrets):
        if under == wrapped.under:
            nonce, sealed = wrapped.ciphertext[:NONCE_BYTES], wrapped.ciphertext[NONCE_BYTES:]
            try:
                return load_der_private_key(cipher.decrypt(nonce, sealed, place.encode()), password=None)
            except InvalidTag as foreign:
                raise CannotOpen("This key was not wrapped for this place, or was changed.") from foreign
    raise CannotOpen("This key was wrapped under a secret that PIPER_KEY_SECRETS does not hold.")


def is_newest(wrapped: Wrapped, secrets: Sequence[str]) -> bool:
    """Whether a key lies under the newest secret."""
    return bool(secrets) and wrapped.under == _derived(secrets[0])[0]


def problem_with(secrets: Sequence[str]) -> str:
    """Return a sentence on what is wrong with the secrets of a site, or an empty one."""
    if not secrets:
        return "PIPER_KEY_SECRETS holds no secret, so no certificate can be sealed."
    if len(secrets[0]) < SHORTEST_SECRET:
        return f"The first secret of PIPER_KEY_SECRETS is shorter than {SHORTEST_SECRET} characters."
    return ""


def _derived(secret: str) -> tuple[str, AESGCM]:
    """A name and a cipher, both from the secret; the name tells nothing of either."""
    derivation = HKDF(SHA256(), KEY_BYTES + NAME_BYTES, salt=None, info=PURPOSE_OF_DERIVATION)
    derived = derivation.derive(secret.encode())
    return derived[KEY_BYTES:].hex(), AESGCM(derived[:KEY_BYTES])
