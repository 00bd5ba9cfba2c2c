"""Addresses of courses' own doors; the pages themselves are Wagtail's."""

from django.urls import URLPattern

learner: list[URLPattern] = []
