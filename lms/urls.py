"""The whole public map on one screen."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_pages
from wagtail.admin import urls as wagtail_admin
from wagtail.documents import urls as wagtail_documents

from assessments import urls as assessments
from certificates import urls as certificates
from courses import urls as courses
from courses.views import tree
from lms.people import urls as people
from lms.problems import urls as problems
from lms.views import (
    about,
    audit,
    cpd,
    desk,
    employer,
    errors,
    framework_urls,
    freshness,
    health,
    learning,
    profile,
    team,
)

SIGN_IN = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    # The learner's own.
    path("my/", learning.my_learning, name="my_learning"),
    path("my/profile/", profile.profile, name="profile"),
    path("my/cpd/", cpd.cpd_record, name="cpd_record"),
    path("my/cpd/record.csv", cpd.cpd_csv, name="cpd_csv"),
    path("my/cpd/record.pdf", cpd.cpd_pdf, name="cpd_pdf"),
    path("my/cpd/<uuid:enrolment>/<int:lesson>/", cpd.cpd_minutes, name="cpd_minutes"),
    path("my/", include(courses.learner)),
    path("my/", include(assessments.learner)),
    path("my/", include(certificates.learner)),
    path("my/", include(people.own)),
    # An institute's desk, a door for each role.
    path("at/<slug:institute>/", desk.desk, name="desk"),
    path("at/<slug:institute>/", include(courses.desk)),
    path("at/<slug:institute>/", include(assessments.desk)),
    path("at/<slug:institute>/", include(certificates.desk)),
    path("at/<slug:institute>/", include(people.desk)),
    path("at/<slug:institute>/", include(problems.desk)),
    path("at/<slug:institute>/audit/", audit.trail, name="audit_trail"),
    path("at/<slug:institute>/framework/", include(framework_urls.urlpatterns)),
    path("at/<slug:institute>/review-due/", freshness.review_due, name="review_due"),
    # An employer's view.
    path("for/<slug:organisation>/", include(employer.urlpatterns)),
    path("for/<slug:organisation>/team/", team.team_map, name="team_map"),
    path("for/<slug:organisation>/team/levels.csv", team.team_export, name="team_export"),
    # Anyone at all.
    path("", include(certificates.public)),
    path("", include(people.public)),
    path("help/", about.help_page, name="help"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    # One log-in: every other door leads to allauth, which asks for the second factor.
    path("accounts/", include("allauth.urls")),
    path("cms/login/", SIGN_IN),
    path("cms/password_reset/", SIGN_IN),
    path("_util/login/", SIGN_IN),
    # Wagtail's own API for its admin lists every collection's files to every author; nothing of ours asks it.
    re_path(r"^cms/api/main/(documents|images)/", errors.page_not_found),
    path("cms/", include(wagtail_admin)),
    path("documents/", include(wagtail_documents)),
    re_path(r"^((?:[\w-]+/)*)$", tree.page_served, name="page"),
    path("", include(wagtail_pages)),
]

handler400 = "lms.views.errors.bad_request"
handler403 = "lms.views.errors.permission_denied"
handler404 = "lms.views.errors.page_not_found"
handler500 = "lms.views.errors.server_error"
