"""The bits of a Bitstring Status List (W3C, version 1.0): one for each certificate, set where it is revoked or suspended."""

import base64
import binascii
import secrets
import zlib
from collections.abc import Collection, Iterable

# As many as the standard asks for at least, so that whoever fetches the list does not tell whom they ask about.
ENTRIES = 131_072
# A stranger's list may be longer than ours, but not so long that unpacking it hurts.
MOST_ENTRIES = 8 * ENTRIES
PREFIX = "u"  # multibase: base64 for addresses, without padding
GZIP = 16 + zlib.MAX_WBITS


class NotAList(Exception):
    """An encoded list cannot be read; the message says why."""


def encoded(positions: Iterable[int]) -> str:
    """Return a list with these bits set, as it stands in a credential; equal lists are equal letter for letter."""
    bits = bytearray(ENTRIES // 8)
    for position in positions:
        if not 0 <= position < ENTRIES:
            raise ValueError(f"A status list has no position {position}.")
        bits[position // 8] |= _mask(position)
    packer = zlib.compressobj(level=9, wbits=GZIP)
    return PREFIX + base64.urlsafe_b64encode(packer.compress(bits) + packer.flush()).decode().rstrip("=")


def is_set(encoded_list: str, position: int) -> bool:
    """Return the bit at a position of somebody's list. Raises NotAList, also where the list is too short for it."""
    bits = _unpacked(encoded_list)
    if not 0 <= position < 8 * len(bits):
        raise NotAList("The status list has no such position.")
    return bool(bits[position // 8] & _mask(position))


def free_position(taken: Collection[int]) -> int:
    """Return a position that is not taken, by chance: in order, it would tell when each certificate was issued."""
    if len(taken) * 2 > ENTRIES:
        raise ValueError("More than half of the status list is taken: begin another.")
    while (position := secrets.randbelow(ENTRIES)) in taken:
        pass
    return position


def _mask(position: int) -> int:
    """The first bit of a byte is its highest."""
    return 0x80 >> position % 8


def _unpacked(encoded_list: str) -> bytes:
    if not encoded_list.startswith(PREFIX):
        raise NotAList("The status list does not begin as the standard says.")
    unpacker = zlib.decompressobj(GZIP)
    try:
        letters = encoded_list.removeprefix(PREFIX)
        packed = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
        bits = unpacker.decompress(packed, MOST_ENTRIES // 8 + 1)
    except (binascii.Error, ValueError, zlib.error) as broken:
        raise NotAList("The status list cannot be unpacked.") from broken
    if len(bits) > MOST_ENTRIES // 8:
        raise NotAList("The status list is too long.")
    if not unpacker.eof or unpacker.unused_data:
        raise NotAList("The status list cannot be unpacked.")
    if len(bits) < ENTRIES // 8:
        raise NotAList("The status list is shorter than the standard allows.")
    return bits
