"""Making a certificate's file, outside any transaction, as often as it takes, and keeping it once."""

import hashlib
import os
import secrets
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from certificates import finishing, lifecycle, proofing, rendering
from certificates.actions import certificates, keys
from certificates.models import Certificate, CertificateFile, SigningKey
from certificates.rendering import CannotRender, PrintedCertificate
from certificates.signing import wrapping
from lms import disk
from lms.jobs.queue import enqueue

# What has no file after this long is queued again: its worker died, or the page could not be set.
PATIENCE = timedelta(minutes=5)
JOB = "certificates.file_certificate"


class NotAsPromised(CannotRender):
    """The finished file does not say or open what it must, so nobody is given it."""


def file_certificate(certificate: Certificate, *, at: datetime) -> CertificateFile | None:
    """Make, seal and keep the PDF and, with it, issue the certificate: file, event and e-mail exist together.

    May run twice, or in two workers at once: there is one file and one event. Returns None for a
    certificate that was voided meanwhile. Raises CannotRender, also where the finished file does not stand up to
    a reading, and CannotOpen where the institute's key cannot be used; the number stays, the sweep tries again.
    """
    file = certificate.files.filter(kind=CertificateFile.Kind.PDF).first()
    if file:
        return file
    key = keys.seal_of(certificate.institute, at=at)
    pdf, tools = made(certificate, key, at=at)
    sha256 = hashlib.sha256(pdf).hexdigest()
    path = f"{_folder(certificate)}/{sha256}.pdf"
    keep(Path(settings.MEDIA_ROOT) / path, pdf)
    try:
        with transaction.atomic():
            _refuse_lost_key(key)
            file = CertificateFile.objects.create(
                certificate=certificate,
                kind=CertificateFile.Kind.PDF,
                path=path,
                size=len(pdf),
                sha256=sha256,
                made_at=at,
                tools=tools,
                key=key,
            )
            certificates.follow(certificate, "issued", by=None, at=at)
    except (IntegrityError, certificates.MayNotFollow):
        # Another worker was first, or the certificate was voided while this one drew.
        file = certificate.files.filter(kind=CertificateFile.Kind.PDF).first()
    # Only now that it is settled which file counts: before, another worker's may be about to.
    _drop_what_does_not_count(certificate)
    return file


def made(certificate: Certificate, key: SigningKey, *, at: datetime) -> tuple[bytes, dict[str, str]]:
    """Print and seal the certificate, read it again as a stranger would, and say what it was made with."""
    from certificates.signing import examining, sealing  # pyHanko, which only workers need to load

    facts = printed(certificate)
    above = [each.x509 for each in key.all_above()]
    seal = sealing.Seal(keys.open_key(key), key.x509, above)
    page = rendering.render_certificate(facts)
    pdf = sealing.seal(page, seal, field=finishing.SEAL_FIELD, at=at)
    finding = examining.examine(pdf, above[-1:], at=at)
    if faults := [*proofing.faults(pdf, facts.verify_url), *finding.faults]:
        raise NotAsPromised(f"Certificate {certificate.number} was made wrongly. {' '.join(faults)}")
    return pdf, {**rendering.tool_versions(), **sealing.tool_versions()}


def _refuse_lost_key(key: SigningKey) -> None:
    """What was sealed while somebody learned that the key is compromised is not given out."""
    if SigningKey.objects.filter(pk=key.pk, compromised_at__isnull=False).exists():
        raise NotAsPromised(
            "The key that sealed this file was given up meanwhile; the next try takes another."
        )


def _folder(certificate: Certificate) -> str:
    return f"certificates/{certificate.uuid}"


def _drop_what_does_not_count(certificate: Certificate) -> None:
    """Remove what a slower worker, or one that died, has left: no two seals are alike, and one file counts."""
    media = Path(settings.MEDIA_ROOT)
    counting = {media / path for path in certificate.files.values_list("path", flat=True)}
    for path in (media / _folder(certificate)).glob("*.pdf"):
        if path not in counting:
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
