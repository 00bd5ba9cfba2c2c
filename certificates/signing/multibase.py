"""Bytes as base58btc, the way verifiable credentials write keys and signatures (Multibase, Multikey)."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PREFIX = "z"
# What is longer than a signature or a key is neither; decoding takes the square of its length.
LONGEST = 128
ED25519 = b"\xed\x01"


def encode(raw: bytes) -> str:
    """Return bytes in base58btc with the letter that says so."""
    number, letters = int.from_bytes(raw), ""
    while number:
        number, place = divmod(number, len(ALPHABET))
        letters = ALPHABET[place] + letters
    noughts = len(raw) - len(raw.lstrip(b"\0"))
    return PREFIX + ALPHABET[0] * noughts + letters


def decode(text: str) -> bytes:
    """Return the bytes of what `encode` has written. Raises ValueError for anything else."""
    letters = text.removeprefix(PREFIX)
    if not text.startswith(PREFIX) or len(text) > LONGEST or not set(letters) <= set(ALPHABET):
        raise ValueError("This is not base58btc.")
    number = 0
    for letter in letters:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    noughts = len(letters) - len(letters.lstrip(ALPHABET[0]))
    return bytes(noughts) + number.to_bytes((number.bit_length() + 7) // 8)


def multikey(key: Ed25519PublicKey) -> str:
    """Return a public key as a Multikey."""
    return encode(ED25519 + key.public_bytes_raw())


def public_key(text: str) -> Ed25519PublicKey:
    """Return the public key of a Multikey. Raises ValueError for a key of any other kind."""
    raw = decode(text)
    if not raw.startswith(ED25519):
        raise ValueError("This is not an Ed25519 key.")
    return Ed25519PublicKey.from_public_bytes(raw.removeprefix(ED25519))
