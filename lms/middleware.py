"""What every request passes: one instant, one content policy, and no shared copies of private pages."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from courses import rules

# What Wagtail's addresses call a page's key.
PAGE_KEYS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")

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


def institute_walls(get_response: Handler) -> Handler:
    """Keep authors of one institute from another's pages in the CMS, which is one zone of trust by itself.

    Wagtail asks for rights on most of its addresses and forgets some; a page's key in an address is
    asked about here, whatever the address does. Its reports list every institute's pages: they are the operator's.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if (
            not request.path.startswith("/cms/")
            or not request.user.is_authenticated
            or request.user.is_superuser
        ):
            return
        keys = [int(kwargs[name]) for name in PAGE_KEYS if kwargs.get(name)]
        if request.path.startswith("/cms/reports/") or not all(
            rules.may_meet_in_cms(request.user, key) for key in keys
        ):
            raise Http404

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def private_pages(get_response: Handler) -> Handler:
    """Forbid every cache to keep what a signed-in person saw; what says of itself that it is public holds nobody's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "public" not in response.get("Cache-Control", "") and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware
