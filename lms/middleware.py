"""What every request passes: one instant, one content policy, and no shared copies of private pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

Handler = Callable[[HttpRequest], HttpResponse]


def request_time(get_response: Handler) -> Handler:
    """Take the time once, as `request.at`, so that one request never judges by two clocks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def content_policy(get_response: Handler) -> Handler:
    """Give the CMS the looser policy that its inline scripts and previews need; all other pages keep the strict one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/cms/"):
            # django-csp offers no other door to a policy by path.
            response._csp_replace = settings.CMS_CONTENT_POLICY  # type: ignore[attr-defined]  # noqa: SLF001
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response

    return middleware


def private_pages(get_response: Handler) -> Handler:
    """Forbid every cache to keep what a signed-in person saw."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware
