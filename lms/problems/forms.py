"""Forms about problems: one for whoever reports, one for whoever answers."""

from typing import Any

from django import forms

from lms.problems.models import Problem

LONGEST = 2000


class ReportForm(forms.Form):
    """What is wrong; a stranger may leave an address for the answer."""

    text = forms.CharField(
        label="What is wrong?",
        help_text="Say where it stands and what you expected. Write no more about people than is needed.",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Say what is wrong"},
    )
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="Only to send you the answer. It is used for nothing else.",
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Enter an e-mail address such as name@example.org, or leave it empty"},
    )

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            del self.fields["email"]


class AnswerForm(forms.Form):
    """What became of it, and the sentence that the reporter is sent."""

    state = forms.ChoiceField(
        label="What became of it?",
        widget=forms.RadioSelect,
        choices=[
            (Problem.State.ANSWERED.value, "Answered: it was put right, or explained"),
            (Problem.State.CLOSED.value, "Closed: there is nothing to put right"),
        ],
        error_messages={"required": "Choose what became of it"},
    )
    text = forms.CharField(
        label="Your answer to the reporter",
        help_text="A sentence or two. It is sent as it stands.",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write the answer that the reporter is sent"},
    )
