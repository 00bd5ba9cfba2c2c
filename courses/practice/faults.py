"""What a block that asks the reader to do something must be, beyond having its names: in sentences.

The same sentences meet an author of files (`check_content`) and an author in the CMS.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from courses.practice.formulas import (
    FUNCTIONS,
    CannotReckon,
    check_comparison,
    check_formula,
    holds,
    names_in,
    reckon,
)
from courses.practice.sheets import number_of

KEY = re.compile(r"[a-z][a-z0-9_]*")
MOST_PLACES = 4


def activity_faults(name: str, values: dict[str, Any]) -> list[str]:
    """What is wrong with an activity whose names and kinds are right; empty for every other block."""
    return list(CHECKS[name](values)) if name in CHECKS else []


def _sort(values: dict[str, Any]) -> Iterator[str]:
    groups, cards = values["groups"], values["card"]
    yield from _between(len(groups), 2, 5, "sort", "groups")
    yield from _between(len(cards), 4, 16, "sort", "cards")
    yield from _twice(groups, "group")
    yield from _twice([card["text"] for card in cards], "card")
    for card in cards:
        if card["group"] not in groups:
            yield f"The card “{card['text']}” belongs to “{card['group']}”, which is none of the groups."
    for group in groups:
        if all(card["group"] != group for card in cards):
            yield f"The group “{group}” has no card."


def _order(values: dict[str, Any]) -> Iterator[str]:
    yield from _between(len(values["item"]), 3, 9, "order", "items")
    yield from _twice([item["text"] for item in values["item"]], "item")


def _passage(values: dict[str, Any]) -> Iterator[str]:
    parts = values["part"]
    marked = [part for part in parts if part.get("marked")]
    yield from _between(len(parts), 4, 14, "passage", "parts")
    if len(marked) < 2 or len(parts) - len(marked) < 2:
        yield "A “passage” needs at least two parts that are to be marked and two that are not."
    for part in marked:
        if not part.get("reason"):
            yield f"The part “{part['text']}” is to be marked and gives no reason."


def _matrix(values: dict[str, Any]) -> Iterator[str]:
    columns, options, rows = values["columns"], values["options"], values["row"]
    yield from _between(len(columns), 2, 6, "matrix", "columns")
    yield from _between(len(options), 2, 4, "matrix", "options")
    yield from _between(len(rows), 2, 8, "matrix", "rows")
    yield from _twice(columns, "column")
    yield from _twice(options, "option")
    for row in rows:
        if len(row["answers"]) != len(columns):
            yield f"The row “{row['heading']}” has {len(row['answers'])} answers for {len(columns)} columns."
        for answer in row["answers"]:
            if answer not in options:
                yield f"The row “{row['heading']}” answers “{answer}”, which is none of the options."


def _rewrite(values: dict[str, Any]) -> Iterator[str]:
    yield from _between(len(values["item"]), 1, 6, "rewrite", "items")


def _calculator(values: dict[str, Any]) -> Iterator[str]:
    inputs, results, remarks = values["input"], values["result"], values.get("remark", [])
    keys = [each["key"] for each in [*inputs, *results]]
    yield from _twice(keys, "key")
    for key in keys:
        if not KEY.fullmatch(key) or key in FUNCTIONS:
            yield f"“{key}” is no name for a formula: write one word of small letters, other than min and max."
    figures = list(_figures(inputs))
    yield from figures
    formulas = list(_formulas(inputs, results, remarks))
    yield from formulas
    if not figures and not formulas:
        yield from _reckoned(inputs, results, remarks)


def _figures(inputs: list[dict[str, Any]]) -> Iterator[str]:
    for each in inputs:
        given = {name: each[name] for name in ("value", "least", "most") if each.get(name)}
        read = {name: number_of(text) for name, text in given.items()}
        for name, number in read.items():
            if number is None:
                yield f"“{name}” of “{each['label']}” is no decimal number: “{given[name]}”."
        value, least, most = (read.get(name) for name in ("value", "least", "most"))
        if value is not None and least is not None and value < least:
            yield f"“{each['label']}” begins at {value}, below its least."
        if value is not None and most is not None and value > most:
            yield f"“{each['label']}” begins at {value}, above its most."


def _formulas(
    inputs: list[dict[str, Any]], results: list[dict[str, Any]], remarks: list[dict[str, Any]]
) -> Iterator[str]:
    known = {each["key"] for each in inputs}
    later = {each["key"] for each in results}
    for result in results:
        if not 0 <= result.get("places", 0) <= MOST_PLACES:
            yield f"“{result['label']}” has {result['places']} places; it may have 0 to {MOST_PLACES}."
        yield from _unknown(result["formula"], check_formula, result["label"], known, later)
        known = known | {result["key"]}
    for remark in remarks:
        yield from _unknown(remark["when"], check_comparison, remark["when"], known, set())


def _unknown(
    formula: str, check: Callable[[str], None], where: str, known: set[str], later: set[str]
) -> Iterator[str]:
    try:
        check(formula)
    except CannotReckon as why:
        yield str(why)
        return
    for name in sorted(names_in(formula) - known):
        if name in later:
            yield f"“{where}” uses “{name}”, which is worked out only here or below: put it above."
        else:
            yield f"“{where}” uses “{name}”, which is neither an input nor a result."


def _reckoned(
    inputs: list[dict[str, Any]], results: list[dict[str, Any]], remarks: list[dict[str, Any]]
) -> Iterator[str]:
    """The sums are done once with the figures that the reader first sees."""
    values = {each["key"]: number_of(each["value"]) or Decimal(0) for each in inputs}
    try:
        for result in results:
            where = result["label"]
            values[result["key"]] = reckon(result["formula"], values)
        for remark in remarks:
            where = remark["when"]
            holds(remark["when"], values)
    except CannotReckon as why:
        yield f"“{where}” cannot be worked out with the figures given: {str(why)[0].lower()}{str(why)[1:]}"


def _between(count: int, least: int, most: int, name: str, what: str) -> Iterator[str]:
    if not least <= count <= most:
        yield f"“{name}” has {count} {what}; it should have {least} to {most}."


def _twice(texts: list[str], what: str) -> Iterator[str]:
    yield from (f"The {what} “{text}” stands twice." for text, times in Counter(texts).items() if times > 1)


CHECKS: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "sort": _sort,
    "order": _order,
    "passage": _passage,
    "matrix": _matrix,
    "calculator": _calculator,
    "rewrite": _rewrite,
}
