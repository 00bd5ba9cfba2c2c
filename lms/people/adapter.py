"""Where allauth meets our own rules: who may register, and what a new account holds."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

INVITED = "invitation"


class AccountAdapter(DefaultAccountAdapter):
    """Registration is open to anyone, or only to people who came by an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.PIPER_REGISTRATION == "anyone" or INVITED in request.session

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.first_name = form.cleaned_data["first_name"]
        user.last_name = form.cleaned_data["last_name"]
        return super().save_user(request, user, form, commit)
