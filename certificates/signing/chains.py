"""Certificates of keys (X.509): the site's root certifies an institute's authority, which certifies the institute's seal.

No certificate outlives the one above it, so each key signs only for the first years of its term. A seal that was set in
the last of them can still be checked for fifteen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID, ObjectIdentifier

LONGEST_NAME = 64  # bytes that X.509 allows
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
ADOBE_AUTHENTIC_DOCUMENTS = ObjectIdentifier("1.2.840.113583.1.1.5")


@dataclass(frozen=True)
class Term:
    """How many years a certificate holds, and for how many of them its key signs."""

    holds: int
    signs: int


TERMS: Mapping[str, Term] = MappingProxyType(
    {"root": Term(50, 15), "authority": Term(35, 15), "seal": Term(20, 5)}
)


CLOCKS_DIFFER = timedelta(hours=1)  # of two workers the one may seal with what the other has made just now
NAMES = {"root": "Root of Piper at {}", "authority": "Authority of {}", "seal": "{}"}


@dataclass(frozen=True)
class Certified:
    """A certificate and the private key that belongs to it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def certified(kind: str, body: str, above: Certified | None, at: datetime) -> Certified:
    """Make a key of this kind for a body and have it certified from above; a root certifies itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(kind, body)
    begins = at.replace(microsecond=0) - CLOCKS_DIFFER
    signer = above.key if above else key
    builder = (
        x509.CertificateBuilder()
        .serial_number(x509.random_serial_number())
        .subject_name(subject)
        .issuer_name(above.certificate.subject if above else subject)
        .public_key(key.public_key())
        .not_valid_before(begins)
        .not_valid_after(later(begins, TERMS[kind].holds))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    for extension, critical in _rights(kind):
        builder = builder.add_extension(extension, critical)
    return Certified(builder.sign(signer, SHA256()), key)


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate: a name that no other one has."""
    return certificate.fingerprint(SHA256()).hex()


def later(at: datetime, years: int) -> datetime:
    """The same day so many years later; the 29th of February becomes the 28th."""
    day = 28 if (at.month, at.day) == (2, 29) else at.day
    return at.replace(year=at.year + years, day=day)


def _name(kind: str, body: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _short(body)),
            x509.NameAttribute(NameOID.COMMON_NAME, _short(NAMES[kind].format(body))),
        ]
    )


def _short(name: str) -> str:
    encoded = name.encode()
    if len(encoded) <= LONGEST_NAME:
        return name
    return encoded[: LONGEST_NAME - 3].decode(errors="ignore") + "..."


def _rights(kind: str) -> list[tuple[x509.ExtensionType, bool]]:
    """What the key may do and nothing else: certify down to the seal, or seal documents."""
    if kind == "seal":
        return [
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (_usage(digital_signature=True, content_commitment=True), True),
            (x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ADOBE_AUTHENTIC_DOCUMENTS]), False),
        ]
    return [
        (x509.BasicConstraints(ca=True, path_length=1 if kind == "root" else 0), True),
        (_usage(key_cert_sign=True, crl_sign=True), True),
    ]


def _usage(**granted: bool) -> x509.KeyUsage:
    every = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{right: granted.get(right, False) for right in every})
