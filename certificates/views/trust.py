"""What a stranger needs to check an institute's seals with tools of their own."""

from cryptography.hazmat.primitives.serialization import Encoding
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certificates.models import SigningKey

AN_HOUR = 3600  # seconds


@require_safe
def seals(request: HttpRequest, institute: str) -> HttpResponse:
    """The certificates by which an institute's seals are known, roots first; those that were given up are left out."""
    authorities = (
        SigningKey.objects.filter(institute__slug=institute, purpose="authority", compromised_at=None)
        .select_related("above")
        .order_by("pk")
    )
    if not authorities:
        raise Http404
    chain = dict.fromkeys([*(each.above for each in authorities), *authorities])
    response = HttpResponse("".join(map(_pem, chain)), content_type="application/x-pem-file")
    response["Cache-Control"] = f"public, max-age={AN_HOUR}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _pem(key: SigningKey) -> str:
    certificate = key.x509
    about = f"{certificate.subject.rfc4514_string()}\nSHA-256 {key.fingerprint}"
    return f"{about}\n{certificate.public_bytes(Encoding.PEM).decode()}\n"
