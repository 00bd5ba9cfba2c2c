"""Addresses of a competency framework at an institute's desk."""

from django.urls import URLPattern, path

from lms.views import framework, framework_draft, framework_import

urlpatterns: list[URLPattern] = [
    path("", framework.framework, name="framework"),
    path("<uuid:uuid>/versions/<int:version>/", framework.framework_version, name="framework_version"),
    path("<uuid:uuid>/compare/", framework.framework_compare, name="framework_compare"),
    path("<uuid:uuid>/competencies.csv", framework.framework_csv, name="framework_csv"),
    path("<uuid:uuid>/draft/", framework_draft.framework_draft, name="framework_draft"),
    path("<uuid:uuid>/draft/title/", framework_draft.framework_title, name="framework_title"),
    path("<uuid:uuid>/draft/domains/<str:code>/", framework_draft.framework_domain, name="framework_domain"),
    path("<uuid:uuid>/draft/domains/<str:code>/add/", framework_draft.framework_add, name="framework_add"),
    path(
        "<uuid:uuid>/draft/competencies/<str:code>/",
        framework_draft.framework_competency,
        name="framework_competency",
    ),
    path(
        "<uuid:uuid>/draft/competencies/<str:code>/retire/",
        framework_draft.framework_retire,
        name="framework_retire",
    ),
    path(
        "<uuid:uuid>/draft/competencies/<str:code>/back/",
        framework_draft.framework_back,
        name="framework_back",
    ),
    path("<uuid:uuid>/draft/import/", framework_import.framework_import, name="framework_import"),
    path("<uuid:uuid>/draft/publish/", framework_draft.framework_publish, name="framework_publish"),
    path("<uuid:uuid>/draft/drop/", framework_draft.framework_drop, name="framework_drop"),
]
