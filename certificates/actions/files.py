"""Making a certificate's files, outside any transaction, as often as it takes, and keeping them once."""

import hashlib
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from certificates import finishing, lifecycle, proofing, rendering
from certificates.actions import certificates, credentials, keys, status
from certificates.models import Certificate, CertificateFile, SigningKey
from certificates.rendering import CannotRender, PrintedCertificate
from certificates.signing import wrapping
from lms import disk
from lms.jobs.queue import enqueue

# What has no file after this long is queued again: its worker died, or the page could not be set.
PATIENCE = timedelta(minutes=5)
JOB = "certificates.file_certificate"
ENDINGS = {".pdf", ".json"}


class NotAsPromised(CannotRender):
    """The finished file does not say or open what it must, so nobody is given it."""


def file_certificate(certificate: Certificate, *, at: datetime) -> CertificateFile | None:
    """Make, sign and keep the files and, with them, issue the certificate: files, event and e-mail exist together.

    May run twice, or in two workers at once: there is one file of each kind and one event. Returns the PDF, or
    None for a certificate that was voided meanwhile. Raises CannotRender, also where a finished file does not
    stand up to a reading, and CannotOpen where a key of the institute cannot be used; the number stays, the sweep
    tries again.
    """
    if file := _pdf_of(certificate):
        return file
    parts = made(certificate, at=at)
    for part in parts:
        keep(Path(settings.MEDIA_ROOT) / part.path, part.content)
    try:
        with transaction.atomic():
            _refuse_lost_keys(parts)
            CertificateFile.objects.bulk_create(part.row(certificate, at) for part in parts)
            certificates.follow(certificate, "issued", by=None, at=at)
            status.tell_of_new_list(status.place_of(certificate))
    except (IntegrityError, certificates.MayNotFollow):
        # Another worker was first, or the certificate was voided while this one drew.
        pass
    # Only now that it is settled which files count: before, another worker's may be about to.
    _drop_what_does_not_count(certificate)
    return _pdf_of(certificate)


@dataclass(frozen=True)
class Part:
    """One file of a certificate before it counts: what it is, what made it, and who signed it."""

    kind: CertificateFile.Kind
    path: str
    content: bytes
    sha256: str
    tools: Mapping[str, str]
    key: SigningKey

    def row(self, certificate: Certificate, at: datetime) -> CertificateFile:
        return CertificateFile(
            certificate=certificate,
            kind=self.kind,
            path=self.path,
            size=len(self.content),
            sha256=self.sha256,
            made_at=at,
            tools=dict(self.tools),
            key=self.key,
        )


def made(certificate: Certificate, *, at: datetime) -> list[Part]:
    """Make each file of the certificate, and read it again as a stranger would."""
    credential = _credential_of(certificate, at)
    return [credential, _paper_of(certificate, credential.content, at)]


def _paper_of(certificate: Certificate, credential: bytes, at: datetime) -> Part:
    from certificates.signing import examining, sealing  # pyHanko, which only workers need to load

    facts, key = printed(certificate), keys.seal_of(certificate.institute, at=at)
    above = [each.x509 for each in key.all_above()]
    seal = sealing.Seal(keys.open_key(key), key.x509, above)
    page = rendering.render_certificate(facts, credential)
    pdf = sealing.seal(page, seal, field=finishing.SEAL_FIELD, at=at)
    finding = examining.examine(pdf, above[-1:], at=at)
    if faults := [*proofing.faults(pdf, facts.verify_url, credential), *finding.faults]:
        raise _not_as_promised(certificate, " ".join(faults))
    tools = {**rendering.tool_versions(), **sealing.tool_versions()}
    return _part(certificate, CertificateFile.Kind.PDF, "pdf", pdf, tools, key)


def _credential_of(certificate: Certificate, at: datetime) -> Part:
    from certificates.signing import canonical, proofs  # PyLD, likewise

    key = keys.credential_key_of(certificate.institute, at=at)
    try:
        proved = credentials.proved(certificate, printed(certificate), key, at=at)
        credentials.check(proved, key)
    except (canonical.NotCanonical, proofs.NotProved) as fault:
        raise _not_as_promised(certificate, f"Its credential: {fault}") from fault
    return _part(certificate, CertificateFile.Kind.CREDENTIAL, "json", proved, proofs.tool_versions(), key)


def _part(
    certificate: Certificate,
    kind: CertificateFile.Kind,
    ending: str,
    content: bytes,
    tools: Mapping[str, str],
    key: SigningKey,
) -> Part:
    sha256 = hashlib.sha256(content).hexdigest()
    return Part(kind, f"{_folder(certificate)}/{sha256}.{ending}", content, sha256, tools, key)


def _pdf_of(certificate: Certificate) -> CertificateFile | None:
    return certificate.files.filter(kind=CertificateFile.Kind.PDF).first()


def _not_as_promised(certificate: Certificate, faults: str) -> NotAsPromised:
    return NotAsPromised(f"Certificate {certificate.number} was made wrongly. {faults}")


def _refuse_lost_keys(parts: Iterable[Part]) -> None:
    """What was signed while somebody learned that the key is compromised is not given out."""
    used = [part.key.pk for part in parts]
    if SigningKey.objects.filter(pk__in=used, compromised_at__isnull=False).exists():
        raise NotAsPromised(
            "The key that sealed this file was given up meanwhile; the next try takes another."
        )


def _folder(certificate: Certificate) -> str:
    return f"certificates/{certificate.uuid}"


def _drop_what_does_not_count(certificate: Certificate) -> None:
    """Remove what a slower worker, or one that died, has left: no two seals are alike, and one file counts."""
    media = Path(settings.MEDIA_ROOT)
    counting = {media / path for path in certificate.files.values_list("path", flat=True)}
    for path in (media / _folder(certificate)).iterdir():
        if path.suffix in ENDINGS and path not in counting:
            path.unlink(missing_ok=True)


def printed(certificate: Certificate) -> PrintedCertificate:
    """The facts as rendering takes them, whatever has been renamed since they were written down."""
    facts = certificate.facts
    until = facts["valid_until"]
    return PrintedCertificate(
        **{
            **facts,
            "competencies": tuple((code, title) for code, title in facts["competencies"]),
            "issued_on": date.fromisoformat(facts["issued_on"]),
            "valid_from": date.fromisoformat(facts["valid_from"]),
            "valid_until": date.fromisoformat(until) if until else None,
            "design": certificate.version.design,
        }
    )


def enqueue_missing(at: datetime) -> int:
    """Queue again what has waited too long for its file and has no job waiting; returns how many.

    Without Pango, or a secret to keep keys under, there is nothing to try.
    """
    if rendering.pango_problem() or wrapping.problem_with(settings.PIPER_KEY_SECRETS):
        return 0
    waiting = DBTaskResult.objects.filter(
        task_path="certificates.tasks.file_certificate", status__in=["READY", "RUNNING"]
    )
    queued = {pk for job in waiting.values_list("args_kwargs", flat=True) for pk in job["args"]}
    late = Certificate.objects.filter(made_at__lt=at - PATIENCE, files=None).prefetch_related("events")
    missing = [
        each.pk for each in late if each.pk not in queued and lifecycle.may_follow("issued", each.life())
    ]
    with transaction.atomic():
        for pk in missing:
            enqueue(JOB, pk)
    return len(missing)


def keep(path: Path, content: bytes) -> None:
    """Have the content under this name whole or not at all, and on the disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        disk.settle(part, path)
    finally:
        part.unlink(missing_ok=True)
