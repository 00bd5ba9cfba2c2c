"""What is typed into a draft of a framework."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from courses.competencies import LONGEST, Part, Skill, Wording, tidy
from courses.models import Level

LONGEST_BEHAVIOUR = 400
BEHAVIOUR_HINT = "What an assessor could see in a document, a meeting or a decision."


class Line(forms.CharField):
    """A text in one line."""

    def clean(self, value: Any) -> str:
        return tidy(super().clean(value))


class TitleForm(forms.Form):
    """The name of the whole framework."""

    title = Line(label="Title", max_length=160)

    def changed(self, said: Wording) -> Wording:
        return Wording(self.cleaned_data["title"], said.parts, said.retired)


class DomainForm(forms.Form):
    """What a domain is called, says and rests on."""

    title = Line(label="Title", max_length=LONGEST["title"])
    sentence = Line(
        label="Sentence",
        max_length=LONGEST["sentence"],
        help_text="What the domain comes down to, as one would say it to a colleague.",
    )
    anchors = forms.CharField(
        label="What it rests on",
        required=False,
        max_length=4000,
        help_text="Acts, reports and standards, one a line.",
        widget=forms.Textarea({"rows": 8}),
    )

    def changed(self, said: Wording, code: str) -> Wording:
        part = next(each for each in said.parts if each.code == code)
        given = self.cleaned_data
        lines = "\n".join(tidy(line) for line in given["anchors"].splitlines() if line.strip())
        return said.with_part(Part(code, given["title"], given["sentence"], lines, part.skills))


def _behaviour(level: Level) -> Line:
    return Line(
        label=level.label,
        max_length=LONGEST_BEHAVIOUR,
        help_text=BEHAVIOUR_HINT if level is Level.FOUNDATION else "",
        error_messages={"required": f"Say what somebody could see at {level.label}"},
        widget=forms.Textarea({"rows": 3}),
    )


class CompetencyForm(forms.Form):
    """A competency's title and its behaviours."""

    title = Line(label="Title", max_length=LONGEST["title"])
    foundation = _behaviour(Level.FOUNDATION)
    practitioner = _behaviour(Level.PRACTITIONER)
    lead = _behaviour(Level.LEAD)

    def changed(self, said: Wording, part: str, code: str = "") -> Wording:
        given = {**self.cleaned_data}
        return said.with_skill(part, Skill(**{"code": code, **given}))


class NewCompetencyForm(CompetencyForm):
    """A competency that the framework has not had before."""

    code = Line(
        label="Code",
        max_length=LONGEST["code"],
        help_text="Stays for good: lessons, questions and certificates name the competency by it.",
        validators=[RegexValidator(r"^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$", "Write a code such as 1.5")],
    )
    field_order = ["code", "title"]

    def __init__(self, *args: Any, said: Wording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        taken = self.said.skills.get(code)
        if taken:
            raise forms.ValidationError(f"{code} is “{taken.title}” already. Choose a code that is free.")
        if code in {each.code for each in self.said.retired}:
            raise forms.ValidationError(
                f"{code} is retired in this draft. Bring that one back, or choose another code."
            )
        return code


class RetireForm(forms.Form):
    """Why a competency goes; where certificates name it, that this was read."""

    reason = Line(
        label="Why is it retired?",
        max_length=1000,
        help_text="Kept with the version, for everybody who looks for it later.",
        error_messages={"required": "Say why: whoever looks for it later reads this"},
        widget=forms.Textarea({"rows": 4}),
    )
    known = forms.BooleanField(
        label="I know that the certificates above name it",
        error_messages={
            "required": "Certificates name this competency. Say that you know it, or change their schemes first."
        },
    )

    def __init__(self, *args: Any, is_named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_named:
            del self.fields["known"]


class PublishForm(forms.Form):
    """Why the next version is published."""

    reason = forms.CharField(
        label="Why is this published without a second reader?",
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        if needs_reason:
            field.help_text = (
                "You wrote part of it. A colleague who wrote none of it publishes it without a reason."
            )
            field.error_messages["required"] = (
                "You wrote part of this draft. Let somebody else publish it, or say why nobody else reads it first."
            )
        else:
            field.required = False
            field.label = "What is new about it?"
            field.help_text = "For everybody who reads the list of versions."


class SheetForm(forms.Form):
    """A CSV file with a line for each competency."""

    file = forms.FileField(
        label="CSV file",
        help_text="A line for each competency, with the columns of the download. You see what every line would change before anything happens.",
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
        error_messages={"required": "Choose the file first", "empty": "The file is empty"},
    )
