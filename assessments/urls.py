"""Addresses of assessment: the learner's own, and the desk's."""

from django.urls import URLPattern

learner: list[URLPattern] = []
desk: list[URLPattern] = []
