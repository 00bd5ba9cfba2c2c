"""The pages that every public body owes its visitors: help, privacy, accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "lms/help.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "lms/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "lms/accessibility.html")
