"""Addresses about people: one's own profile, the desk's people page, and accepting an invitation."""

from django.urls import URLPattern

own: list[URLPattern] = []
desk: list[URLPattern] = []
public: list[URLPattern] = []
