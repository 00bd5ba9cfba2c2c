"""Forms of marking: the judgement, and handing work back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from assessments.actions.marking import Judgement
from assessments.forms.bands import BandsForm, band_name, comment_name
from assessments.models import Criterion, PassedOver, Quarantine

# A validator and no maxlength: browsers cut what is pasted beyond a maxlength without a word.
LENGTH = MaxLengthValidator(6_000)


class MarkingForm(BandsForm):
    """A judgement of one piece of work; whole before it is recorded, in any state while it is a draft."""

    feedback = forms.CharField(
        label="Feedback to the candidate",
        validators=[LENGTH],
        help_text="Say what was done well, and the one change that would lift the work most.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write feedback to the candidate."},
    )
    is_unsafe = forms.BooleanField(label="A passage of this work would be unsafe advice", required=False)
    unsafe = forms.CharField(
        label="Which passage, and why it would be unsafe",
        validators=[LENGTH],
        required=False,
        help_text="The candidate reads this. Unsafe advice means “not yet competent”, whatever the bands.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, criteria: Sequence[Criterion], *args: Any, is_whole: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(criteria, *args, **kwargs)
        for each in criteria:
            self.fields[comment_name(each)] = forms.CharField(
                label="Comment",
                required=False,
                validators=[LENGTH],
                widget=forms.Textarea(attrs={"rows": 1}),
            )
            self.fields[band_name(each)].required = is_whole
        self.fields["feedback"].required = is_whole
        self.is_whole = is_whole

    def clean(self) -> dict[str, Any]:
        """Ask for the words on an unsafe passage where one is marked."""
        cleaned = super().clean() or self.cleaned_data
        if self.is_whole and cleaned.get("is_unsafe") and not cleaned.get("unsafe"):
            self.add_error("unsafe", "Say which passage would be unsafe advice, and why.")
        return cleaned

    def judgement(self) -> Judgement:
        """The judgement as far as it could be read; what is faulty is left out."""
        words = self.cleaned_data.get
        comments = {each.key: words(comment_name(each)) or "" for each in self.criteria}
        return Judgement(
            bands=self.bands(),
            comments={key: text for key, text in comments.items() if text},
            feedback=words("feedback") or "",
            is_unsafe=bool(words("is_unsafe")),
            unsafe=words("unsafe") or "",
        )


def as_initial(judgement: Judgement) -> dict[str, Any]:
    """A saved judgement as the form's first values."""
    return {
        **{f"band_{key}": band for key, band in judgement.bands.items()},
        **{f"comment_{key}": text for key, text in judgement.comments.items()},
        "feedback": judgement.feedback,
        "is_unsafe": judgement.is_unsafe,
        "unsafe": judgement.unsafe,
    }


NO_TIME = "time"


class HandBackForm(forms.Form):
    """Why an assessor gives work back; neither answer counts against them."""

    why = forms.ChoiceField(
        label="Why do you hand it back?",
        choices=[
            ("interest", "I may know this person"),
            (NO_TIME, "I cannot finish it in time"),
            *PassedOver.Reason.choices,
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you hand it back."},
    )
    reason = forms.CharField(
        label="What is in the way?",
        help_text="Only if you cannot finish it in time. A few words help your institute to plan; nothing about the work.",
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason exactly where it is kept."""
        cleaned = super().clean() or {}
        if cleaned.get("why") == NO_TIME and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say in a few words what is in the way")
        return cleaned


class QuarantineForm(forms.Form):
    """Why work is set aside, and where in it its writer has to look."""

    reason = forms.ChoiceField(
        label="What did you meet?",
        choices=Quarantine.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you met."},
    )
    words = forms.CharField(
        label="Where does it stand?",
        help_text="For example: “in the third paragraph”. Do not repeat the details themselves. Its writer and "
        "your institute read this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
        error_messages={"required": "Say where it stands, so that its writer can find it."},
    )
