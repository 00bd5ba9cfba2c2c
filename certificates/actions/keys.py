"""The keys of institutes: made when one is first needed, replaced when their years are over, retired, wrapped anew."""

import contextlib
import hashlib
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db import IntegrityError, transaction

from certificates.models import SigningKey
from certificates.signing import chains, did, multibase, wrapping
from lms.audit import trail
from lms.people.models import Institute, User
from lms.people.refusals import Refusal

Purpose = SigningKey.Purpose
YEARS = {**{Purpose(kind): term.signs for kind, term in chains.TERMS.items()}, Purpose.CREDENTIAL: 5}
ABOVE = {Purpose.SEAL: Purpose.AUTHORITY, Purpose.AUTHORITY: Purpose.ROOT}


class AlreadyRetired(Refusal):
    """A key is retired once."""


def seal_of(institute: Institute, *, at: datetime) -> SigningKey:
    """The key that seals an institute's certificate files now, made with all above it where there is none.

    Two workers at once get the same one. Raises CannotOpen where the site has no secret to keep keys under.
    """
    return _of(Purpose.SEAL, institute, at)


def credential_key_of(institute: Institute, *, at: datetime) -> SigningKey:
    """The key that signs an institute's credentials now, made where there is none; otherwise as `seal_of`."""
    return _of(Purpose.CREDENTIAL, institute, at)


def open_key(key: SigningKey) -> ec.EllipticCurvePrivateKey:
    """The private half of a key with a certificate, for as long as it is needed in memory. Raises CannotOpen."""
    return _opened(key)  # type: ignore[return-value]


def open_credential_key(key: SigningKey) -> Ed25519PrivateKey:
    """The private half of a key of credentials, likewise."""
    return _opened(key)  # type: ignore[return-value]


def identifier_of(slug: str) -> str:
    """The decentralised identifier (did:web) of the institute with this slug."""
    return did.did_web(settings.PIPER_BASE_URL, slug)


def method_of(key: SigningKey) -> str:
    """The name of a key of credentials in its institute's document."""
    return did.method(identifier_of(key.institute.slug), multibase.multikey(key.ed25519))  # type: ignore[union-attr]  # it has one


def retire(key: SigningKey, *, by: User | None, at: datetime) -> None:
    """Never sign with this key again; what it has signed counts as before. The next file makes a new one."""
    with transaction.atomic():
        if not SigningKey.objects.filter(pk=key.pk, retired_at=None).update(retired_at=at):
            raise AlreadyRetired("This key has been retired already.")
        _record("key.retired", key, by=by, at=at)


def compromise(key: SigningKey, *, by: User | None, at: datetime) -> None:
    """Somebody else may have signed with this key: nothing counts that it, or a key certified by it, has signed."""
    with transaction.atomic():
        lost = [key, *key.all_below()]
        unknown = SigningKey.objects.filter(pk__in=[each.pk for each in lost], compromised_at=None)
        for each in unknown:
            SigningKey.objects.filter(pk=each.pk).update(retired_at=each.retired_at or at, compromised_at=at)
            _record("key.compromised", each, by=by, at=at)


def rewrap(*, at: datetime) -> int:
    """Wrap anew what lies under an older secret; returns how many keys that were. May run twice."""
    done = 0
    for key in SigningKey.objects.select_related("institute"):
        if wrapping.is_newest(key.wrapped, settings.PIPER_KEY_SECRETS):
            continue
        wrapped = wrapping.wrap(_opened(key), key.place, settings.PIPER_KEY_SECRETS)
        with transaction.atomic():
            unchanged = SigningKey.objects.filter(pk=key.pk, wrapped_under=key.wrapped_under)
            if unchanged.update(ciphertext=wrapped.ciphertext, wrapped_under=wrapped.under):
                _record("key.wrapped_anew", key, by=None, at=at)
                done += 1
    return done


def _opened(key: SigningKey) -> PrivateKeyTypes:
    return wrapping.unwrap(key.wrapped, key.place, settings.PIPER_KEY_SECRETS)


def _of(purpose: Purpose, institute: Institute, at: datetime) -> SigningKey:
    if found := _in_use(purpose, institute, at):
        return found
    for _ in Purpose:
        # At each link of the chain another worker may be first; then theirs is found the next time.
        with contextlib.suppress(IntegrityError), transaction.atomic():
            return _key(purpose, institute, at)
    with transaction.atomic():
        return _key(purpose, institute, at)


def _in_use(purpose: Purpose, owner: Institute | None, at: datetime) -> SigningKey | None:
    keys = SigningKey.objects.select_related("institute", "above__above")
    return keys.filter(institute=owner, purpose=purpose, retired_at=None, signs_until__gt=at).first()


def _key(purpose: Purpose, institute: Institute, at: datetime) -> SigningKey:
    """The key in use, or a new one under those above it; one whose years are over is retired."""
    owner = None if purpose == Purpose.ROOT else institute
    if found := _in_use(purpose, owner, at):
        return found
    above = _key(ABOVE[purpose], institute, at) if purpose in ABOVE else None
    # By its years, or a key that another worker has made just now would be retired with them.
    for outlived in SigningKey.objects.filter(
        institute=owner, purpose=purpose, retired_at=None, signs_until__lte=at
    ):
        retire(outlived, by=None, at=at)
    return _made(purpose, owner, above, at)


def _made(purpose: Purpose, owner: Institute | None, above: SigningKey | None, at: datetime) -> SigningKey:
    key = SigningKey(institute=owner, purpose=purpose, above=above, made_at=at)
    private = _credential_half(key) if purpose == Purpose.CREDENTIAL else _certified_half(key)
    key.signs_until = chains.later(at, YEARS[purpose])
    wrapped = wrapping.wrap(private, key.place, settings.PIPER_KEY_SECRETS)
    key.ciphertext, key.wrapped_under = wrapped.ciphertext, wrapped.under
    key.save()
    _record("key.made", key, by=None, at=at)
    return key


def _certified_half(key: SigningKey) -> PrivateKeyTypes:
    """A new private half; the key is given the certificate of it, from above."""
    body = key.institute.name if key.institute else settings.PIPER_BASE_URL.partition("://")[2]
    issuer = chains.Certified(key.above.x509, open_key(key.above)) if key.above else None
    made = chains.certified(key.purpose, body, issuer, key.made_at)
    key.certificate = made.certificate.public_bytes(Encoding.DER)
    key.fingerprint = chains.fingerprint(made.certificate)
    return made.key


def _credential_half(key: SigningKey) -> PrivateKeyTypes:
    """A new private half; the key is given the public one."""
    private = Ed25519PrivateKey.generate()
    key.public_key = private.public_key().public_bytes_raw()
    key.fingerprint = hashlib.sha256(key.public_key).hexdigest()
    return private


def _record(verb: str, key: SigningKey, *, by: User | None, at: datetime) -> None:
    facts = {"purpose": str(key.purpose), "fingerprint": key.fingerprint}
    trail.record(verb, key, by=by, at=at, institute=key.institute, facts=facts)
