"""Forms about people."""

from django import forms
from django.http import HttpRequest

from lms.people.models import User


class NameForm(forms.Form):
    """What an account needs besides an address and a password: a name, as it would stand on a certificate."""

    first_name = forms.CharField(label="First name", max_length=80)
    last_name = forms.CharField(label="Last name", max_length=80)

    field_order = ["first_name", "last_name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more: the adapter has taken the names already."""
