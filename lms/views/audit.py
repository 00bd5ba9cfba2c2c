"""The audit trail as an institute's administrator and lead quality assurer read it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lms.audit.models import Event
from lms.people.access import institute_view
from lms.people.models import Institute, User
from lms.people.roles import Permission


@institute_view(Permission.READ_AUDIT)
def trail(request: HttpRequest, institute: Institute) -> HttpResponse:
    events = Event.objects.filter(chain=str(institute.uuid)).order_by("-sequence")
    if verb := request.GET.get("verb"):
        events = events.filter(verb=verb)
    page = Paginator(events, 50).get_page(request.GET.get("page"))
    people = {
        person.uuid: person
        for person in User.objects.filter(uuid__in={event.actor for event in page if event.actor})
    }
    rows = [(event, people.get(event.actor)) for event in page]
    verbs = Event.objects.filter(chain=str(institute.uuid)).values_list("verb", flat=True)
    context = {
        "institute": institute,
        "page": page,
        "rows": rows,
        "verbs": sorted(set(verbs.distinct())),
        "chosen": verb,
    }
    return render(request, "lms/audit_trail.html", context)
