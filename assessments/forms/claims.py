"""Saying at which level one works, or has seen somebody work, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html

from courses.models import Level
from lms.people.models import User

NOBODY = ""
LONGEST = 1000


class ClaimForm(forms.Form):
    """A level, with how it looks from outside, and a reason."""

    level = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Choose the level that fits best."}
    )
    reason = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write one or two sentences: what was done, and when."},
        help_text="One or two sentences: what was done, and when. Leave out names of people who use services.",
    )

    def __init__(self, *args: Any, behaviours: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (level, format_html("{} <small>{}</small>", label, behaviours.get(level, "")))
            for level, label in Level.choices
        ]


class OwnClaimForm(ClaimForm):
    """Where one stands oneself, and who is asked to say the same."""

    show_to = forms.ChoiceField(label="Show it to", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, managers: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].label = "At which level do you work?"
        self.fields["reason"].label = "Why do you think so?"
        self.managers = {str(each.uuid): each for each in managers}
        if managers:
            choices = [(key, f"{each}, your line manager") for key, each in self.managers.items()]
            self.fields["show_to"].choices = [(NOBODY, "Nobody"), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["show_to"]

    @property
    def shown_to(self) -> User | None:
        return self.managers.get(self.cleaned_data.get("show_to", NOBODY))


class AnswerForm(ClaimForm):
    """What a line manager has seen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].label = "At which level have you seen it?"
        self.fields["reason"].label = "What did you see?"
