"""allauth's forms, in the words of our own pages."""

from typing import Any

from allauth.account import forms

ADDRESS_FIELDS = ("login", "email")
PASSWORD_FIELDS = ("oldpassword", "password1", "password2")
ADDRESS = "E-mail address"
HINT_FOR_A_NEW_ONE = (
    "At least 12 characters. Not your name or your address, and no password that many people use."
)


class _OurWords:
    """Names the address as every other page does, and says in one line what a new password needs."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & set(ADDRESS_FIELDS):
            self.fields[name].label = ADDRESS
        for name in self.fields.keys() & set(PASSWORD_FIELDS):
            # "New Password (again)" is the only label on our pages that would shout its second word.
            self.fields[name].label = str(self.fields[name].label).capitalize()
        if "password1" in self.fields:
            self.fields["password1"].help_text = HINT_FOR_A_NEW_ONE


class SignIn(_OurWords, forms.LoginForm):
    """The door for everybody."""


class Register(_OurWords, forms.SignupForm):
    """An account of one's own, with the fields of `NameForm`."""


class AddAddress(_OurWords, forms.AddEmailForm):
    """One more address to sign in with."""


class AskForReset(_OurWords, forms.ResetPasswordForm):
    """Where to send a link for a new password."""


class ChangePassword(_OurWords, forms.ChangePasswordForm):
    """A new password for who knows the old one."""


class SetPassword(_OurWords, forms.SetPasswordForm):
    """A first password for who came in by another way."""


class ResetPassword(_OurWords, forms.ResetPasswordKeyForm):
    """A new password for who followed the link."""
