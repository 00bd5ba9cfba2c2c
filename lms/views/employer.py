"""An employer's view: where its own people stand, and nothing else."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
