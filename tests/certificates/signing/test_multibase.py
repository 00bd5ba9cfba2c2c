"""Keys and signatures as credentials write them."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from certificates.signing import multibase


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        # The vectors of the Internet-Draft on base58, and noughts, which are a case of their own.
        (b"Hello World!", "z2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "z11233QC4"),
        (b"", "z"),
        (b"\0", "z1"),
    ],
)
def test_bytes_are_written_as_others_write_them(raw: bytes, written: str) -> None:
    assert multibase.encode(raw) == written
    assert multibase.decode(written) == raw


@given(st.binary(max_size=80))
def test_what_is_written_is_read_back(raw: bytes) -> None:
    assert multibase.decode(multibase.encode(raw)) == raw


@pytest.mark.parametrize("strange", ["", "2NEpo7TZRRrLZSi2U", "z0", "zl", "zé", "z" + "2" * 128])
def test_anything_else_is_refused(strange: str) -> None:
    with pytest.raises(ValueError, match="not base58btc"):
        multibase.decode(strange)


def test_a_public_key_is_written_and_read_as_multikey() -> None:
    key = Ed25519PrivateKey.generate().public_key()

    assert multibase.multikey(key).startswith("z6Mk")
    assert multibase.public_key(multibase.multikey(key)) == key


def test_a_key_of_another_kind_is_refused() -> None:
    # P-256, of the W3C's own vectors.
    with pytest.raises(ValueError, match="not an Ed25519 key"):
        multibase.public_key("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP")
