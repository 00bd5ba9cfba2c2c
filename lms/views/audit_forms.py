"""Choosing from the audit trail: what happened, who did it, and when."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from lms.audit.models import Event
from lms.people.models import User

# Where the verb with its dot does not read as a sentence.
WORDS = {
    "membership.appointed": "Appointed to a role",
    "membership.stood_down": "Stood down from a role",
    "step.reopened": "Step opened again",
    "attempt.further_given": "Further attempt given",
}


def in_words(verb: str) -> str:
    """A verb such as "certificate.revoked" as people read it: "Certificate revoked"."""
    return WORDS.get(verb) or verb.replace(".", " ").replace("_", " ").capitalize()


class TrailForm(forms.Form):
    """Filters of the trail. What cannot be understood is left out; the form says so beside the field."""

    verb = forms.ChoiceField(label="What", required=False)
    who = forms.ModelChoiceField(
        label="Who", required=False, queryset=User.objects.none(), empty_label="Anyone", to_field_name="uuid"
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, verbs: Iterable[str], staff: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted((in_words(verb), verb) for verb in verbs)
        self.fields["verb"].choices = [("", "Everything"), *((verb, words) for words, verb in known)]
        self.fields["who"].queryset = staff

    @property
    def is_filtered(self) -> bool:
        """Whether anything that was chosen narrows the list."""
        return self.is_valid() and any(self.cleaned_data.values())

    def chosen(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """The events that fit, both days included as London counts them."""
        self.full_clean()
        given = self.cleaned_data
        if given.get("verb"):
            events = events.filter(verb=given["verb"])
        if given.get("who"):
            events = events.filter(actor=given["who"].uuid)
        if given.get("since"):
            events = events.filter(at__gte=_midnight(given["since"]))
        if given.get("until"):
            events = events.filter(at__lt=_midnight(given["until"] + timedelta(days=1)))
        return events


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
