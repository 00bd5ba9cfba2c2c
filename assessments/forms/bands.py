"""A form with one band to choose for each criterion of a rubric, as the marking page lays it out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from assessments.models import BANDS, Criterion


@dataclass(frozen=True)
class BandOption:
    """One of the four bands as a radio button."""

    id: str
    value: int
    word: str
    descriptor: str
    is_chosen: bool


@dataclass(frozen=True)
class BandRow:
    """A criterion with its four bands and, where the form has one, a comment."""

    criterion: Criterion
    name: str
    options: tuple[BandOption, ...]
    bands: BoundField
    comment: BoundField | None


class BandsForm(forms.Form):
    """The bands of every criterion; `rows` draws them beside their descriptors."""

    def __init__(self, criteria: Sequence[Criterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for each in criteria:
            self.fields[band_name(each)] = forms.TypedChoiceField(
                label=each.title,
                choices=list(BANDS.items()),
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                error_messages={"required": f"Choose a band for “{each.title}”"},
            )
        self.order_fields([band_name(each) for each in criteria])

    def bands(self) -> dict[str, int]:
        """The bands chosen, by the criterion's key; those without one are left out."""
        chosen = {each.key: self.cleaned_data.get(band_name(each)) for each in self.criteria}
        return {key: band for key, band in chosen.items() if band}

    def rows(self) -> Iterator[BandRow]:
        """What the page draws for each criterion."""
        for each in self.criteria:
            field = self[band_name(each)]
            comment = self[comment_name(each)] if comment_name(each) in self.fields else None
            yield BandRow(each, field.html_name, tuple(_options(field, each)), field, comment)


def band_name(criterion: Criterion) -> str:
    """The name of the field that holds a criterion's band."""
    return f"band_{criterion.key}"


def comment_name(criterion: Criterion) -> str:
    """The name of the field that holds the comment on a criterion."""
    return f"comment_{criterion.key}"


def _options(field: BoundField, criterion: Criterion) -> Iterator[BandOption]:
    chosen = str(field.value() or "")
    for place, (band, word, descriptor) in enumerate(criterion.descriptors):
        yield BandOption(f"{field.auto_id}_{place}", band, word, descriptor, chosen == str(band))
