"""What to look for in the question bank."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from assessments.forms.kinds import KIND_WORDS
from assessments.models import Pool, Question, QuestionVersion
from courses.models import Competency, Level
from lms.people.models import Institute

WAITING = "waiting"
STATES = [
    ("", "Any state"),
    (WAITING, "Waiting for review"),
    *Question.State.choices,
]


class SearchForm(forms.Form):
    """Everything may be left open."""

    q = forms.CharField(label="Words or key", required=False)
    pool = forms.ModelChoiceField(Pool.objects.none(), required=False, empty_label="Any pool")
    state = forms.ChoiceField(choices=STATES, required=False)
    competency = forms.ModelChoiceField(
        Competency.objects.none(), required=False, empty_label="Any competency"
    )
    level = forms.ChoiceField(choices=[("", "Any level"), *Level.choices], required=False)
    kind = forms.ChoiceField(choices=[("", "Any kind"), *KIND_WORDS.items()], required=False)
    demand = forms.ChoiceField(choices=[("", "Any demand"), *QuestionVersion.Demand.choices], required=False)

    def __init__(self, institute: Institute, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institute = institute
        self.fields["pool"].queryset = institute.pools.order_by("title")
        self.fields["competency"].queryset = competencies_of(institute)

    def found(self) -> QuerySet[QuestionVersion]:
        """The newest version of each question that the form lets through; all where it makes no sense."""
        found = QuestionVersion.objects.newest().filter(question__institute=self.institute)
        wanted = self.cleaned_data if self.is_valid() else {}
        for name in ("competency", "level", "kind", "demand"):
            if wanted.get(name):
                found = found.filter(**{name: wanted[name]})
        if wanted.get("pool"):
            found = found.filter(question__pool=wanted["pool"])
        if wanted.get("state") == WAITING:
            found = found.filter(question__proposed__isnull=False)
        elif wanted.get("state"):
            found = found.filter(question__state=wanted["state"])
        if wanted.get("state") == Question.State.DRAFT:
            found = found.filter(question__proposed=None)
        if words := wanted.get("q"):
            found = found.filter(Q(stem__icontains=words) | Q(question__key__icontains=words))
        return found.select_related("question__pool", "competency").order_by(
            "question__pool__title", "question__key"
        )

    def is_filtered(self) -> bool:
        """Something was asked for."""
        return any(self.data.get(name) for name in self.fields)


def competencies_of(institute: Institute) -> QuerySet[Competency]:
    """The competencies of the institute's frameworks, by code."""
    return Competency.objects.filter(domain__framework__institute=institute)
