"""What a person chooses in the catalogue and on enrolling, and sets in the simulator."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html

from courses.models import Level, LogEntry
from courses.practice.identifying import warnings_in
from courses.simulation.controls import CONTROLS, Control, contract_of, values_of
from courses.simulation.model import Contract
from lms.people.models import Employment, Institute, Organisation, User

LONGEST_ENTRY = 8_000


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
    def choosers(self) -> list[forms.BoundField]:
        return [self["level"], self["institute"]]

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


class ShowForm(forms.Form):
    """Which employer is to see where the learner stands."""

    organisation = forms.ChoiceField(
        label="Who is to see it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is to see it"},
    )

    def __init__(self, data: Any, employments: Iterable[Employment]) -> None:
        super().__init__(data)
        self.organisations = {str(each.organisation.uuid): each.organisation for each in employments}
        self.fields["organisation"].choices = [(uuid, str(body)) for uuid, body in self.organisations.items()]

    @property
    def chosen(self) -> Organisation:
        return self.organisations[self.cleaned_data["organisation"]]


class ContractForm(forms.Form):
    """The simulator's controls; what is left out of the address stands as in `start`."""

    def __init__(self, data: Any, start: Contract) -> None:
        stands = {key: str(value) for key, value in values_of(start).items()}
        super().__init__({**stands, **{key: data[key] for key in stands if key in data}})
        for control in CONTROLS:
            self.fields[control.key] = _control_field(control)

    @property
    def contract(self) -> Contract:
        return contract_of(self.cleaned_data)

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The controls under their headings."""
        headings = dict.fromkeys(control.part for control in CONTROLS)
        return [
            (part, [self[control.key] for control in CONTROLS if control.part == part]) for part in headings
        ]


class LogForm(forms.ModelForm):
    """An entry of the log: only what happened is asked for, the rest is there to think with."""

    class Meta:
        model = LogEntry
        fields = (
            "happened",
            "thought",
            "now_think",
            "evidence",
            "change",
            "change_by",
            "noticed_by",
            "came_of_it",
            "reminds",
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST_ENTRY})
            for name, rows in {
                "happened": 5,
                "thought": 3,
                "now_think": 3,
                "evidence": 2,
                "change": 2,
                "came_of_it": 3,
            }.items()
        } | {"change_by": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "happened": "A few sentences. Write roles, not names.",
            "thought": "At the time.",
            "evidence": "What you saw, read or counted, and where it can be found.",
            "change": "Small enough to do.",
            "noticed_by": "By role: “the night staff”, not a name.",
            "reminds": "By e-mail, once. The e-mail quotes nothing of what you wrote.",
        }
        error_messages = {"happened": {"required": "Write what happened, in a sentence or two"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["came_of_it"]

    @property
    def warnings(self) -> list[str]:
        """What in the words may point at somebody."""
        words = (
            str(value) for name, value in self.cleaned_data.items() if name not in {"change_by", "reminds"}
        )
        return warnings_in("\n".join(words))


class LogShareForm(forms.Form):
    """Which assessor an entry is shown to."""

    reader = forms.ChoiceField(
        label="Show this entry to",
        help_text="They read it at their desk as evidence, until you end it. Nobody else does.",
        error_messages={"required": "Choose an assessor", "invalid_choice": "Choose an assessor of the list"},
    )

    def __init__(self, data: Any, readers: Iterable[tuple[Institute, User]]) -> None:
        super().__init__(data)
        self.readers = {
            f"{institute.slug}/{person.uuid}": (institute, person) for institute, person in readers
        }
        named = [
            (key, f"{person.get_full_name()}, {institute}")
            for key, (institute, person) in self.readers.items()
        ]
        self.fields["reader"].choices = [("", "Choose"), *named]

    @property
    def chosen(self) -> tuple[Institute, User]:
        return self.readers[self.cleaned_data["reader"]]


class SimulatorNoteForm(forms.Form):
    """What a learner saw in a run, in their own words."""

    text = forms.CharField(
        label="What did the provider do, and why does that pay?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4_000,
        error_messages={"required": "Write what you saw, in a sentence or two"},
    )


def _control_field(control: Control) -> forms.DecimalField:
    bounds = f"Enter a number from 0 to {control.most:,} for “{control.label}”"
    field = forms.DecimalField(
        label=control.label,
        help_text=control.hint,
        min_value=0,
        max_value=control.most,
        decimal_places=control.places,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places"), bounds
        ),
    )
    field.widget.attrs |= {"inputmode": "decimal", "data-slider": ""}
    field.before, field.after = control.before, control.after
    return field
