"""Forms for what a person grants a learner: more time, and one attempt more."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms

from lms.people.models import Institute, User

LONGEST_REASON = 500


class AdjustmentForm(forms.Form):
    """More time for somebody who is enrolled at the institute."""

    email = forms.EmailField(label="The learner’s e-mail address")
    extra_percent = forms.TypedChoiceField(
        label="More time",
        choices=[(percent, f"{percent}%") for percent in (10, 25, 50, 75, 100)],
        coerce=int,
        initial=25,
        help_text="A quarter more is usual. Do not write down why: nobody who judges may know.",
    )

    def __init__(self, institute: Institute, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institute = institute

    def clean_email(self) -> str:
        """The address belongs to somebody enrolled here; whether it has an account at all is not told."""
        address = self.cleaned_data["email"].lower()
        known = EmailAddress.objects.filter(email__iexact=address, verified=True)
        self.learner = User.objects.filter(
            pk__in=known.values("user"), enrolments__course__institute=self.institute
        ).first()
        if self.learner is None:
            raise forms.ValidationError(f"Nobody enrolled at {self.institute} has this address.")
        return address


class ReasonForm(forms.Form):
    """Why a further attempt is given; kept in the audit trail."""

    reason = forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
        help_text="One or two sentences, without anything about health. It is kept in the audit trail.",
    )
