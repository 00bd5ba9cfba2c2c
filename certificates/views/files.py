"""Checking a certificate by its file: anybody may, nothing that they send is kept."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from certificates import provenance
from certificates.forms import FileForm
from certificates.provenance import Origin, Provenance
from certificates.views import patience
from certificates.views.verdicts import Verdict, verdict

TOO_MANY = (
    "Too many files that no institute has issued were sent from where you are. Wait a minute and try again."
)
TYPE_THE_CODE = "Type the code that is printed on it: what counts is what the register says."


@dataclass(frozen=True)
class FileVerdict:
    """What is said of a file: `kind` and `icon` are the design system's."""

    kind: str
    icon: str
    headline: str
    sentence: str


ALTERED = FileVerdict(
    "bad",
    "cross",
    "This file was altered",
    "It is not what the institute has sealed. Do not rely on anything that it says.",
)
WORDS: dict[Origin, FileVerdict] = {
    "altered": ALTERED,
    "foreign": FileVerdict(
        "bad",
        "cross",
        "No institute here has sealed this file",
        "Somebody else has signed it, whatever name it gives. Do not rely on anything that it says.",
    ),
    "given_up": FileVerdict(
        "bad",
        "cross",
        "This seal counts no more",
        "Somebody else may have had the key that made it. " + TYPE_THE_CODE,
    ),
    "unlisted": FileVerdict(
        "warn",
        "warning",
        "The register does not have this file",
        "It carries an institute’s seal, and yet it is not the file that was issued. " + TYPE_THE_CODE,
    ),
    "outlived": FileVerdict(
        "warn",
        "clock",
        "This seal is too old to be checked",
        "The certificate of its key has ended, and the register does not have the file. " + TYPE_THE_CODE,
    ),
    "unsealed": FileVerdict(
        "",
        "question",
        "This file carries no seal",
        "A scan or a photograph of a certificate carries none, and neither does a forgery. " + TYPE_THE_CODE,
    ),
    "unreadable": FileVerdict(
        "",
        "question",
        "This file cannot be read",
        "It is no PDF, or it is damaged. Ask the holder for the file that they downloaded from here.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if not form.is_valid():
        return _private(render(request, "certificates/verify_file.html", {"form": form}))
    if patience.is_out(request):
        page = render(request, "certificates/wait.html", {"sentence": TOO_MANY}, status=429)
        page["Retry-After"] = "60"
        return _private(page)
    at = request.at  # type: ignore[attr-defined]
    found = provenance.trace(form.cleaned_data["file"].read(), at=at)
    if found.file is None:
        patience.count_miss(request)
    return _private(_answer(request, found))


def _answer(request: HttpRequest, found: Provenance) -> HttpResponse:
    at = request.at  # type: ignore[attr-defined]
    standing: Verdict | None = None
    if found.file:
        certificate = found.file.certificate
        standing = verdict(certificate.standing(timezone.localdate(at)), certificate.valid_until)
    said = standing or WORDS[found.origin]
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse(_for_machines(found, said, standing), json_dumps_params={"ensure_ascii": False})
    context = {"found": found, "said": said, "standing": standing, "checked_at": at}
    return render(request, "certificates/file_checked.html", context)


def _for_machines(
    found: Provenance, said: Verdict | FileVerdict, standing: Verdict | None
) -> dict[str, str | None]:
    return {
        "file": found.origin,
        "sentence": f"{said.headline}. {said.sentence}",
        "seal": found.fault,
        "state": standing.state if standing else "unknown",
        "number": found.file.certificate.number if found.file else None,
        "code": found.file.certificate.code if found.file else None,
    }


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache and listed by no search engine: the next moment may bring another state."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response
