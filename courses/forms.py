"""What a person chooses in the catalogue and on enrolling."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html

from courses.models import Level
from lms.people.models import Employment, Institute, Organisation


class CatalogueForm(forms.Form):
    """Words to look for, and what to narrow the catalogue to. Whatever it does not know, it does not narrow by."""

    q = forms.CharField(label="Search for", required=False, max_length=100)
    level = forms.ChoiceField(label="Level", required=False, choices=[("", "All levels"), *Level.choices])
    institute = forms.ChoiceField(label="Institute", required=False)

    def __init__(self, data: Any, institutes: Iterable[Institute]) -> None:
        super().__init__(data)
        named = [(institute.slug, institute.name) for institute in institutes]
        self.fields["institute"].choices = [("", "All institutes"), *named]

    @property
    def words(self) -> list[str]:
        return self.cleaned_data.get("q", "").split()

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())


class EnrolForm(forms.Form):
    """Whether an employer is to see where the learner stands. Without an employer there is nothing to choose."""

    through = forms.ChoiceField(
        label="How are you taking this course?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you are taking this course"},
    )

    def __init__(self, data: Any, employments: Iterable[Employment]) -> None:
        super().__init__(data)
        self.organisations = {str(each.organisation.uuid): each.organisation for each in employments}
        if not self.organisations:
            del self.fields["through"]
            return
        small = "{}<small>{}</small>"
        through = [
            (uuid, format_html(small, f"Through {body}", "They see where you stand, as listed above."))
            for uuid, body in self.organisations.items()
        ]
        alone = format_html(small, "On my own", "No employer sees that you are taking it.")
        self.fields["through"].choices = [*through, ("alone", alone)]

    @property
    def organisation(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data.get("through", ""))
