"""My learning: the next step first, then every course a person takes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def my_learning(request: HttpRequest) -> HttpResponse:
    return render(request, "lms/my_learning.html")
