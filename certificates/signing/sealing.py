"""Setting an institute's seal under a finished file: a certifying PAdES signature that allows no change afterwards.

Everything is at hand (key, chain and file), nothing is asked of the network. There is no time-stamping service, so the
time in the seal is the institute's own word (PAdES B-B).

pyHanko takes a third of a second to load: whoever imports this module does so where it is needed, in a worker.
"""

import asyncio
import io
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from types import MappingProxyType
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko_certvalidator.registry import SimpleCertificateStore

# What a signature with its chain of three takes, with room to spare; measured, it is 3.1 kB.
BYTES_FOR_SIGNATURE = 4608


@dataclass(frozen=True)
class Seal:
    """A private key that seals, its certificate, and those above it up to the site's root."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    above: Sequence[x509.Certificate]


def seal(pdf: bytes, by: Seal, *, field: str, at: datetime) -> bytes:
    """Return the file with the seal in its empty field; what stood there before is kept byte for byte."""
    signer = _OurSigner(
        PdfSignatureMetadata(
            field_name=field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        ),
        _signer(by),
        at,
    )
    signing = signer.async_sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        existing_fields_only=True,
        bytes_reserved=2 * BYTES_FOR_SIGNATURE,  # it is written in hexadecimal
    )
    return bytes(at_once(signing).getvalue())


@cache
def tool_versions() -> Mapping[str, str]:
    """Return what a seal is made with."""
    return MappingProxyType({package: version(package) for package in ("pyhanko", "cryptography")})


def at_once(work: Coroutine[Any, Any, Any]) -> Any:
    """Run what is written for an event loop in a thread of its own: where one runs already, a second is refused."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        return aside.submit(asyncio.run, work).result()


class _OurSigner(PdfSigner):
    """Signs at the time it is given, and leaves the file PDF 1.7: PDF/A-3 knows no other."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(metadata, signer)
        self.at = at

    def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:  # noqa: ARG002 theirs
        pdf_out.register_extension(ESIC_EXTENSION_1)

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self.at
        return session


def _signer(by: Seal) -> SimpleSigner:
    above: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # theirs has no types
    above.register_multiple(map(as_asn1, by.above))
    key = by.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(as_asn1(by.certificate), keys.PrivateKeyInfo.load(key), above)


def as_asn1(certificate: x509.Certificate) -> asn1.Certificate:
    """The same certificate in the library that pyHanko is written with."""
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
