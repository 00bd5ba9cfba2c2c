"""The pages that say no: each says what happened and what to do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lms.people.models import Institute


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    context = {"sentence": str(exception or ""), "desk_url": _desk_url(request)}
    return render(request, "403.html", context, status=403)


def page_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "404.html", {"desk_url": _desk_url(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: usually a page left open over a sign-out."""
    return render(request, "403_csrf.html", status=403)


def _desk_url(request: HttpRequest) -> str:
    """The way back for whoever was refused something at the desk of their own institute."""
    body = getattr(request, "acting_for", None)
    return reverse("desk", args=[body.slug]) if isinstance(body, Institute) else ""
