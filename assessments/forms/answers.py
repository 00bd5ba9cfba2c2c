"""The form in which a learner answers one question, a class for each kind of question.

A form is built from keys and texts alone: no answer key, no reason, and no option's own key reaches
the page. What the page sends back are places in this attempt's order of the options.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from django import forms

from assessments import scoring
from assessments.forms.wording import plain, question_of
from assessments.models import QuestionVersion

LONGEST_TEXT = 500
ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"]

Choices = list[tuple[str, str]]


class AnswerForm(forms.Form):
    """An answer to one question: what the page had seen, and the fields of the question's kind."""

    template: ClassVar[str]

    # Firefox would put a page's old revision back when it is loaded again.
    base_revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput({"autocomplete": "off"}))

    def __init__(self, version: QuestionVersion, order: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.order = list(order)
        self.question = question_of(version.stem)
        self.body = version.body
        self.add_fields()

    @classmethod
    def showing(
        cls, version: QuestionVersion, order: Sequence[str], response: object, revision: int, prefix: str = ""
    ) -> "AnswerForm":
        """The form with an answer given before already in it."""
        form = cls(version, order, prefix=prefix)
        form.initial = {"base_revision": revision, **form.fill(response)}
        return form

    def says_something(self) -> bool:
        """There is an answer, or one is taken back; a question left as it was found says nothing."""
        return self.is_valid() and (self.response() is not None or self.cleaned_data["base_revision"] > 0)

    def seen(self, revision: int) -> Self:
        """This form, whose answer has been kept: the page that it is shown on again has seen this revision."""
        data = self.data.copy()
        data[self.add_prefix("base_revision")] = revision
        self.data = data
        return self

    def is_complete(self) -> bool:
        """The answer can be read, or there is none; otherwise the form says what to do."""
        if not self.is_valid():
            return False
        result = scoring.score(scoring.parse(self.version.kind, self.body), self.response())
        if result.state == "incomplete":
            self.add_error([*self.fields][1], result.reasons[0][1])
        return result.state != "incomplete"

    def add_fields(self) -> None:
        """Add the fields that this kind of question is answered with."""
        raise NotImplementedError

    def fill(self, response: object) -> dict[str, object]:
        """The fields' values for a stored response; nothing for one that cannot be shown."""
        raise NotImplementedError

    def response(self) -> object:
        """The response to store, as `scoring` reads it; None for no answer."""
        raise NotImplementedError

    def shuffled(self, parts: Sequence[Mapping[str, str]]) -> Choices:
        """Options as (place, text), in this attempt's order."""
        texts = {part["key"]: plain(part["text"]) for part in parts}
        return [(str(place), texts[key]) for place, key in enumerate(self.order, start=1)]

    def place_of(self, key: object) -> str:
        """The place that stands for an option's key; empty for none."""
        return str(self.order.index(key) + 1) if key in self.order else ""

    def key_at(self, place: str) -> str:
        """The option's key that stands at a place which the form has checked."""
        return self.order[int(place) - 1]


class SingleForm(AnswerForm):
    """One option of several."""

    template = "assessments/questions/choice.html"

    def add_fields(self) -> None:
        self.fields["answer"] = forms.ChoiceField(
            label=self.question,
            choices=self.shuffled(self.body["options"]),
            widget=forms.RadioSelect,
            required=False,
        )

    def fill(self, response: object) -> dict[str, object]:
        return {"answer": self.place_of(response)}

    def response(self) -> object:
        chosen = self.cleaned_data["answer"]
        return self.key_at(chosen) if chosen else None


class SeveralForm(AnswerForm):
    """Any number of options."""

    template = "assessments/questions/choice.html"

    def add_fields(self) -> None:
        self.fields["answer"] = forms.MultipleChoiceField(
            label=self.question,
            help_text="Tick every answer that is right.",
            choices=self.shuffled(self.body["options"]),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def fill(self, response: object) -> dict[str, object]:
        keys = response if isinstance(response, list) else []
        return {"answer": [self.place_of(key) for key in keys]}

    def response(self) -> object:
        return sorted(self.key_at(place) for place in self.cleaned_data["answer"]) or None


class TrueFalseForm(AnswerForm):
    """True or false."""

    template = "assessments/questions/choice.html"

    def add_fields(self) -> None:
        self.fields["answer"] = forms.ChoiceField(
            label=self.question,
            choices=[("true", "True"), ("false", "False")],
            widget=forms.RadioSelect,
            required=False,
        )

    def fill(self, response: object) -> dict[str, object]:
        return {"answer": response}

    def response(self) -> object:
        return self.cleaned_data["answer"] or None


class TypedForm(AnswerForm):
    """A few typed words, kept as they were typed."""

    template = "assessments/questions/typed.html"
    hint = ""
    attributes: ClassVar[Mapping[str, str]] = {}

    def add_fields(self) -> None:
        self.fields["answer"] = forms.CharField(
            label="Your answer",
            help_text=self.hint,
            max_length=LONGEST_TEXT,
            required=False,
            widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", **self.attributes}),
        )

    def fill(self, response: object) -> dict[str, object]:
        return {"answer": response if isinstance(response, str) else ""}

    def response(self) -> object:
        return self.cleaned_data["answer"] or None


class NumberForm(TypedForm):
    """A number, typed."""

    hint = (
        "Type one number in digits, without a unit and without separators for thousands. "
        "A decimal point and a decimal comma are the same."
    )
    attributes: ClassVar[Mapping[str, str]] = {"inputmode": "decimal"}


class MatchingForm(AnswerForm):
    """A choice for each of several stems."""

    template = "assessments/questions/selects.html"

    def add_fields(self) -> None:
        choices = [("", "Choose one"), *self.shuffled(self.body["choices"])]
        self.stems = {f"match_{place}": stem["key"] for place, stem in enumerate(self.body["stems"], start=1)}
        for name, stem in zip(self.stems, self.body["stems"], strict=True):
            self.fields[name] = forms.ChoiceField(label=plain(stem["text"]), choices=choices, required=False)

    def fill(self, response: object) -> dict[str, object]:
        matched = response if isinstance(response, dict) else {}
        return {name: self.place_of(matched.get(stem)) for name, stem in self.stems.items()}

    def response(self) -> object:
        chosen = {stem: self.cleaned_data[name] for name, stem in self.stems.items()}
        return {stem: self.key_at(place) for stem, place in chosen.items() if place} or None


class OrderingForm(AnswerForm):
    """An item for each place. A half-made order is kept as it is, with nothing at the places left open."""

    template = "assessments/questions/selects.html"

    def add_fields(self) -> None:
        choices = [("", "Choose one"), *self.shuffled(self.body["items"])]
        self.places = [f"place_{place}" for place in range(1, len(self.order) + 1)]
        for number, name in enumerate(self.places):
            label = ORDINALS[number] if number < len(ORDINALS) else f"Place {number + 1}"
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    def fill(self, response: object) -> dict[str, object]:
        keys = response if isinstance(response, list) else []
        return {name: self.place_of(key) for name, key in zip(self.places, keys, strict=False)}

    def response(self) -> object:
        chosen = [self.cleaned_data[name] for name in self.places]
        return [self.key_at(place) if place else None for place in chosen] if any(chosen) else None


FORMS: Mapping[str, type[AnswerForm]] = {
    "single": SingleForm,
    "several": SeveralForm,
    "true_false": TrueFalseForm,
    "number": NumberForm,
    "short_text": TypedForm,
    "matching": MatchingForm,
    "ordering": OrderingForm,
}
"""Every kind of question and what answers it; a test holds it beside `scoring.KINDS`."""


def form_for(version: QuestionVersion) -> type[AnswerForm]:
    """The form for the version's kind of question."""
    return FORMS[version.kind]
