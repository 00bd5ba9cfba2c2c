"""Forms about people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.html import format_html

from lms.people import rules
from lms.people.models import User
from lms.people.roles import SENTENCES, Role
from lms.ui import colours


class NameForm(forms.Form):
    """What an account needs besides an address and a password: a name, as it would stand on a certificate."""

    first_name = forms.CharField(
        label="First name", max_length=80, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label="Last name", max_length=80, widget=forms.TextInput({"autocomplete": "family-name"})
    )

    field_order = ["first_name", "last_name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more: the adapter has taken the names already."""


class RoleForm(forms.Form):
    """A role out of those that may be given, with its last day where it needs one."""

    role = forms.ChoiceField(label="Which role?", widget=forms.RadioSelect)
    until_on = forms.DateField(
        label="Last day",
        required=False,
        help_text="Only for an external quality assurer, who reads until a named day.",
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": "Enter the last day as a date, such as 31/3/2027"},
    )

    def __init__(self, *args: Any, offered: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [
            (role.value, format_html("{} <small>{}</small>", role.label, SENTENCES[role])) for role in offered
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a last day exactly where the role has one."""
        cleaned = super().clean() or {}
        if role := cleaned.get("role"):
            cleaned["role"] = Role(role)
            needs = rules.has_last_day(cleaned["role"])
            if needs and not cleaned.get("until_on") and "until_on" not in self.errors:
                self.add_error("until_on", "Enter the last day of the external quality assurer")
            elif not needs and cleaned.get("until_on"):
                self.add_error("until_on", "Leave the last day empty: this role has none")
        return cleaned


class InviteForm(RoleForm):
    """An address, and the role to offer to whoever confirms it."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="An invitation goes there. It can be accepted for 14 days.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    field_order = ["email", "role", "until_on"]


class AppointForm(RoleForm):
    """A person whom the institute knows, and another role for them."""

    person = forms.ModelChoiceField(
        label="Who?", queryset=User.objects.none(), empty_label="Choose a person", to_field_name="uuid"
    )

    field_order = ["person", "role", "until_on"]

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class ColourField(forms.CharField):
    """A colour as style sheets write it, dark enough for white words on it; empty for Piper's own."""

    def __init__(self, own: str, **kwargs: Any) -> None:
        attributes = {"class": "short", "autocomplete": "off", "spellcheck": "false", "data-own": own}
        widget = forms.TextInput(attributes)
        super().__init__(required=False, max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """Refuse with the ratio and a colour that would do."""
        if not (text := super().clean(value)):
            return ""
        try:
            found = colours.measured(colours.normal(text))
        except colours.NotAColour:
            raise forms.ValidationError(
                f"Write the {self._name} as # and six characters out of 0–9 and a–f, such as #4a2a86"
            ) from None
        if not found.passes:
            raise forms.ValidationError(
                f"Choose a darker {self._name}: words in {found.colour} reach a contrast of {found.ratio}, and "
                f"{colours.ENOUGH} to 1 is needed. {found.nearby} is the nearest that reaches it"
            )
        return found.colour

    @property
    def _name(self) -> str:
        return str(self.label).lower()


@dataclass(frozen=True)
class Tried:
    """One colour as it was typed: measured, or None where it is empty (Piper's own) or no colour."""

    label: str
    field_id: str
    typed: str
    measured: colours.Measured | None


class InstituteSettingsForm(forms.Form):
    """What an administrator keeps of the institute: how its pages look, and where people write to."""

    brand_colour = ColourField(
        own=colours.PIPERS_BRAND,
        label="Main colour",
        help_text="For headers, buttons and links. Write it as your brand’s rules do, such as #4a2a86. "
        "Leave it empty for Piper’s plum.",
    )
    accent_colour = ColourField(
        own=colours.PIPERS_ACCENT,
        label="Second colour",
        help_text="For what asks the reader to decide. Leave it empty for Piper’s raspberry.",
    )
    contact_email = forms.EmailField(
        label="Contact e-mail address",
        help_text="Shown on the institute’s page, and wherever learners are told whom to write to.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    # Which settings the form was opened on.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def tried(self) -> list[Tried]:
        """Both colours as they stand in the form now, whether they will do or not."""
        return [
            Tried(str(self.fields[name].label), self[name].id_for_label, typed, _measured(typed))
            for name in ("brand_colour", "accent_colour")
            for typed in [str(self[name].value() or "").strip()]
        ]


def _measured(typed: str) -> colours.Measured | None:
    try:
        return colours.measured(colours.normal(typed))
    except colours.NotAColour:
        return None
