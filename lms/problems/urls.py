"""Addresses of the desk of problems; where one is reported is an address of what it is reported about."""

from django.urls import URLPattern, path

from lms.problems.views import desk as views

desk: list[URLPattern] = [
    path("problems/", views.problem_list, name="problem_list"),
    path("problems/<uuid:uuid>/", views.problem, name="problem"),
]
