"""Where allauth meets our own rules: who may register, what a new account holds, and where an invitation leads."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from lms.people.actions import invitations
from lms.people.models import Invitation

# The session's key for the token of the invitation by which somebody came.
INVITED = "invitation"


class AccountAdapter(DefaultAccountAdapter):
    """Registration is open to anyone, or only to people who came by an invitation that still holds."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": "You have added this e-mail address already.",
        "email_password_mismatch": "The e-mail address or the password is not right. Check both and try again.",
        "email_taken": "There is already an account with this e-mail address.",
        "max_email_addresses": "You cannot add more than %d e-mail addresses.",
        "unknown_email": "No account has this e-mail address.",
        "unverified_primary_email": "Confirm your main e-mail address first.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.PIPER_REGISTRATION == "anyone" or _holds_invitation(request)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.first_name = form.cleaned_data["first_name"]
        user.last_name = form.cleaned_data["last_name"]
        return super().save_user(request, user, form, commit)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Back to the invitation, for whoever signed in or registered because of one."""
        if _holds_invitation(request):
            return reverse("invitation_accept", args=[request.session[INVITED]])
        return super().get_login_redirect_url(request)


def _holds_invitation(request: HttpRequest) -> bool:
    if INVITED not in request.session:
        return False
    try:
        return invitations.named_by(request.session[INVITED]).is_open(request.at)  # type: ignore[attr-defined]
    except Invitation.DoesNotExist:
        return False
