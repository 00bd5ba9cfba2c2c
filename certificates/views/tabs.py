"""The pages of the certificates desk, each for those who may open it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lms.people import access
from lms.people.models import Institute
from lms.people.roles import Permission

TABS = (
    ("candidate_list", "Candidates", Permission.DECIDE_CERTIFICATES),
    ("being_made", "Being made", Permission.DECIDE_CERTIFICATES),
    ("register", "Register", Permission.READ_REGISTER),
    ("review_list", "Reviews", Permission.DECIDE_CERTIFICATES),
    ("appeal_list", "Appeals", Permission.DECIDE_CERTIFICATES),
    ("scheme_list", "Schemes", Permission.KEEP_SCHEMES),
)


def tabs(request: HttpRequest, institute: Institute, current: str) -> list[dict[str, Any]]:
    """Label, address and whether it is the current one, of each page that this person may open."""
    return [
        {"label": label, "url": reverse(name, args=[institute.slug]), "current": name == current}
        for name, label, permission in TABS
        if access.can(request.user, permission, institute)
    ]
