"""An institute's desk: what waits for this person, by role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lms.people.access import institute_view
from lms.people.models import Institute


@institute_view()
def desk(request: HttpRequest, institute: Institute) -> HttpResponse:
    return render(request, "lms/desk.html", {"institute": institute})
