"""The answer to the right person in the wrong state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def conflict(
    request: HttpRequest, sentence: object, back_url: str = "", back_label: str = "Go back"
) -> HttpResponse:
    """A 409 page that says in a sentence why it cannot be done now and where to go instead."""
    context = {"message": str(sentence), "action_url": back_url, "action_label": back_label}
    return render(request, "409.html", context, status=409)
