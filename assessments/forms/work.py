"""Forms of written work: the draft, and handing it in."""

from django import forms

from assessments.actions import submissions


class DraftForm(forms.Form):
    """The text as the learner's page has it, and the newest revision that the page had seen."""

    text = forms.CharField(
        label="Your work",
        required=False,
        strip=False,
        help_text="Leave a line empty between paragraphs. Begin a line with ## to make it a heading, "
        "with a hyphen to make it an item of a list.",
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )
    base_revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class HandInForm(forms.Form):
    """The declaration under which work is handed in, and the digest of the text that was read."""

    declared = forms.BooleanField(
        label=submissions.DECLARATION,
        error_messages={"required": "Confirm that this is your own work."},
    )
    read = forms.CharField(widget=forms.HiddenInput, max_length=64)
