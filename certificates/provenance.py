"""Where a file comes from: the register knows it byte for byte, or its seal says what became of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from certificates.models import CertificateFile, SigningKey

Origin = Literal["issued", "altered", "foreign", "outlived", "unsealed", "unreadable", "unlisted", "given_up"]

# A reader looks for these letters in the first kilobyte; without them nobody's reader opens the file.
BEGINNING, ROOM_BEFORE_IT = b"%PDF-", 1024


@dataclass(frozen=True)
class Provenance:
    """What a file turned out to be; `file` is the register's own row of it, `fault` what the seal has to say."""

    origin: Origin
    file: CertificateFile | None = None
    fault: str = ""


def trace(pdf: bytes, *, at: datetime) -> Provenance:
    """Say where a file comes from. The register is asked first: it is stricter than any seal."""
    known = CertificateFile.objects.filter(sha256=hashlib.sha256(pdf).hexdigest())
    if file := known.select_related("certificate__institute").first():
        return Provenance("issued", file)
    if BEGINNING not in pdf[:ROOM_BEFORE_IT]:
        return Provenance("unreadable")
    from certificates.signing import apart, examining  # pyHanko, which no other page needs to load

    origins: dict[str, Origin] = {
        examining.UNREADABLE: "unreadable",
        examining.UNSEALED: "unsealed",
        examining.FOREIGN: "foreign",
        examining.OUTLIVED: "outlived",
    }
    keys = SigningKey.objects.filter(compromised_at=None)
    roots = [key.x509 for key in keys.filter(purpose=SigningKey.Purpose.ROOT)]
    finding = apart.examine_apart(pdf, roots, at=at)
    if finding.faults:
        return Provenance(origins.get(finding.faults[0], "altered"), fault=finding.faults[0])
    in_trust = keys.filter(fingerprint=finding.fingerprint, purpose=SigningKey.Purpose.SEAL)
    return Provenance("unlisted" if in_trust.exists() else "given_up")
