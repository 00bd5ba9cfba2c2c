"""What each block of a lesson is called in its file, and how that becomes what the CMS stores, and back.

One table says it for loading, checking and exporting. `rich` words are Markdown in the file and HTML in
the CMS, `plain` ones are words in both, a `key` names a fact, `code` is for the machine and never read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from courses.content_files.markdown import render_markdown, typeset
from courses.practice.faults import activity_faults

Kind = Literal["plain", "rich", "plains", "riches", "flag", "whole", "key", "code", "items"]


@dataclass(frozen=True)
class Field:
    """One name in a block's TOML. `items` have fields of their own, and another name in the CMS."""

    name: str
    kind: Kind
    optional: bool = False
    stored_as: str = ""
    fields: tuple["Field", ...] = ()
    most: int = 0

    @property
    def key(self) -> str:
        """The name in the CMS."""
        return self.stored_as or self.name


@dataclass(frozen=True)
class Words:
    """Some words of a block: where they stand, whether they are Markdown, and the fact beside them."""

    field: Field
    text: str
    fact: str = ""


TITLE = Field("title", "plain")
INSTRUCTION = Field("instruction", "plain", most=300)
REASON = Field("reason", "rich", optional=True)
SHAPES: dict[str, tuple[Field, ...]] = {
    "key_terms": (
        Field("term", "items", stored_as="terms", fields=(Field("name", "plain"), Field("meaning", "rich"))),
    ),
    "timeline": (
        TITLE,
        Field(
            "event",
            "items",
            stored_as="events",
            fields=(
                Field("when", "plain"),
                TITLE,
                Field("text", "rich", optional=True),
                Field("fact", "key", optional=True),
            ),
        ),
    ),
    "comparison": (
        TITLE,
        Field("caption", "plain", optional=True),
        Field("columns", "plains"),
        Field("row", "items", stored_as="rows", fields=(Field("heading", "plain"), Field("cells", "riches"))),
    ),
    "case_study": (TITLE, Field("real", "flag"), Field("text", "rich")),
    "decision": (
        TITLE,
        Field("situation", "rich"),
        Field("question", "plain", most=300),
        Field(
            "choice",
            "items",
            stored_as="choices",
            fields=(Field("text", "plain", most=300), Field("consequence", "rich")),
        ),
    ),
    "callout": (TITLE, Field("text", "rich")),
    "sort": (
        TITLE,
        INSTRUCTION,
        Field("groups", "plains"),
        Field(
            "card",
            "items",
            stored_as="cards",
            fields=(Field("text", "plain", most=300), Field("group", "plain"), Field("reason", "rich")),
        ),
    ),
    "order": (
        TITLE,
        INSTRUCTION,
        Field("item", "items", stored_as="items", fields=(Field("text", "plain", most=300), REASON)),
    ),
    "passage": (
        TITLE,
        INSTRUCTION,
        Field(
            "part",
            "items",
            stored_as="parts",
            fields=(Field("text", "plain"), Field("marked", "flag", optional=True), REASON),
        ),
    ),
    "matrix": (
        TITLE,
        INSTRUCTION,
        Field("columns", "plains"),
        Field("options", "plains"),
        Field(
            "row",
            "items",
            stored_as="rows",
            fields=(Field("heading", "plain"), Field("answers", "plains"), REASON),
        ),
    ),
    "calculator": (
        TITLE,
        INSTRUCTION,
        Field(
            "input",
            "items",
            stored_as="inputs",
            fields=(
                Field("key", "code", most=30),
                Field("label", "plain"),
                Field("before", "plain", optional=True),
                Field("after", "plain", optional=True),
                Field("value", "plain", most=20),
                Field("fact", "key", optional=True),
                Field("least", "code", optional=True, most=20),
                Field("most", "code", optional=True, most=20),
            ),
        ),
        Field(
            "result",
            "items",
            stored_as="results",
            fields=(
                Field("key", "code", most=30),
                Field("label", "plain"),
                Field("before", "plain", optional=True),
                Field("after", "plain", optional=True),
                Field("places", "whole", optional=True),
                Field("formula", "code", most=300),
            ),
        ),
        Field(
            "remark",
            "items",
            optional=True,
            stored_as="remarks",
            fields=(Field("when", "code", most=300), Field("text", "rich")),
        ),
    ),
    "rewrite": (
        TITLE,
        INSTRUCTION,
        Field(
            "item",
            "items",
            stored_as="items",
            fields=(
                Field("text", "plain"),
                Field("example", "rich"),
                Field("note", "rich", optional=True),
            ),
        ),
    ),
}
TYPES: dict[Kind, Any] = {"plains": list, "riches": list, "items": list, "flag": bool, "whole": int}
EMPTY: dict[Kind, Callable[[], Any]] = {
    "plains": list,
    "riches": list,
    "items": list,
    "flag": bool,
    "whole": int,
}


def stored(name: str, values: dict[str, Any]) -> dict[str, Any]:
    """A block's values as the CMS stores them. The values have passed `faults`."""
    return _each(SHAPES[name], values, lambda field: (field.name, field.key), render_markdown, typeset)


def written(
    name: str, values: dict[str, Any], unrendered: Callable[[str], str], untypeset: Callable[[str], str]
) -> dict[str, Any]:
    """The way back: what the CMS stores, as the file's values."""
    return _each(SHAPES[name], values, lambda field: (field.key, field.name), unrendered, untypeset)


def words(name: str, values: dict[str, Any]) -> Iterator[Words]:
    """Everything in the block that a reader reads."""
    yield from _words(SHAPES[name], values)


def faults(name: str, values: dict[str, Any]) -> list[str]:
    """What is wrong with a block's names and values, in sentences."""
    if name not in SHAPES:
        return [f"There is no block called “{name}”. There are {', '.join(sorted(SHAPES))}."]
    found = list(_faults(SHAPES[name], values, f"“{name}”"))
    if name == "comparison" and not found:
        columns = len(values["columns"])
        found += [
            f"The row “{row['heading']}” has {len(row['cells'])} cells for {columns} columns."
            for row in values["row"]
            if len(row["cells"]) != columns
        ]
    return found or activity_faults(name, values)


def _each(
    fields: tuple[Field, ...],
    values: dict[str, Any],
    names: Callable[[Field], tuple[str, str]],
    rich: Callable[[str], str],
    plain: Callable[[str], str],
) -> dict[str, Any]:
    turned = {}
    for field in fields:
        old, new = names(field)
        value = values.get(old, EMPTY.get(field.kind, str)())
        match field.kind:
            case "items":
                value = [_each(field.fields, item, names, rich, plain) for item in value]
            case "rich" | "plain":
                value = (rich if field.kind == "rich" else plain)(value)
            case "riches" | "plains":
                value = [(rich if field.kind == "riches" else plain)(each) for each in value]
        turned[new] = value
    return turned


def _words(fields: tuple[Field, ...], values: dict[str, Any]) -> Iterator[Words]:
    fact = values.get("fact", "")
    for field in fields:
        value = values.get(field.name)
        match field.kind:
            case "items":
                for item in value or []:
                    yield from _words(field.fields, item)
            case "plains" | "riches":
                yield from (Words(field, each) for each in value or [])
            case "plain" | "rich" if value:
                yield Words(field, value, fact)


def _faults(fields: tuple[Field, ...], values: dict[str, Any], where: str) -> Iterator[str]:
    known = {field.name: field for field in fields}
    yield from (f"{where} has no “{name}”." for name in values if name not in known)
    for name, field in known.items():
        value = values.get(name)
        if value is not None and value not in ("", []):
            yield from _value_faults(field, value, f"“{name}” in {where}")
        elif not field.optional:
            yield f"{where} lacks “{name}”."


def _value_faults(field: Field, value: Any, where: str) -> Iterator[str]:
    kind = TYPES.get(field.kind, str)
    # To Python, true and false are numbers.
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield f"{where} is not {'a list' if kind is list else 'of the right kind'}."
    elif field.most and len(value) > field.most:
        yield f"{where} is longer than {field.most} characters."
    elif kind is list and not all(isinstance(each, dict if field.kind == "items" else str) for each in value):
        yield f"{where} is not a list of {'entries' if field.kind == 'items' else 'texts'}."
    elif field.kind == "items":
        for item in value:
            yield from _faults(field.fields, item, where)
