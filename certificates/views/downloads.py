"""Giving out a certificate's file, or a page that says why there is none to give."""

import hashlib
import logging
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from certificates import rendering
from certificates.models import Certificate, CertificateFile
from certificates.views.verdicts import verdict

logger = logging.getLogger(__name__)


def pdf_of(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """The PDF as an attachment that nobody keeps a copy of; 503 with the certificate as a page where it is not made."""
    file = certificate.files.filter(kind=CertificateFile.Kind.PDF).first()
    pdf = file and _as_it_was_made(file)
    if not pdf:
        return _not_made(request, certificate)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{certificate.number}.pdf"',
            "Cache-Control": "no-store",
        },
    )


def _as_it_was_made(file: CertificateFile) -> bytes | None:
    """The bytes, unless the disk has lost or changed them."""
    try:
        pdf = (Path(settings.MEDIA_ROOT) / file.path).read_bytes()
    except FileNotFoundError:
        pdf = b""
    if hashlib.sha256(pdf).hexdigest() == file.sha256:
        return pdf
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
