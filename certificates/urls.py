"""Addresses of certificates: the learner's own, the registrar's desk, and the public's."""

from django.urls import URLPattern, path

from certificates.views import (
    appeals,
    candidates,
    files,
    many,
    problems,
    register,
    reviews,
    scheme_edit,
    schemes,
    trust,
)
from certificates.views import learner as own
from certificates.views import public as open_to_all

learner: list[URLPattern] = [
    path("certificates/", own.my_certificates, name="my_certificates"),
    path("certificates/names/<uuid:candidacy>/", own.confirm_name, name="name_confirm"),
    path("certificates/appeals/<uuid:decision>/", appeals.lodge, name="appeal_lodge"),
    path("certificates/<uuid:certificate>/certificate.pdf", own.download, name="certificate_download"),
    path(
        "certificates/<uuid:certificate>/credential.json", own.download_credential, name="credential_download"
    ),
]
desk: list[URLPattern] = [
    path("certificates/", candidates.ready_list, name="candidate_list"),
    path("certificates/candidates/<uuid:candidacy>/", candidates.candidate, name="candidate"),
    path("certificates/candidates/<uuid:candidacy>/remind/", candidates.remind, name="candidate_remind"),
    path("certificates/candidates/grant/", many.grant_many, name="grant_many"),
    path("certificates/being-made/", many.being_made, name="being_made"),
    path("certificates/being-made/<str:number>/", many.try_again, name="certificate_try_again"),
    path("certificates/register/", register.search, name="register"),
    path("certificates/register/export/", register.export, name="register_export"),
    path("certificates/register/<str:number>/", register.entry, name="register_entry"),
    path("certificates/register/<str:number>/certificate.pdf", register.download, name="register_download"),
    path("certificates/register/<str:number>/suspend/", register.suspend, name="certificate_suspend"),
    path("certificates/register/<str:number>/reinstate/", register.reinstate, name="certificate_reinstate"),
    path("certificates/register/<str:number>/revoke/", register.revoke, name="certificate_revoke"),
    path("certificates/register/<str:number>/void/", register.void, name="certificate_void"),
    path("certificates/reviews/", reviews.review_list, name="review_list"),
    path("certificates/reviews/<uuid:review>/", reviews.review, name="review"),
    path("certificates/appeals/", appeals.appeal_list, name="appeal_list"),
    path("certificates/appeals/<uuid:appeal>/", appeals.appeal, name="appeal"),
    path("schemes/", schemes.scheme_list, name="scheme_list"),
    path("schemes/new/", scheme_edit.scheme_new, name="scheme_new"),
    path("schemes/<uuid:uuid>/", scheme_edit.scheme_edit, name="scheme_edit"),
]
public: list[URLPattern] = [
    path("verify/", open_to_all.verify, name="verify"),
    path("verify/file/", files.verify_file, name="verify_file"),
    path("v/<str:code>/", open_to_all.check, name="check"),
    # Read by machines: these addresses never change.
    path("i/<slug:institute>/seals.pem", trust.seals, name="institute_seals"),
    path("i/<slug:institute>/did.json", trust.did_document, name="institute_did"),
    path("i/<slug:institute>/status/<int:number>/<slug:purpose>", trust.status_list, name="institute_status"),
    path("v/<str:code>/problem/", problems.certificate_problem, name="certificate_problem"),
]
