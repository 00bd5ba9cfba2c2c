"""The yardstick: a Django site of one view that answers 20 KB and does nothing else.

Machines differ and are noisy; a page's cost as a multiple of this view's, in the same run, differs less.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = "<!doctype html><title>Bare</title>" + "<p>Twenty kilobytes of nothing.</p>" * 570


def bare(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django calls it with one
    """Answer the page."""
    return HttpResponse(PAGE)


urlpatterns = [path("", bare)]

if not settings.configured:
    key = "it signs nothing"
    settings.configure(
        ALLOWED_HOSTS=["localhost"], ROOT_URLCONF="lms.benchmark.bare", SECRET_KEY=key, USE_TZ=True
    )

application = get_wsgi_application()
