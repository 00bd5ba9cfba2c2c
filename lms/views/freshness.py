"""What an institute's authors have to read again, and by when."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms import freshness
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.roles import Permission

AHEAD = timedelta(days=60)


@require_safe
@institute_view(Permission.WRITE_COURSES)
def review_due(request: HttpRequest, institute: Institute) -> HttpResponse:
    """What is due; with `?all` every fact of the institute, with the key by which a lesson names it."""
    if "all" in request.GET:
        return _all_facts(request, institute)
    on = timezone.localdate(request.at)  # type: ignore[attr-defined]
    found = freshness.agenda(institute, until=on + AHEAD, on=on)
    context = {
        "institute": institute,
        "rows": [(each, each.by < on) for each in found.due],
        "overdue": found.overdue(on),
        "affected": found.affected,
        "until": on + AHEAD,
    }
    return render(request, "lms/review_due.html", context)


def _all_facts(request: HttpRequest, institute: Institute) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    facts = institute.facts.all()
    if words:
        facts = facts.filter(Q(key__icontains=words) | Q(claim__icontains=words) | Q(source__icontains=words))
    context = {"institute": institute, "facts": list(facts), "words": words}
    return render(request, "lms/facts.html", context)
