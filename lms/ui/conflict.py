"""The answer to the right person in the wrong state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def conflict(request: HttpRequest, sentence: object, back_url: str = "", back_label: str = "Go back") -> HttpResponse:
    """A 409 page that says in a sentence why it cannot be done now and where to go."""
    return render(
        request,
        "409.html",
        {"sentence": str(sentence), "back_url": back_url, "back_label": back_label},
        status=409,
    )
