"""A private key at rest opens with the right secret, in its own place, and nowhere else."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certificates.signing import wrapping
from certificates.signing.wrapping import CannotOpen, Wrapped

OLD, NEW = "the secret of last year, long enough", "the secret of this year, long enough"
PLACE = "an institute|a key|seal"


@pytest.fixture(scope="module")
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def plain(key) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def test_a_key_comes_back_as_it_was(key):
    wrapped = wrapping.wrap(key, PLACE, [NEW])

    assert plain(wrapping.unwrap(wrapped, PLACE, [NEW])) == plain(key)
    assert plain(key) not in wrapped.ciphertext


def test_the_same_key_is_never_wrapped_alike(key):
    assert wrapping.wrap(key, PLACE, [NEW]).ciphertext != wrapping.wrap(key, PLACE, [NEW]).ciphertext


def test_a_row_copied_to_another_place_does_not_open(key):
    wrapped = wrapping.wrap(key, PLACE, [NEW])

    with pytest.raises(CannotOpen, match="not wrapped for this place"):
        wrapping.unwrap(wrapped, "another institute|a key|seal", [NEW])


def test_a_changed_row_does_not_open(key):
    wrapped = wrapping.wrap(key, PLACE, [NEW])
    changed = Wrapped(wrapped.under, wrapped.ciphertext[:-1] + bytes([wrapped.ciphertext[-1] ^ 1]))

    with pytest.raises(CannotOpen, match="or was changed"):
        wrapping.unwrap(changed, PLACE, [NEW])


def test_an_older_secret_still_opens_and_is_known_to_be_old(key):
    wrapped = wrapping.wrap(key, PLACE, [OLD])

    assert plain(wrapping.unwrap(wrapped, PLACE, [NEW, OLD])) == plain(key)
    assert wrapping.is_newest(wrapped, [OLD])
    assert not wrapping.is_newest(wrapped, [NEW, OLD])


def test_a_secret_that_was_taken_away_is_missed_by_name(key):
    wrapped = wrapping.wrap(key, PLACE, [OLD])

    with pytest.raises(CannotOpen, match="PIPER_KEY_SECRETS does not hold"):
        wrapping.unwrap(wrapped, PLACE, [NEW])


@pytest.mark.parametrize(
    ("secrets", "sentence"),
    [
        ([], "PIPER_KEY_SECRETS holds no secret, so no certificate can be sealed."),
        (["a password", NEW], "The first secret of PIPER_KEY_SECRETS is shorter than 32 characters."),
    ],
)
def test_nothing_is_wrapped_without_a_secret_worth_the_name(key, secrets, sentence):
    with pytest.raises(CannotOpen) as refusal:
        wrapping.wrap(key, PLACE, secrets)

    assert str(refusal.value) == sentence
