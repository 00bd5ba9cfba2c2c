"""Making a certificate's file: once, whole, and again until it is there."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from certificates import finishing, tasks
from certificates.actions import certificates, files
from certificates.models import Certificate, CertificateFile
from certificates.rendering import CannotRender
from certificates.signing import examining
from certificates.signing.wrapping import CannotOpen
from lms.jobs.outbox import send_owed
from tests.factories import certificates as factory


@pytest.fixture
def granted(quiz_scheme, foundations, rosa, at) -> Certificate:
    """A certificate whose file is still to be made."""
    return factory.granted(foundations, 1, by=rosa, at=at)[0]


def kinds(certificate) -> list[str]:
    return list(certificate.events.values_list("kind", flat=True))


def test_the_file_is_kept_whole_with_its_digest_and_tools(granted, settings, at):
    file = files.file_certificate(granted, at=at)

    pdf = (Path(settings.MEDIA_ROOT) / file.path).read_bytes()
    assert pdf.startswith(b"%PDF-1.7")
    assert (file.size, file.sha256) == (len(pdf), hashlib.sha256(pdf).hexdigest())
    assert {"weasyprint", "segno", "pango"} <= file.tools.keys()
    assert list(Path(settings.MEDIA_ROOT).rglob("*.part")) == []


def test_the_file_issues_the_certificate_and_the_holder_is_told(granted, at):
    files.file_certificate(granted, at=at)
    send_owed(at)

    assert kinds(granted) == ["issued"]
    (letter,) = mail.outbox
    assert letter.to == [granted.learner.email]
    assert granted.facts["verify_url"] in letter.body
    assert "http://localhost:8000/my/certificates/" in letter.body


def test_making_the_file_twice_makes_it_once(granted, settings, at):
    first = files.file_certificate(granted, at=at)

    tasks.file_certificate.call(granted.pk)

    assert CertificateFile.objects.get(kind="pdf") == first
    assert kinds(granted) == ["issued"]
    assert sorted(path.suffix for path in Path(settings.MEDIA_ROOT).rglob("*.*")) == [".json", ".pdf"]


def test_the_same_facts_make_the_same_bytes(granted, at):
    first = files.rendering.render_certificate(files.printed(granted))

    assert files.rendering.render_certificate(files.printed(granted)) == first


def test_a_certificate_that_was_voided_meanwhile_is_not_issued(granted, lena, at):
    certificates.stop(granted, by=lena, at=at, reason="Fraud.")

    assert files.file_certificate(granted, at=at) is None
    assert kinds(granted) == ["voided"]
    assert not CertificateFile.objects.exists()


def test_a_failed_rendering_keeps_the_number_and_is_tried_again(foundations, quiz, rosa, at):
    too_long = "has shown that words do not always fit on one page. " * 60
    version = factory.scheme(foundations, quiz, statement=too_long)
    (certificate,) = factory.granted(foundations, 1, by=rosa, at=at)

    with pytest.raises(CannotRender):
        files.file_certificate(certificate, at=at)

    assert Certificate.objects.get().number == "AIC-2026-00001"
    assert (kinds(certificate), certificate.version) == ([], version)
    assert files.enqueue_missing(at + timedelta(minutes=6)) == 1


def test_the_file_is_sealed_by_its_institute_and_the_key_is_on_record(granted, settings, at):
    file = files.file_certificate(granted, at=at)

    pdf = (Path(settings.MEDIA_ROOT) / file.path).read_bytes()
    *_, root = file.key.all_above()
    finding = examining.examine(pdf, [root.x509], at=at)
    assert (finding.faults, finding.fingerprint, finding.sealed_at) == ((), file.key.fingerprint, at)
    assert (file.key.institute, file.key.purpose) == (granted.institute, "seal")
    assert {"pyhanko", "cryptography"} <= file.tools.keys()


def test_what_a_worker_left_that_died_before_it_could_record_is_taken_away(granted, settings, at):
    folder = Path(settings.MEDIA_ROOT) / "certificates" / str(granted.uuid)
    folder.mkdir(parents=True)
    (folder / "left-behind.pdf").write_bytes(b"sealed, and on no register")
    (folder / "left-behind.json").write_bytes(b"signed, and on no register")

    files.file_certificate(granted, at=at)

    kept = {path.relative_to(settings.MEDIA_ROOT).as_posix() for path in folder.iterdir()}
    assert kept == set(granted.files.values_list("path", flat=True))
    assert len(kept) == 2


def test_a_site_without_a_secret_keeps_the_number_and_issues_nothing(granted, settings, at):
    settings.PIPER_KEY_SECRETS = []

    with pytest.raises(CannotOpen, match="so no certificate can be sealed"):
        files.file_certificate(granted, at=at)

    assert kinds(granted) == []
    assert files.enqueue_missing(at + timedelta(minutes=6)) == 0


def test_a_file_that_breaks_its_promise_issues_nothing(granted, monkeypatch, at):
    monkeypatch.setattr(finishing, "PROMISE", b"")

    with pytest.raises(files.NotAsPromised) as refusal:
        files.file_certificate(granted, at=at)

    assert str(refusal.value) == (
        "Certificate AIC-2026-00001 was made wrongly. Its metadata does not say pdfuaid:part 1."
    )
    assert kinds(granted) == []
    assert not CertificateFile.objects.exists()
    monkeypatch.undo()
    files.file_certificate(granted, at=at)
    assert kinds(granted) == ["issued"]


def test_a_disk_that_fails_leaves_nothing_half_done(granted, settings, tmp_path, at):
    in_the_way = tmp_path / "certificates"
    in_the_way.write_text("a file where the folder should be")

    with pytest.raises(OSError, match="certificates"):
        files.file_certificate(granted, at=at)

    assert not CertificateFile.objects.exists()
    in_the_way.unlink()
    files.file_certificate(granted, at=at)
    assert kinds(granted) == ["issued"]


def test_the_sweep_queues_what_waits_too_long_and_once(granted, at):
    assert files.enqueue_missing(at + timedelta(minutes=4)) == 0
    assert files.enqueue_missing(at + timedelta(minutes=6)) == 1
    assert files.enqueue_missing(at + timedelta(minutes=12)) == 0

    job = DBTaskResult.objects.get(task_path="certificates.tasks.file_certificate")
    assert job.args_kwargs["args"] == [granted.pk]


def test_the_sweep_leaves_alone_what_is_filed_or_void(granted, foundations, quiz_scheme, lena, rosa, at):
    files.file_certificate(granted, at=at)

    assert files.enqueue_missing(at + timedelta(hours=1)) == 0


def test_the_sweep_leaves_alone_what_is_void(granted, lena, at):
    certificates.stop(granted, by=lena, at=at, reason="Fraud.")

    assert files.enqueue_missing(at + timedelta(hours=1)) == 0
