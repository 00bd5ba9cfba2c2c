"""Forms of quality assurance: agreeing, overturning, withdrawing a result."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from assessments.forms.bands import BandsForm
from assessments.models import QualityDecision, ResultEvent

# A validator and no maxlength: browsers cut what is pasted beyond a maxlength without a word.
LENGTH = MaxLengthValidator(4_000)


class AgreeForm(forms.Form):
    """An agreement may carry a note to the assessor."""

    note = forms.CharField(
        label="A note to the assessor",
        required=False,
        validators=[LENGTH],
        help_text="What was good about this marking, or worth another look. Only the assessor reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OverturnForm(BandsForm):
    """The bands that the quality assurer finds, why, and what becomes of the rest of that assessor's batch."""

    is_unsafe = forms.BooleanField(label="A passage of this work would be unsafe advice", required=False)
    reason = forms.CharField(
        label="Reason",
        validators=[LENGTH],
        help_text="Write about the work. The assessor reads this now, the learner with the result.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Give the reason for overturning this marking."},
    )
    rest = forms.ChoiceField(
        label="What becomes of the rest of this assessor’s marking in the batch?",
        choices=QualityDecision.Rest.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of the rest of this assessor’s marking."},
    )

    def decided(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "bands": self.bands(),
            "unsafe_passages": int(self.cleaned_data["is_unsafe"]),
            "reason": self.cleaned_data["reason"],
            "rest": self.cleaned_data["rest"],
        }


class WithdrawForm(forms.Form):
    """The ground on which a result is taken back, and the words that the learner reads."""

    ground = forms.ChoiceField(
        label="On what ground?",
        choices=ResultEvent.Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the ground of the withdrawal."},
    )
    words = forms.CharField(
        label="What the learner is told",
        validators=[LENGTH],
        help_text="Say what was found, and what the learner can do next.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write what the learner is told."},
    )
