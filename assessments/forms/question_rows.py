"""The parts of a question while it is written: as many rows as the author wants, with or without JavaScript.

Each row keeps the names of its fields for as long as the page lives. One hidden field, `places`, says
which rows there are and in which order; a press of “Add”, “Remove” or “Move up” changes nothing else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from assessments import scoring_number
from assessments.scoring_number import read_number

MOST_ROWS = 20
FULL, HALF, NOTHING = "1", "1/2", "0"
FRACTION = re.compile(r"[1-9]\d?/[1-9]\d?", re.ASCII)
# What a row's fields are called in a sentence.
PART_NAMES = {
    "text": "text",
    "reason": "reason",
    "choice": "other half",
    "value": "number",
    "pattern": "words",
}


class Row(forms.Form):
    """One part of a question; its key lasts while its meaning does.

    `word` names it on the page, `needed` are the fields that must be written, and in those of
    `own` no two rows may say the same.
    """

    word: ClassVar[str] = "Answer"
    needed: ClassVar[Sequence[str]] = ("text", "reason")
    own: ClassVar[Sequence[str]] = ("text", "reason")

    use_required_attribute = False
    key = forms.SlugField(required=False, widget=forms.HiddenInput)

    place = 0
    number = 0
    is_right: bool | None = None  # where one of all rows is right, chosen by a radio button
    is_movable = False

    @property
    def name(self) -> str:
        """The row in a sentence, such as "answer 2"."""
        return f"{self.word.lower()} {self.number}"

    @property
    def is_written(self) -> bool:
        """Something was typed into it."""
        return any(self.said(name) for name in self.needed)

    def said(self, name: str) -> str:
        """What stands in a field now, trimmed."""
        return str(self[name].value() or "").strip()

    def typed(self) -> dict[str, Any]:
        """Every field's value as it stands on the page."""
        return {name: self[name].value() for name in self.fields}

    def begin_here(self) -> None:
        """Put the cursor into the row's first field: somebody has just asked for the row."""
        self.fields[self.needed[0]].widget.attrs["autofocus"] = True


class ProseField(forms.CharField):
    """A text with the line ends of the content files, so that a browser's own make no new version."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value or "").replace("\r\n", "\n"))


def line(label: str, hint: str = "", longest: int = 400) -> ProseField:
    """A text of the question. A text area, so that Enter sends nothing."""
    widget = forms.Textarea({"rows": 1})
    return ProseField(label=label, help_text=hint, required=False, max_length=longest, widget=widget)


class OptionRow(Row):
    """An answer to choose."""

    text = line("Text")
    reason = line("Reason", longest=1000)


class TickRow(OptionRow):
    """An answer to tick or to leave."""

    correct = forms.BooleanField(label="This answer is right", required=False)


class ItemRow(Row):
    """A thing that has its place in an order."""

    word = "Item"
    is_movable = True

    text = line("Text")
    reason = line("Reason", longest=1000)


class PairRow(Row):
    """Two things that belong together."""

    word = "Pair"
    needed = ("text", "choice", "reason")

    text = line("This")
    choice = line("Belongs with")
    reason = line("Reason", longest=1000)
    choice_key = forms.SlugField(required=False, widget=forms.HiddenInput)


class SpareRow(Row):
    """A choice that belongs with nothing."""

    word = "Spare choice"
    needed = own = ("text",)

    text = line("Text")


class NumberField(forms.CharField):
    """A decimal number as it was typed, kept with a point; what can be read in two ways is bounced back."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return str(read_number(typed))
        except scoring_number.Unreadable as fault:
            raise forms.ValidationError(str(fault)) from fault


class ForeseenRow(Row):
    """An answer that the author foresaw, right or wrong."""

    points = forms.ChoiceField(label="Earns", required=False, initial=FULL)
    reason = line("Reason", longest=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].choices = _points(self.said("points"))


class NumberRow(ForeseenRow):
    """A number, and how far from it an answer may lie."""

    needed = own = ("value", "reason")

    value = NumberField(label="Number", required=False, max_length=40)
    tolerance = NumberField(label="Give or take", required=False, max_length=40, initial="0")

    field_order = ("key", "value", "tolerance", "points", "reason")


class TextRow(ForeseenRow):
    """Words, in which a star stands for any others."""

    needed = own = ("pattern", "reason")

    pattern = line("Words")

    field_order = ("key", "pattern", "points", "reason")


class Rows:
    """All rows of one sort, in order."""

    def __init__(
        self,
        name: str,
        row: type[Row],
        places: Sequence[int],
        data: Mapping[str, Any] | None = None,
        initial: Mapping[int, Mapping[str, Any]] | None = None,
    ) -> None:
        self.name, self.row, self.places = name, row, list(places)
        self.rows = [self._made(place, data, initial or {}) for place in self.places]
        for number, each in enumerate(self.rows, start=1):
            each.number = number

    @classmethod
    def of(cls, name: str, row: type[Row], parts: Sequence[Mapping[str, Any]], fewest: int) -> "Rows":
        """A row for each part that is written already, and empty ones up to the fewest."""
        initial = dict(enumerate(parts, start=1))
        return cls(name, row, range(1, max(len(parts), fewest) + 1), initial=initial)

    @classmethod
    def sent(cls, name: str, row: type[Row], data: Mapping[str, Any]) -> "Rows":
        """The rows as the page sent them."""
        written = str(data.get(f"{name}-places", "")).split()
        places = [int(place) for place in written if place.isascii() and place.isdigit() and len(place) < 4]
        return cls(name, row, list(dict.fromkeys(places))[:MOST_ROWS], data=data)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def one_more(self) -> str:
        """What a press of “Add” adds, such as "an answer"."""
        word = self.row.word.lower()
        return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"

    @property
    def written_places(self) -> str:
        """The places as the hidden field holds them."""
        return " ".join(map(str, self.places))

    @property
    def may_grow(self) -> bool:
        return len(self.places) < MOST_ROWS

    def written(self) -> list[Row]:
        """The rows that hold something; the others are not kept."""
        return [row for row in self.rows if row.is_written]

    def pressed(self, press: str) -> "Rows":
        """The same rows, unchecked, after a press of one of their buttons; any other press leaves them alone."""
        verb, _, place = press.partition(f" {self.name}")
        places = _moved(self.places, verb, place.removeprefix("-"))
        typed = {row.place: row.typed() for row in self.rows}
        rows = Rows(self.name, self.row, places, initial=typed)
        if len(places) > len(self.places):
            rows.rows[-1].begin_here()
        return rows

    def _made(
        self, place: int, data: Mapping[str, Any] | None, initial: Mapping[int, Mapping[str, Any]]
    ) -> Row:
        made = self.row(data, prefix=f"{self.name}-{place}", initial=initial.get(place))
        made.place = place
        return made


def _moved(places: list[int], verb: str, place: str) -> list[int]:
    """The places after one was added, removed or moved up."""
    if verb == "add" and len(places) < MOST_ROWS:
        return [*places, max(places, default=0) + 1]
    if not place.isdigit() or int(place) not in places:
        return places
    at = places.index(int(place))
    rest = places[:at] + places[at + 1 :]
    if verb == "remove":
        return rest
    if verb == "up" and at:
        rest.insert(at - 1, places[at])
        return rest
    return places


def _points(now: str) -> list[tuple[str, str]]:
    """What a foreseen answer may earn; a fraction from a content file stays as it is."""
    offered = [
        (FULL, "The full point"),
        (HALF, "Half a point"),
        (NOTHING, "No point"),
    ]
    return [*offered, (now, f"{now} of a point")] if now != HALF and FRACTION.fullmatch(now) else offered
