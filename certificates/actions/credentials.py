"""A certificate's credential, out of the register: its facts, its institute's identifier, its place on the status lists."""

import json
import secrets
import uuid
from datetime import datetime

from django.utils import timezone

from certificates.actions import keys, status
from certificates.credential import Achievement, Aligned, Holder, Issuer, credential
from certificates.models import Certificate, SchemeVersion, SigningKey
from certificates.printed import PrintedCertificate

SALT_BYTES = 16


def proved(certificate: Certificate, facts: PrintedCertificate, key: SigningKey, *, at: datetime) -> bytes:
    """Return the credential with its proof as JSON. Raises NotCanonical where a word of it would not be signed."""
    from certificates.signing import proofs  # PyLD, which only workers need to load

    place = status.place_of(certificate)
    document = credential(
        facts,
        identifier=certificate.uuid,
        issuer=Issuer(keys.identifier_of(certificate.institute.slug), facts.institute),
        achievement=_achievement(certificate.version, facts),
        holder=Holder(certificate.learner.email, secrets.token_hex(SALT_BYTES)),
        zone=timezone.get_default_timezone(),
        status=place.addresses,
        position=place.position,
    )
    signed = proofs.prove(document, keys.open_credential_key(key), method=keys.method_of(key), at=at)
    # Letters beyond ASCII are escaped: wallets have read credentials in the wrong encoding.
    return json.dumps(signed, separators=(",", ":")).encode()


def check(proved: bytes, key: SigningKey) -> None:
    """Raise NotProved unless this key has signed the whole of a credential."""
    from certificates.signing import proofs  # as above

    proofs.check(json.loads(proved), {keys.method_of(key): key.ed25519})


def _achievement(version: SchemeVersion, facts: PrintedCertificate) -> Achievement:
    """The scheme as it was: no version of one is ever edited, so its number tells which it was."""
    rows = version.competencies.select_related("domain__framework")
    competencies = [
        Aligned(code, title, row.domain.framework.title, row.uuid)
        for (code, title), row in zip(facts.competencies, rows, strict=True)
    ]
    criteria = [
        ", ".join(filter(None, (f"{each.get_kind_display()}: {each.title}", each.more_words)))
        for each in version.asked
    ]
    identifier = uuid.uuid5(version.scheme.uuid, str(version.number))
    return Achievement(identifier, version.number, criteria, competencies)
