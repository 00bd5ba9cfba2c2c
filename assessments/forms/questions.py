"""Forms of the questions desk: finding questions, and writing one with a single right answer."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.text import slugify

from assessments.actions.versions import Wording
from assessments.content_files.questions import FEWEST_OPTIONS
from assessments.models import Pool, Question, QuestionVersion
from courses.models import Competency, Level, StepPage
from lms.people.models import Institute

KIND_WORDS = {
    "single": "One right answer",
    "several": "Several right answers",
    "true_false": "True or false",
    "number": "Number",
    "short_text": "A few words",
    "matching": "Matching",
    "ordering": "Ordering",
}
PLACES = range(1, 7)


class FilterForm(forms.Form):
    """What to look for in the question bank; everything may be left open."""

    q = forms.CharField(label="Words or key", required=False)
    pool = forms.ModelChoiceField(Pool.objects.none(), required=False, empty_label="Any pool")
    state = forms.ChoiceField(choices=[("", "Any state"), *Question.State.choices], required=False)
    competency = forms.ModelChoiceField(
        Competency.objects.none(), required=False, empty_label="Any competency"
    )
    kind = forms.ChoiceField(choices=[("", "Any kind"), *KIND_WORDS.items()], required=False)

    def __init__(self, institute: Institute, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pool"].queryset = institute.pools.order_by("title")
        self.fields["competency"].queryset = competencies_of(institute)


class OptionFields:
    """One option's fields, side by side for the page."""

    def __init__(self, form: "QuestionForm", place: int) -> None:
        self.place = place
        self.text, self.reason = form[f"text_{place}"], form[f"reason_{place}"]
        self.key = form[f"key_{place}"]
        self.is_right = str(form["correct"].value() or "") == str(place)


class QuestionForm(forms.Form):
    """A question with one right answer: what is asked, the options, and the reason behind each."""

    stem = forms.CharField(
        label="The question",
        widget=forms.Textarea({"rows": 4}),
        help_text="Put a situation first, if there is one, and the question after an empty line.",
    )
    pool = forms.ModelChoiceField(Pool.objects.none(), help_text="The quiz that draws it.")
    competency = forms.ModelChoiceField(Competency.objects.none())
    level = forms.ChoiceField(choices=Level.choices)
    demand = forms.ChoiceField(label="What it asks of the mind", choices=QuestionVersion.Demand.choices)
    lesson: "forms.ModelChoiceField[StepPage]" = forms.ModelChoiceField(
        StepPage.objects.none(), label="The lesson that teaches it", required=False
    )
    correct = forms.ChoiceField(
        choices=[(str(place), str(place)) for place in PLACES],
        required=False,
        widget=forms.RadioSelect,
        label="The right answer",
    )

    def __init__(self, institute: Institute, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pool"].queryset = institute.pools.order_by("title")
        if not is_new:
            del self.fields["pool"]  # a question stays in the pool that it was written for
        self.fields["competency"].queryset = competencies_of(institute)
        self.fields["lesson"].queryset = lessons_of(institute)
        for place in PLACES:
            self.fields[f"text_{place}"] = forms.CharField(
                label="Answer", required=False, max_length=400, widget=forms.TextInput({"size": 80})
            )
            self.fields[f"reason_{place}"] = forms.CharField(
                label="Reason",
                required=False,
                widget=forms.Textarea({"rows": 2}),
                help_text="Why it is right, or which mistake it comes from.",
            )
            self.fields[f"key_{place}"] = forms.SlugField(required=False, widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, version: QuestionVersion) -> dict[str, Any]:
        """The fields' values for a version that is to be changed."""
        options = enumerate(version.body["options"], start=1)
        fields = {
            f"{name}_{place}": option[name] for place, option in options for name in ("text", "reason", "key")
        }
        right = next((n for n, option in enumerate(version.body["options"], 1) if option["correct"]), "")
        names = ("stem", "competency", "level", "demand", "lesson")
        return {
            **{name: getattr(version, name) for name in names},
            "correct": str(right),
            **fields,
        }

    def usual_options(self) -> list[OptionFields]:
        """The fields of the four options that every question has, for the page."""
        return [OptionFields(self, place) for place in PLACES[:FEWEST_OPTIONS]]

    def more_options(self) -> list[OptionFields]:
        """The fields of the options that a question may have besides."""
        return [OptionFields(self, place) for place in PLACES[FEWEST_OPTIONS:]]

    def has_more_options(self) -> bool:
        """One of those is filled in."""
        return any(option.text.value() or option.reason.value() for option in self.more_options())

    def wording(self) -> Wording:
        """What the form says, as a version would."""
        about = {name: self.cleaned_data[name] for name in ("demand", "level", "competency", "lesson")}
        return Wording(kind="single", stem=self.cleaned_data["stem"], body=self.body(), **about)

    def version(self) -> QuestionVersion:
        """The same as a version that is not kept, to be looked at."""
        return QuestionVersion(**self.wording().columns())

    def body(self) -> dict[str, Any]:
        """The options that are written, each under a key that lasts while its meaning does."""
        return {"options": [self._option(place) for place in PLACES if self._is_written(place)]}

    def new_key(self, institute: Institute) -> str:
        """A key made of the question's first words, new at the institute."""
        start = slugify(" ".join(self.cleaned_data["stem"].split()[:6]))[:60] or "question"
        taken = set(institute.questions.filter(key__startswith=start).values_list("key", flat=True))
        return next(key for key in _numbered(start) if key not in taken)

    def _is_written(self, place: int) -> bool:
        return bool(self.cleaned_data.get(f"text_{place}") or self.cleaned_data.get(f"reason_{place}"))

    def _option(self, place: int) -> Mapping[str, Any]:
        return {
            "key": self.cleaned_data.get(f"key_{place}") or self._free_key(place),
            "text": self.cleaned_data.get(f"text_{place}", ""),
            "correct": self.cleaned_data.get("correct") == str(place),
            "reason": self.cleaned_data.get(f"reason_{place}", ""),
        }

    def _free_key(self, place: int) -> str:
        """A letter that no option of the question has had in this form: a new option is a new meaning."""
        used = {self.cleaned_data.get(f"key_{other}") for other in PLACES}
        letters = [letter for letter in "abcdefghijklmnop" if letter not in used]
        return letters[place - 1]


def competencies_of(institute: Institute) -> Any:
    """The competencies of the institute's frameworks, by code."""
    return Competency.objects.filter(domain__framework__institute=institute)


def lessons_of(institute: Institute) -> Any:
    """The lessons of the institute's courses, in the order of the page tree."""
    page = getattr(institute, "page", None)
    lessons = StepPage.objects.filter(lessonpage__isnull=False).order_by("path")
    return lessons.descendant_of(page) if page else lessons.none()


def _numbered(start: str) -> Iterator[str]:
    yield start
    number = 2
    while True:
        yield f"{start}-{number}"
        number += 1
