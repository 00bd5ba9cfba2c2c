"""Addresses of certificates: the learner's own, the registrar's desk, and the public's."""

from django.urls import URLPattern

learner: list[URLPattern] = []
desk: list[URLPattern] = []
public: list[URLPattern] = []
