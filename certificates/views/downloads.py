"""Giving out a certificate's file, or a page that says why there is none to give."""

import hashlib
import logging
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from certificates import rendering
from certificates.models import Certificate, CertificateFile
from certificates.views.verdicts import verdict

logger = logging.getLogger(__name__)

# The media type of credentials is "application/vc"; wallets take a file that is called JSON.
TYPES = {"pdf": ("application/pdf", "pdf"), "credential": ("application/ld+json", "json")}


def pdf_of(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """The PDF as an attachment that nobody keeps a copy of; 503 with the certificate as a page where it is not made."""
    return _file_of(request, certificate, CertificateFile.Kind.PDF)


def credential_of(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """The credential likewise; 404 for a certificate that was issued before there were credentials."""
    if certificate.files.exists() and not certificate.files.filter(kind="credential").exists():
        raise Http404
    return _file_of(request, certificate, CertificateFile.Kind.CREDENTIAL)


def _file_of(request: HttpRequest, certificate: Certificate, kind: CertificateFile.Kind) -> HttpResponse:
    file = certificate.files.filter(kind=kind).first()
    content = file and _as_it_was_made(file)
    if not content:
        return _not_made(request, certificate)
    media_type, ending = TYPES[kind]
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{certificate.number}.{ending}"',
            "Cache-Control": "no-store",
        },
    )


def _as_it_was_made(file: CertificateFile) -> bytes | None:
    """The bytes, unless the disk has lost or changed them."""
    try:
        content = (Path(settings.MEDIA_ROOT) / file.path).read_bytes()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() == file.sha256:
        return content
    logger.error("The file of certificate %s is missing or is not what was made.", file.certificate_id)
    return None


def _not_made(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    on = timezone.localdate(request.at)  # type: ignore[attr-defined]
    context = {
        "certificate": certificate,
        "verdict": verdict(certificate.standing(on), certificate.valid_until),
        "problem": rendering.pango_problem(),
    }
    response = render(request, "certificates/no_file.html", context, status=503)
    response["Retry-After"] = "300"
    return response
