"""An activity as the reader meets it: what is asked, what was answered, what is right, and why.

Every kind of activity is a list of slots with one answer each, so that one form, one row and one view
serve them all. Values come as the CMS stores them. Nothing here is scored.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from courses.practice.formulas import CannotReckon, holds, reckon

LONGEST_TEXT = 4_000
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Slot:
    """One thing to answer. `options` are pairs of value and words; without options the answer is free text."""

    name: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    right: str = ""
    reason: str = ""
    chosen: str = ""
    # What else the kind's own page says of it: the row of a matrix, the good example of a rewriting.
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        return self.chosen == self.right

    @property
    def chosen_words(self) -> str:
        return dict(self.options).get(self.chosen, self.chosen)

    @property
    def right_words(self) -> str:
        return dict(self.options).get(self.right, self.right)


@dataclass(frozen=True)
class Reckoned:
    """A result of a calculator as it is read, or the sentence that says why there is none."""

    label: str
    figure: str
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """An activity with the answers that were given, if any were."""

    kind: str
    name: str
    digest: str
    slots: tuple[Slot, ...]
    is_answered: bool = False
    problem: str = ""
    results: tuple[Reckoned, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def right_count(self) -> int:
        return sum(slot.is_right for slot in self.slots)

    @property
    def missing_count(self) -> int:
        return sum(not slot.chosen for slot in self.slots)

    @property
    def in_right_order(self) -> list[Slot]:
        return sorted(self.slots, key=lambda slot: int(slot.right))

    @property
    def in_chosen_order(self) -> list[Slot]:
        """As the reader put them; the slots that nobody has placed stay where they are."""
        return sorted(self.slots, key=lambda slot: int(slot.chosen or 99))

    @property
    def marked(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.right]


def activity_name(kind: str, title: str) -> str:
    """The lasting name of an activity in its lesson, under which answers are kept."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{kind}-{words}"[:80].rstrip("-")


def blank(kind: str, values: Values) -> Sheet:
    """The activity before anybody has answered."""
    digest = hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:32]
    sheet = Sheet(kind, activity_name(kind, values["title"]), digest, tuple(SLOTS[kind](values)))
    if kind != "calculator":
        return sheet
    return _reckoned(sheet, values, [slot.more["value"] for slot in sheet.slots])


def answered(kind: str, values: Values, answers: Sequence[str]) -> Sheet:
    """The activity with the reader's answers; one for each slot. It may still say what is missing."""
    sheet = blank(kind, values)
    slots = tuple(
        Slot(**{**slot.__dict__, "chosen": answer}) for slot, answer in zip(sheet.slots, answers, strict=True)
    )
    problem = _problem(kind, slots)
    sheet = Sheet(kind, sheet.name, sheet.digest, slots, not problem, problem, sheet.results, sheet.remarks)
    return _reckoned(sheet, values, answers) if kind == "calculator" and not problem else sheet


def solved(kind: str, values: Values) -> Sheet:
    """The activity as it reads afterwards, for staff who answer nothing: with the right answers, where there are any."""
    sheet = blank(kind, values)
    slots = tuple(replace(slot, chosen=slot.right) for slot in sheet.slots)
    return replace(sheet, slots=slots, is_answered=True)


def read(sheet: Sheet, sent: Mapping[str, str]) -> list[str]:
    """The answer to each slot from a form that was sent; what no option allows counts as nothing."""
    return [_allowed(slot, sent.get(slot.name, "")) for slot in sheet.slots]


def _allowed(slot: Slot, text: str) -> str:
    if slot.options:
        return text if text in dict(slot.options) else ""
    return text.strip()[:LONGEST_TEXT]


def _problem(kind: str, slots: Sequence[Slot]) -> str:
    """What is still missing, in a sentence that says what to do; empty when nothing is."""
    missing = sum(not slot.chosen for slot in slots)
    if kind == "passage":
        return "" if missing < len(slots) else "Mark at least one part, then look."
    if kind == "rewrite":
        return "" if missing < len(slots) else "Write at least one of them, then compare."
    if kind == "calculator":
        return next(filter(None, map(_figure_problem, slots)), "")
    if missing:
        return MISSING[kind].format(left=missing)
    if kind == "order" and len({slot.chosen for slot in slots}) < len(slots):
        return "Two of the steps stand in the same place. Give each a place of its own."
    return ""


MISSING = {
    "decision": "Choose one, then read what follows.",
    "sort": "Put every card in a group; {left} still to go.",
    "order": "Give every step a place; {left} still to go.",
    "matrix": "Answer every line; {left} still to go.",
}


def _figure_problem(slot: Slot) -> str:
    number = number_of(slot.chosen)
    least, most = slot.more["least"], slot.more["most"]
    if number is None:
        return f"“{slot.text}” needs a number, such as {slot.more['value']}."
    if (bound := number_of(least)) is not None and number < bound:
        return f"“{slot.text}” cannot be below {least}."
    if (bound := number_of(most)) is not None and number > bound:
        return f"“{slot.text}” cannot be above {most}."
    return ""


def number_of(text: str) -> Decimal | None:
    """The number that a person wrote, None where it is none; thousands may have commas."""
    try:
        number = Decimal(text.strip().replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return None
    # More digits than any budget has would only make the sums slow.
    return number if number.is_finite() and abs(number.adjusted()) <= 15 and len(text) <= 30 else None


def _reckoned(sheet: Sheet, values: Values, answers: Sequence[str]) -> Sheet:
    known = {
        slot.more["key"]: number_of(text) or Decimal(0)
        for slot, text in zip(sheet.slots, answers, strict=True)
    }
    results, remarks = [], []
    for each in values["results"]:
        try:
            known[each["key"]] = reckon(each["formula"], known)
        except CannotReckon as why:
            results.append(Reckoned(each["label"], "", str(why)))
        else:
            results.append(Reckoned(each["label"], _figure(each, known[each["key"]])))
    for remark in values.get("remarks") or ():
        try:
            if holds(remark["when"], known):
                remarks.append(remark["text"])
        except CannotReckon:
            continue  # Its result has no figure, and says so itself.
    return replace(sheet, results=tuple(results), remarks=tuple(remarks))


def _figure(result: Values, number: Decimal) -> str:
    """A figure as people write it: −£1,234.50."""
    places = result.get("places") or 0
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = "−" if rounded < 0 else ""
    return f"{sign}{result.get('before') or ''}{abs(rounded):,}{result.get('after') or ''}"


def _decision(values: Values) -> list[Slot]:
    options = tuple((str(n), choice["text"]) for n, choice in enumerate(values["choices"]))
    ways = [(str(n), choice["text"], choice["consequence"]) for n, choice in enumerate(values["choices"])]
    return [Slot("a0", values["question"], options, more={"ways": ways})]


def _sort(values: Values) -> list[Slot]:
    groups = list(values["groups"])
    options = tuple((str(n), group) for n, group in enumerate(groups))
    return [
        Slot(f"a{n}", card["text"], options, str(groups.index(card["group"])), card["reason"])
        for n, card in enumerate(values["cards"])
        if card["group"] in groups
    ]


def _order(values: Values) -> list[Slot]:
    items = list(values["items"])
    options = tuple((str(n), str(n)) for n in range(1, len(items) + 1))
    slots = [
        Slot(f"a{n}", item["text"], options, str(n + 1), item.get("reason") or "")
        for n, item in enumerate(items)
    ]
    # The same shuffle for everyone, and never the right order by chance.
    shuffled = sorted(slots, key=lambda slot: hashlib.sha256(slot.text.encode()).digest())
    return shuffled if shuffled != slots else [*slots[1:], slots[0]]


def _passage(values: Values) -> list[Slot]:
    return [
        Slot(f"a{n}", part["text"], (("1", ""),), "1" if part.get("marked") else "", part.get("reason") or "")
        for n, part in enumerate(values["parts"])
    ]


def _matrix(values: Values) -> list[Slot]:
    words = list(values["options"])
    options = tuple((str(n), word) for n, word in enumerate(words))
    columns = list(values["columns"])
    return [
        Slot(
            f"a{r * len(columns) + c}",
            column,
            options,
            str(words.index(answer)) if answer in words else "",
            row.get("reason") or "",
            more={"heading": row["heading"]},
        )
        for r, row in enumerate(values["rows"])
        for c, (column, answer) in enumerate(zip(columns, row["answers"], strict=False))
    ]


def _calculator(values: Values) -> list[Slot]:
    names = ("key", "value", "before", "after", "least", "most", "fact")
    return [
        Slot(f"a{n}", each["label"], more={name: each.get(name) or "" for name in names})
        for n, each in enumerate(values["inputs"])
    ]


def _rewrite(values: Values) -> list[Slot]:
    return [
        Slot(f"a{n}", item["text"], more={"example": item["example"], "note": item.get("note") or ""})
        for n, item in enumerate(values["items"])
    ]


SLOTS: dict[str, Callable[[Values], list[Slot]]] = {
    "decision": _decision,
    "sort": _sort,
    "order": _order,
    "passage": _passage,
    "matrix": _matrix,
    "calculator": _calculator,
    "rewrite": _rewrite,
}
# The blocks that a reader answers; every lesson has one.
ACTIVITIES = frozenset(SLOTS)
