"""Looking at a seal as a stranger does, who has the file and the certificates of the roots that they trust.

Imports pyHanko, see `sealing`.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.signing.sealing import as_asn1, at_once

UNREADABLE = "The file cannot be read as PDF."
UNSEALED = "The file carries no seal."
TWICE = "The file carries more than one signature."
NOT_A_SEAL = "The signature is not a seal that forbids every change."
CHANGED = "The file was changed under its seal."
ADDED_TO = "Something was added to the file after it was sealed."
FOREIGN = "The seal is not one of ours."
OUTLIVED = "The certificate of the key that sealed the file has ended, so the seal alone proves nothing."

OUT_OF_TIME = {AdESIndeterminate.OUT_OF_BOUNDS_NO_POE, AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED}


@dataclass(frozen=True)
class Finding:
    """What was found: nothing against the file where `faults` is empty. `fingerprint` names the sealing certificate."""

    faults: tuple[str, ...]
    fingerprint: str = ""
    sealed_at: datetime | None = None


def examine(pdf: bytes, roots: Iterable[x509.Certificate], *, at: datetime) -> Finding:
    """Return what there is to say against a file's seal, checked offline against these roots at this time."""
    try:
        signatures = list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
        if len(signatures) != 1:
            return Finding((TWICE if signatures else UNSEALED,))
        return _examined(signatures[0], roots, at)
    except Exception:  # noqa: BLE001 - whatever a forged file does to a parser, it is no file to trust
        return Finding((UNREADABLE,))


def _examined(signature: EmbeddedPdfSignature, roots: Iterable[x509.Certificate], at: datetime) -> Finding:
    trusted = ValidationContext(
        trust_roots=list(map(as_asn1, roots)), moment=at, allow_fetching=False, revocation_mode="soft-fail"
    )
    status = at_once(async_validate_pdf_signature(signature, trusted))
    return Finding(
        tuple(_faults(signature, status)),
        signature.signer_cert.sha256.hex(),
        signature.self_reported_timestamp,
    )


def _faults(signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> Iterator[str]:
    if not (status.intact and status.valid):
        yield CHANGED
        return  # of a broken signature nothing more can be said
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE or status.modification_level not in (
        None,
        ModificationLevel.NONE,
    ):
        yield ADDED_TO
    if signature.docmdp_level != MDPPerm.NO_CHANGES:
        yield NOT_A_SEAL
    if not status.trusted:
        yield OUTLIVED if status.trust_problem_indic in OUT_OF_TIME else FOREIGN
