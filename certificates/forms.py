"""What people type about certificates: a name, a decision, a reason, a code."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from certificates import numbering, rendering
from certificates.actions.reviews import Outcome
from certificates.models import CertificationDecision

LONGEST_PASTED = 300
IN_AN_ADDRESS = re.compile(r"/v/([^/?#\s]+)")
LIKE_A_CODE = re.compile(r"[0-9A-Za-z\s\-]{8,24}")
NOT_A_CODE = (
    "That is not the code of a certificate: its last character does not fit the others. "
    "Look for a character that was mistyped or left out."
)


def named(character: str) -> str:
    """A character as a person can find it again, such as “☃” (snowman)."""
    return f"“{character}” ({unicodedata.name(character, 'a character without a name').lower()})"


class NameForm(forms.Form):
    """The name that will be printed, as the candidate writes it."""

    name = forms.CharField(
        label="Your name, as it will be printed",
        max_length=120,
        strip=True,
        help_text="Use the name that an employer would find on your proof of identity. "
        "Capitals and accents are printed as you write them.",
        error_messages={"required": "Write the name that will be printed on your certificate"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )

    def clean_name(self) -> str:
        """Joined letters (NFC), single spaces, nothing that cannot be seen or that we cannot print."""
        name = " ".join(unicodedata.normalize("NFC", self.cleaned_data["name"]).split())
        hidden = [each for each in name if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co", "Cn"}]
        if hidden:
            raise ValidationError(
                "The name holds a character that cannot be seen. Type it in instead of pasting it."
            )
        missing = rendering.missing_glyphs(name)
        if missing:
            raise ValidationError(
                f"Our certificate cannot show {', '.join(map(named, missing))}. "
                "Write the name without it, or write to your institute if it belongs to your name."
            )
        if not any(each.isalpha() for each in name):
            raise ValidationError("Write a name with at least one letter")
        return name


class DecisionForm(forms.Form):
    """A certification decision. The name is the one that was on the page: what was read is what is granted."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[
            (CertificationDecision.Decision.GRANTED, "Grant the certificate"),
            (CertificationDecision.Decision.DEFERRED, "Put the decision off: something is missing"),
            (CertificationDecision.Decision.REFUSED, "Refuse the certificate"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why, for the candidate",
        required=False,
        max_length=2000,
        help_text="Needed when you put the decision off or refuse. The candidate reads it on their page; "
        "say what they can do.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, str]:
        """Only a grant speaks for itself."""
        values = super().clean() or {}
        is_grant = values.get("decision") == CertificationDecision.Decision.GRANTED
        if values.get("decision") and not is_grant and not values.get("reason"):
            self.add_error("reason", "Say why, in words that the candidate can do something with")
        return values


class ReasonForm(forms.Form):
    """Why the standing of a certificate changes."""

    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        help_text="Kept with the certificate. The holder reads it on their own page; "
        "the public page never shows it.",
        error_messages={"required": "Write down why: it is kept with the certificate"},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReviewForm(ReasonForm):
    """How a certificate stands after it was looked at again, and why."""

    outcome = forms.ChoiceField(
        label="How does the certificate stand now?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
    )
    field_order = ["outcome", "reason"]


class RegisterForm(forms.Form):
    """A search of the register."""

    class State(TextChoices):
        """The states that a register is asked for."""

        VALID = "valid", "Valid"
        EXPIRED = "expired", "Expired"
        SUSPENDED = "suspended", "Suspended"
        REVOKED = "revoked", "Revoked"
        SUPERSEDED = "superseded", "Replaced"
        BEING_MADE = "being_made", "Being made"
        VOID = "void", "Void"

    q = forms.CharField(label="Number or name", required=False, max_length=120)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *State.choices])


class CodeForm(forms.Form):
    """The code of a certificate, or the whole address that its QR code opens."""

    code = forms.CharField(
        label="Code of the certificate",
        help_text="Thirteen letters and digits, such as 7K3M-9QXD-2VTH-9. Capitals, spaces and hyphens do "
        "not matter. You can also paste the whole address.",
        error_messages={"required": "Type the code that is printed on the certificate"},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    code.validators = []  # a NUL is garbage like any other and gets no message of its own

    def clean_code(self) -> str:
        """The code as it is kept."""
        typed = self.cleaned_data["code"][:LONGEST_PASTED]
        found = IN_AN_ADDRESS.search(typed)
        code = numbering.normalise(found[1] if found else typed)
        if code is None:
            raise ValidationError(NOT_A_CODE)
        return code

    def forget_garbage(self) -> None:
        """Give back what looks like a mistyped code, to be mended, and nothing else of what was typed."""
        if not LIKE_A_CODE.fullmatch(str(self.data.get("code", ""))):
            self.data = {}
