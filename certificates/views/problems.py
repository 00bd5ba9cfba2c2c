"""Reporting a problem with a certificate: by its holder, or by a stranger who has checked it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from certificates import numbering
from certificates.models import Certificate
from certificates.views import patience, public
from lms.problems.actions import Subject
from lms.problems.models import Kind
from lms.problems.views.reporting import report_page


def certificate_problem(request: HttpRequest, code: str) -> HttpResponse:
    certificate = None
    if numbering.normalise(code) == code and not patience.is_out(request):
        certificate = Certificate.objects.filter(code=code).select_related("institute").first()
    if certificate is None:
        # The page that checks a code says what is wrong with it, and counts the guess.
        return public.check(request, code)
    subject = Subject(
        certificate.institute,
        Kind.CERTIFICATE,
        certificate.uuid,
        certificate.number,
        reverse("register_entry", args=[certificate.institute.slug, certificate.number]),
    )
    what = f"certificate {certificate.number}"
    return report_page(request, subject, what, reverse("check", args=[code]), "Back to the certificate")
