"""Staff must have *used* a second factor in this session before the desks and the CMS open to them.

Having one enrolled is not enough, and allauth has no setting that makes one compulsory (stack.md 3).
"""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lms.people import access
from lms.people.roles import STAFF_ROLES, Role

Handler = Callable[[HttpRequest], HttpResponse]
DOORS = ("/at/", "/cms/")


def require_second_factor(get_response: Handler) -> Handler:
    """Send staff to enrol, or to use, a second factor before a page of a desk or of the CMS."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _asks(request):
            return get_response(request)
        if not get_adapter().is_mfa_enabled(request.user):
            return redirect("mfa_index")
        back = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('mfa_reauthenticate')}?{back}")

    return middleware


def is_staff(person: access.Person) -> bool:
    """Whether the person acts on other people's evidence anywhere, or operates the site."""
    return person.is_superuser or any(Role(each.role) in STAFF_ROLES for each in access.memberships(person))


def _asks(request: HttpRequest) -> bool:
    return (
        settings.PIPER_STAFF_MFA
        and request.path.startswith(DOORS)
        and request.user.is_authenticated
        and is_staff(request.user)
        and not any(
            record.get("method") == "mfa" for record in get_authentication_records(request, request.user)
        )
    )
