"""The form in which a second person decides on a question."""

from django import forms
from django.utils.html import format_html

from assessments.models import QuestionReview

APPROVE, SEND_BACK = QuestionReview.Decision.APPROVE.value, QuestionReview.Decision.SEND_BACK.value


class ReviewForm(forms.Form):
    """Approve, or send back with what has to change."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[
            (
                APPROVE,
                format_html("Approve <small>{}</small>", "Attempts that begin from now on may draw it."),
            ),
            (SEND_BACK, format_html("Send back <small>{}</small>", "Its author reads what you write below.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether to approve the question or to send it back."},
    )
    remark = forms.CharField(
        label="For its author",
        help_text="Needed when you send it back: what has to change, and why.",
        widget=forms.Textarea({"rows": 4}),
        max_length=4000,
        required=False,
    )

    def clean(self) -> None:
        said = super().clean() or {}
        if said.get("decision") == SEND_BACK and not said.get("remark"):
            self.add_error("remark", "Say what the author has to change.")
