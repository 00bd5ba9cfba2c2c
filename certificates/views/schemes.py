"""What an institute asks for before it certifies: every scheme with its versions, to be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certificates.models import SchemeVersion
from certificates.views.tabs import tabs
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.roles import Permission


@require_safe
@institute_view(Permission.KEEP_SCHEMES)
def scheme_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    versions = (
        SchemeVersion.objects.filter(scheme__institute=institute)
        .select_related("scheme__course")
        .prefetch_related("requirements__step", "requirements__course", "competencies")
        .order_by("scheme__slug", "-number")
    )
    schemes: dict[int, list[SchemeVersion]] = {}
    for version in versions:
        schemes.setdefault(version.scheme_id, []).append(version)
    context = {
        "institute": institute,
        "schemes": [{"current": newest, "earlier": earlier} for newest, *earlier in schemes.values()],
        "tabs": tabs(request, institute, "scheme_list"),
    }
    return render(request, "certificates/scheme_list.html", context)
