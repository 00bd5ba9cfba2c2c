"""What a stranger needs to check an institute's seals and credentials with tools of their own."""

from cryptography.hazmat.primitives.serialization import Encoding
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from certificates.actions import keys
from certificates.models import SigningKey, StatusList
from certificates.signing import did
from certificates.signing.multibase import multikey

# The media type of credentials is "application/vc"; some readers parse only what is called JSON.
JSON_LD = "application/ld+json"
AN_HOUR, FIVE_MINUTES = 3600, 300  # in seconds


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
    return _for_everybody(HttpResponse("".join(map(_pem, chain)), content_type="application/x-pem-file"))


@require_safe
def did_document(request: HttpRequest, institute: str) -> HttpResponse:
    """The keys by which an institute's credentials are known, retired ones too; those that were given up are left out."""
    made = SigningKey.objects.filter(institute__slug=institute, purpose="credential").order_by("pk")
    if not made:
        raise Http404
    in_trust = [multikey(key.ed25519) for key in made if not key.compromised_at]
    return _for_everybody(JsonResponse(did.document(keys.identifier_of(institute), in_trust)))


@require_safe
def status_list(request: HttpRequest, institute: str, number: int, purpose: str) -> HttpResponse:
    """A list of an institute as it was signed last."""
    lists = StatusList.objects.filter(institute__slug=institute, number=number, purpose=purpose)
    found = get_object_or_404(lists, signed_at__isnull=False)
    response = JsonResponse(found.credential, content_type=JSON_LD)
    return _for_everybody(response, seconds=FIVE_MINUTES)


def _for_everybody(response: HttpResponse, seconds: int = AN_HOUR) -> HttpResponse:
    """Read by any page, and kept by caches for a while."""
    response["Cache-Control"] = f"public, max-age={seconds}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _pem(key: SigningKey) -> str:
    certificate = key.x509
    about = f"{certificate.subject.rfc4514_string()}\nSHA-256 {key.fingerprint}"
    return f"{about}\n{certificate.public_bytes(Encoding.PEM).decode()}\n"
