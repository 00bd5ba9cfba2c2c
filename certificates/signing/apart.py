"""Examining a stranger's file in a process of its own: what it does to the parser, it does to that process alone."""

import base64
import json
import resource
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certificates.signing.examining import UNREADABLE, Finding, examine

SECONDS = 10
MEGABYTES = 1024
ROOT = Path(__file__).resolve().parents[2]


def examine_apart(pdf: bytes, roots: Iterable[x509.Certificate], *, at: datetime) -> Finding:
    """Examine a file as `examine` does; one that takes too long or too much memory is not readable."""
    trusted = [base64.b64encode(root.public_bytes(Encoding.DER)).decode() for root in roots]
    asked = {"roots": trusted, "at": at.isoformat(), "seconds": SECONDS, "megabytes": MEGABYTES}
    try:
        answered = subprocess.run(  # noqa: S603 - our own words, no shell
            [sys.executable, "-m", __name__],
            input=json.dumps(asked).encode() + b"\n" + pdf,
            capture_output=True,
            check=True,
            cwd=ROOT,
            timeout=2 * SECONDS,
        )
        said = json.loads(answered.stdout)
    except (subprocess.SubprocessError, ValueError):
        return Finding((UNREADABLE,))
    sealed_at = said["sealed_at"] and datetime.fromisoformat(said["sealed_at"])
    return Finding(tuple(said["faults"]), said["fingerprint"], sealed_at)


def _answer() -> None:
    question, _, pdf = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(question)
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (asked["megabytes"] << 20, asked["megabytes"] << 20))
    roots = [x509.load_der_x509_certificate(base64.b64decode(each)) for each in asked["roots"]]
    found = examine(pdf, roots, at=datetime.fromisoformat(asked["at"]))
    answer = {"faults": found.faults, "fingerprint": found.fingerprint, "sealed_at": found.sealed_at}
    sys.stdout.write(json.dumps(answer, default=datetime.isoformat))


if __name__ == "__main__":
    _answer()
