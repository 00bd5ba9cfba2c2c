"""Addresses about people and bodies: one's own account, a desk's people and settings, accepting an invitation."""

from django.urls import URLPattern, path

from lms.people.views import desk as desk_views
from lms.people.views import own as own_views
from lms.people.views import settings as settings_views

own: list[URLPattern] = [
    path("account/", own_views.account, name="account"),
    path("roles/<uuid:uuid>/give-up/", own_views.role_give_up, name="role_give_up"),
    path("employers/<uuid:uuid>/accept/", own_views.employment_accept, name="employment_accept"),
    path("employers/<uuid:uuid>/leave/", own_views.employment_end, name="employment_end"),
    path("invitations/<str:token>/", own_views.invitation_accept, name="invitation_accept"),
]
desk: list[URLPattern] = [
    path("people/", desk_views.people_list, name="people_list"),
    path("people/invite/", desk_views.person_invite, name="person_invite"),
    path("people/appoint/", desk_views.person_appoint, name="person_appoint"),
    path("people/<uuid:uuid>/stand-down/", desk_views.membership_stand_down, name="membership_stand_down"),
    path(
        "people/invitations/<uuid:uuid>/withdraw/",
        desk_views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("settings/", settings_views.institute_settings, name="institute_settings"),
]
public: list[URLPattern] = [
    path("i/<slug:institute>/brand.<str:digest>.css", settings_views.brand_sheet, name="brand_sheet"),
]
