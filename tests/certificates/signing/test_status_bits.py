"""Status lists: read as the standard writes them, and nothing that a stranger sends hurts."""

import base64
import gzip

import pytest

from certificates.signing import status_bits
from certificates.signing.status_bits import ENTRIES, MOST_ENTRIES, NotAList

# The example of the standard: 131,072 bits, none of them set.
OF_THE_STANDARD = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"


def _packed(bits: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits)).decode().rstrip("=")


def test_the_list_of_the_standard_is_read() -> None:
    assert not any(status_bits.is_set(OF_THE_STANDARD, position) for position in (0, 7, 8, ENTRIES - 1))


def test_the_first_bit_is_the_highest_of_the_first_byte() -> None:
    letters = status_bits.encoded([0, 9]).removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4)))
    assert bits == bytes([0x80, 0x40]) + bytes(ENTRIES // 8 - 2)


def test_what_is_set_is_read_back_and_its_neighbours_are_not() -> None:
    ours = status_bits.encoded([7, ENTRIES - 1])
    found = [status_bits.is_set(ours, position) for position in (6, 7, 8, ENTRIES - 2, ENTRIES - 1)]
    assert found == [False, True, False, False, True]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (OF_THE_STANDARD[1:], "The status list does not begin as the standard says."),
        (OF_THE_STANDARD[:-8], "The status list cannot be unpacked."),
        ("u????", "The status list cannot be unpacked."),
        ("uzażółć", "The status list cannot be unpacked."),
        (_packed(bytes(ENTRIES // 8 - 1)), "The status list is shorter than the standard allows."),
        (_packed(bytes(MOST_ENTRIES // 8 + 1)), "The status list is too long."),
        (_packed(bytes(64 << 20)), "The status list is too long."),
    ],
)
def test_no_other_list_is_read(sent: str, said: str) -> None:
    with pytest.raises(NotAList) as refused:
        status_bits.is_set(sent, 0)
    assert str(refused.value) == said


@pytest.mark.parametrize("position", [-1, ENTRIES])
def test_a_position_outside_the_list_is_neither_set_nor_clear(position: int) -> None:
    with pytest.raises(NotAList):
        status_bits.is_set(OF_THE_STANDARD, position)
    with pytest.raises(ValueError, match="no position"):
        status_bits.encoded([position])


def test_a_free_position_is_never_a_taken_one() -> None:
    taken = set(range(ENTRIES // 2))
    assert all(status_bits.free_position(taken) >= ENTRIES // 2 for _ in range(50))


def test_a_list_half_full_gives_no_position() -> None:
    with pytest.raises(ValueError, match="begin another"):
        status_bits.free_position(range(ENTRIES // 2 + 1))
