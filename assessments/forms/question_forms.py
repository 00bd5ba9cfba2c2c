"""A form for each kind of question that can be written at the desk."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html

from assessments.forms import guessing
from assessments.forms.question_rows import (
    FULL,
    ItemRow,
    NumberRow,
    OptionRow,
    PairRow,
    Row,
    SpareRow,
    TextRow,
    TickRow,
    line,
)
from assessments.forms.questions import QuestionForm, Table, folded, letters
from assessments.scoring_text import WILDCARD, matches

ALL_OR_NOTHING = "all_or_nothing"
CHOICES = (
    "The reason says why an answer is right, or which mistake leads to it; whoever chose it reads it. Correct a "
    "word freely. When an answer comes to mean something else, remove it and add a new one."
)
ANY_OTHER = "Said to whoever answers anything else, so it has to be true of every other mistake."


class SingleChoiceForm(QuestionForm):
    """Several answers, one of them right."""

    kind = "single"
    lede = "One answer is right. Each answer has a reason of its own: why it is right, or which mistake leads to it."
    tables = {"options": Table(OptionRow, 4, "Answers", CHOICES)}

    correct = forms.ChoiceField(required=False, widget=forms.RadioSelect, label="The right answer")

    @classmethod
    def initial_of(cls, body: Mapping[str, Any]) -> dict[str, Any]:
        right = (str(place) for place, option in enumerate(body["options"], start=1) if option["correct"])
        return {"correct": next(right, "")}

    def lay_out(self) -> None:
        rows = self.rows["options"]
        self.fields["correct"].choices = [(str(row.place), str(row.number)) for row in rows]
        for row in rows:
            row.is_right = str(self["correct"].value() or "") == str(row.place)

    def body(self) -> dict[str, Any]:
        return {"options": [_option(key, row, row.is_right) for key, row in self.keyed("options")]}

    def faults(self) -> None:
        if not any(row.is_right for row in self.rows["options"].written()):
            self.add_error("correct", "Choose which answer is right.")


class SeveralChoiceForm(QuestionForm):
    """Several answers, some of them right."""

    kind = "several"
    lede = "Learners tick every answer that they hold to be right. At least one is right, and at least one is not."
    tables = {"options": Table(TickRow, 5, "Answers", CHOICES)}
    after = ("rule",)

    rule = forms.ChoiceField(label="How ticks are scored", widget=forms.RadioSelect, initial=ALL_OR_NOTHING)

    @classmethod
    def initial_of(cls, body: Mapping[str, Any]) -> dict[str, Any]:
        return {"rule": body.get("rule", ALL_OR_NOTHING)}

    def lay_out(self) -> None:
        written = self.rows["options"].written()
        sentences = guessing.several_rules(sum(_is_ticked(row) for row in written), len(written))
        self.fields["rule"].choices = _rules(sentences)

    def body(self) -> dict[str, Any]:
        options = [_option(key, row, _is_ticked(row)) for key, row in self.keyed("options")]
        return {"options": options, **_rule(self.cleaned_data["rule"])}

    def faults(self) -> None:
        rows = self.rows["options"].written()
        ticked = sum(_is_ticked(row) for row in rows)
        if not ticked:
            self.add_error(None, "Tick at least one answer as right.")
        elif ticked == len(rows):
            self.add_error(
                None, "Every answer is right here. Add one that is not, with the mistake that leads to it."
            )


class TrueFalseForm(QuestionForm):
    """A statement that holds or does not."""

    kind = "true_false"
    lede = "The question is a statement. Write a reason for each word: one says why it is so, the other where the mistake lies."
    before = ("answer", "reason_true", "reason_false")

    answer = forms.ChoiceField(
        label="The statement is",
        choices=[("true", "True"), ("false", "False")],
        widget=forms.RadioSelect,
        required=False,
    )
    reason_true = line("Reason told to whoever says “true”", longest=1000)
    reason_false = line("Reason told to whoever says “false”", longest=1000)

    @classmethod
    def initial_of(cls, body: Mapping[str, Any]) -> dict[str, Any]:
        words = {True: "true", False: "false"}
        return {**super().initial_of(body), "answer": words.get(body.get("answer"), "")}

    def body(self) -> dict[str, Any]:
        said = self.cleaned_data
        answer = {"true": True, "false": False}.get(said["answer"])
        return {"answer": answer, **{name: said[name] for name in ("reason_true", "reason_false")}}

    def faults(self) -> None:
        said = dict(self.cleaned_data)  # an error takes its field out of it
        if not said["answer"]:
            self.add_error("answer", "Choose whether the statement is true or false.")
        for word in ("true", "false"):
            if not said[f"reason_{word}"]:
                self.add_error(f"reason_{word}", f"Write what somebody is told who says “{word}”.")
        if said["reason_true"] and _alike(said["reason_true"], said["reason_false"]):
            self.add_error(
                "reason_false", "Both reasons are the same. Only one of the two words is a mistake."
            )


class ForeseenForm(QuestionForm):
    """Answers that are typed: those that an author foresaw, and a reason for every other one."""

    after = ("otherwise",)

    otherwise = line("Reason for every other answer", ANY_OTHER, longest=1000)

    def faults(self) -> None:
        rows, otherwise = self.rows["answers"].written(), self.cleaned_data["otherwise"]
        if not otherwise:
            self.add_error("otherwise", "Write what somebody is told whose answer you did not foresee.")
        for row in rows:
            if row.said("reason") and _alike(row.said("reason"), otherwise):
                self.add_error(
                    "otherwise", f"This is the reason of {row.name} as well. Say what is true of the rest."
                )
        if not any(row.said("points") == FULL for row in rows):
            self.add_error(None, "Add an answer that earns the full point.")
        for first, second in _pairs(rows):
            if self.shadows(first, second):
                sentence = f"{second.name.capitalize()} is never reached: {first.name} takes it first."
                second.add_error(second.needed[0], sentence)

    def shadows(self, first: Row, second: Row) -> bool:
        """Everything that the second row would take goes to the first, which stands before it."""
        raise NotImplementedError


class NumberQuestionForm(ForeseenForm):
    """A number, with a tolerance."""

    kind = "number"
    lede = (
        "Learners type a number. A decimal comma is read as a decimal point, and “1,234” is sent back to "
        "whoever typed it, since it can be read in two ways. The same holds for what you type here."
    )
    tables = {
        "answers": Table(
            NumberRow,
            1,
            "Answers",
            "The right number first, then mistakes worth a word of their own: the wrong year, the percentage "
            "of the wrong whole. “Give or take” belongs to the answer: 7 give or take 1 takes 6 and 8.",
        )
    }

    def body(self) -> dict[str, Any]:
        answers = [
            {
                "key": key,
                "value": row.cleaned_data["value"],
                "tolerance": row.cleaned_data["tolerance"] or "0",
                "points": row.cleaned_data["points"] or FULL,
                "reason": row.cleaned_data["reason"],
            }
            for key, row in self.keyed("answers")
        ]
        return {"answers": answers, "otherwise": self.cleaned_data["otherwise"]}

    def faults(self) -> None:
        for row in self.rows["answers"].written():
            if _number(row, "tolerance") < 0:
                row.add_error("tolerance", f"“Give or take” of {row.name} is below nought.")
        super().faults()

    def shadows(self, first: Row, second: Row) -> bool:
        apart = abs(_number(first, "value") - _number(second, "value"))
        return apart + _number(second, "tolerance") <= _number(first, "tolerance")


class ShortTextForm(ForeseenForm):
    """A few words, compared with patterns."""

    kind = "short_text"
    lede = (
        "Learners type a few words. Spaces before, after and between words do not count, nor do accents typed "
        "in two ways. Use it only for what can be written in few ways."
    )
    tables = {
        "answers": Table(
            TextRow,
            1,
            "Answers",
            "The first one that fits decides, so write the right ones first, in every spelling that you accept. A star "
            "stands for any letters: “tupe*” takes “TUPE regulations”. Then come mistakes worth a word of their own.",
        )
    }
    after = ("otherwise", "mind_capitals")

    mind_capitals = forms.BooleanField(label="Capital letters count", required=False)

    @classmethod
    def initial_of(cls, body: Mapping[str, Any]) -> dict[str, Any]:
        mind = not body.get("ignore_case", True)
        return {"otherwise": body.get("otherwise", ""), "mind_capitals": mind}

    def body(self) -> dict[str, Any]:
        answers = [
            {
                "key": key,
                "pattern": row.cleaned_data["pattern"],
                "points": row.cleaned_data["points"] or FULL,
                "reason": row.cleaned_data["reason"],
            }
            for key, row in self.keyed("answers")
        ]
        case = {"ignore_case": False} if self.cleaned_data["mind_capitals"] else {}
        return {"answers": answers, "otherwise": self.cleaned_data["otherwise"], **case}

    def faults(self) -> None:
        for row in self.rows["answers"].written():
            if row.said("pattern") and not row.said("pattern").replace("*", "").strip():
                row.add_error(
                    "pattern", f"{row.name.capitalize()} would take everything. Write a word beside the star."
                )
        super().faults()

    def shadows(self, first: Row, second: Row) -> bool:
        words = second.said("pattern")
        if WILDCARD.search(words) or not first.said("pattern") or not words:
            return False
        ignore_case = not self.cleaned_data["mind_capitals"]
        return matches(first.said("pattern"), words.replace(r"\*", "*"), ignore_case=ignore_case)


class MatchingQuestionForm(QuestionForm):
    """Pairs, and choices that belong to none of them."""

    kind = "matching"
    lede = "Learners choose for each thing on the left what it belongs with. Each one that is right earns its share."
    tables = {
        "stems": Table(
            PairRow,
            3,
            "Pairs",
            "The reason says why the two belong together. Two things may belong with the same one: write it the same way.",
        ),
        "choices": Table(
            SpareRow,
            1,
            "Spare choices",
            "Belong with nothing, so that the last pair is not left over by itself.",
        ),
    }

    @classmethod
    def parts_of(cls, body: Mapping[str, Any]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        texts = {choice["key"]: choice["text"] for choice in body["choices"]}
        pairs = [
            {**stem, "choice": texts.get(stem["choice"], ""), "choice_key": stem["choice"]}
            for stem in body["stems"]
        ]
        matched = {stem["choice"] for stem in body["stems"]}
        return {"stems": pairs, "choices": [each for each in body["choices"] if each["key"] not in matched]}

    def body(self) -> dict[str, Any]:
        choices = self._choices()
        keys = {folded(text): key for key, text in choices.items()}
        stems = [
            {
                "key": key,
                "text": row.cleaned_data["text"],
                "choice": keys.get(folded(row.cleaned_data["choice"]), ""),
                "reason": row.cleaned_data["reason"],
            }
            for key, row in self.keyed("stems")
        ]
        return {"stems": stems, "choices": [{"key": key, "text": text} for key, text in choices.items()]}

    def faults(self) -> None:
        pairs = self.rows["stems"].written()
        if len(pairs) < 2:
            self.add_error(None, "Write at least two pairs.")
        halves = {folded(row.said("choice")): row for row in pairs}
        for spare in self.rows["choices"].written():
            if pair := halves.get(folded(spare.said("text"))):
                spare.add_error(
                    "text", f"{pair.name.capitalize()} belongs with this, so it is not spare. Change it."
                )
        if len(pairs) > 1 and len(halves) + len(self.rows["choices"].written()) < 2:
            self.add_error(None, "Everything belongs with the same one. Add something else to choose from.")

    def _choices(self) -> dict[str, str]:
        """Everything that can be chosen, by key; what stands in several pairs once, under the first one's key."""
        spare = [(row.said("key"), row.cleaned_data["text"]) for row in self.rows["choices"].written()]
        paired = [
            (row.said("choice_key"), row.cleaned_data["choice"])
            for row in self.rows["stems"].written()
            if row.cleaned_data["choice"]
        ]
        used = {key for key, _ in [*paired, *spare]} | self.keys_of_before("choices")
        free = (key for key in letters() if key not in used)
        choices: dict[str, str] = {}
        texts: set[str] = set()
        for key, text in [*paired, *spare]:
            if folded(text) in texts:
                continue
            texts.add(folded(text))
            choices[key if key and key not in choices else next(free)] = text
        return choices


class OrderingQuestionForm(QuestionForm):
    """Items in the one order that is right."""

    kind = "ordering"
    lede = "Write the items in their right order. Each attempt shows them in another one."
    tables = {
        "items": Table(
            ItemRow, 4, "Items, in the right order", "The reason says why an item stands in its place."
        )
    }
    after = ("rule",)

    rule = forms.ChoiceField(label="How an order is scored", widget=forms.RadioSelect, initial=ALL_OR_NOTHING)

    @classmethod
    def initial_of(cls, body: Mapping[str, Any]) -> dict[str, Any]:
        return {"rule": body.get("rule", ALL_OR_NOTHING)}

    def lay_out(self) -> None:
        self.fields["rule"].choices = _rules(guessing.order_rules(len(self.rows["items"].written())))

    def body(self) -> dict[str, Any]:
        items = [
            {"key": key, "text": row.cleaned_data["text"], "reason": row.cleaned_data["reason"]}
            for key, row in self.keyed("items")
        ]
        return {"items": items, **_rule(self.cleaned_data["rule"])}

    def faults(self) -> None:
        if len(self.rows["items"].written()) < 2:
            self.add_error(None, "Write at least two items.")


QUESTION_FORMS: Mapping[str, type[QuestionForm]] = {
    form.kind: form
    for form in (
        SingleChoiceForm,
        SeveralChoiceForm,
        TrueFalseForm,
        NumberQuestionForm,
        ShortTextForm,
        MatchingQuestionForm,
        OrderingQuestionForm,
    )
}
"""Every kind of question and what writes it; a test holds it beside `scoring.KINDS`."""


def _option(key: str, row: Row, is_right: bool | None) -> dict[str, Any]:
    said = row.cleaned_data
    return {"key": key, "text": said["text"], "correct": bool(is_right), "reason": said["reason"]}


def _is_ticked(row: Row) -> bool:
    return bool(row["correct"].value())


def _rules(sentences: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (rule, format_html("{} <small>{}</small>", guessing.RULE_WORDS[rule], sentence))
        for rule, sentence in sentences.items()
    ]


def _rule(rule: str) -> dict[str, str]:
    """The rule as a body holds it: nothing where it is the usual one, as in the content files."""
    return {} if rule == ALL_OR_NOTHING else {"rule": rule}


def _number(row: Row, name: str) -> Decimal:
    return Decimal(row.cleaned_data.get(name) or 0)


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Each row with each one after it, where both are written in full."""
    whole = [row for row in rows if row.said(row.needed[0]) and row.needed[0] not in row.errors]
    return ((first, second) for at, first in enumerate(whole) for second in whole[at + 1 :])


def _alike(one: str, other: str) -> bool:
    return folded(one) == folded(other)
