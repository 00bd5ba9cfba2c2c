"""The way back from the CMS to a file: HTML as Markdown, and values as TOML."""

import json
import re
from collections.abc import Iterable
from datetime import date
from html.parser import HTMLParser
from typing import Any

from courses.content_files.markdown import FACT
from courses.content_files.shapes import SHAPES, Field, written

STRAIGHT = str.maketrans("“”‘’", "\"\"''")
SPECIAL = re.compile(r"([\\`*_\[\]<])")
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
BLOCKS = {"p", "h2", "h3", "h4", "li", "blockquote"}


class _Writer(HTMLParser):
    """Writes the narrow HTML that the CMS keeps as Markdown, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.words = ""
        self.lists: list[list[Any]] = []
        self.href = ""
        self.quoting = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.close()
        if tag in {"ul", "ol"}:
            self.close()
            self.lists.append([tag, 0])
        elif tag == "li" and self.lists:
            self.lists[-1][1] += 1
        elif tag == "blockquote":
            self.quoting = True
        elif tag == "br":
            self.words += "\\\n"
        elif tag == "a":
            self.href = dict(attrs).get("href") or ""
            self.words += "["
        self.words += MARKS.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        self.words += MARKS.get(tag, "")
        if tag == "a":
            self.words += f"]({self.href.replace('#source-', FACT, 1)})"
        elif tag in BLOCKS:
            self._end(tag)
        elif tag in {"ul", "ol"} and self.lists:
            self.close()
            self.lists.pop()

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data)
        if self.words.endswith("\n"):
            text = text.lstrip()
        self.words += SPECIAL.sub(r"\\\1", text.translate(STRAIGHT))

    def close(self) -> None:
        """End the block that is open, if there is one."""
        self._end("p")

    def _end(self, tag: str) -> None:
        text = self.words.strip()
        self.words = ""
        if text:
            self.blocks.append(self._prefix(tag) + text)
        if tag == "blockquote":
            self.quoting = False

    def _prefix(self, tag: str) -> str:
        if tag.startswith("h"):
            return "#" * int(tag[1]) + " "
        if self.lists:
            kind, count = self.lists[-1]
            return "  " * (len(self.lists) - 1) + (f"{count}. " if kind == "ol" else "- ")
        return "> " if self.quoting else ""


def markdown_of(html: str) -> str:
    """The Markdown that renders to this HTML, with straight quotation marks."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    text = ""
    for block in writer.blocks:
        is_list = re.match(r" *(-|\d+\.) ", block) and re.match(r" *(-|\d+\.) ", text.rsplit("\n", 1)[-1])
        text += ("\n" if is_list else "\n\n") + block if text else block
    return text


def plain_of(text: str) -> str:
    """Plain words with straight quotation marks."""
    return text.translate(STRAIGHT)


def block_of(name: str, stored: dict[str, Any]) -> str:
    """A block as the CMS stores it, as fenced TOML."""
    values = written(name, stored, markdown_of, plain_of)
    return "\n".join([f"```{name}", *_lines(SHAPES[name], values), "```"])


def toml_line(name: str, value: Any) -> str:
    """One name and its value."""
    return f"{name} = {_value(value)}"


def _long_line(name: str, value: str) -> str:
    """A name and its paragraphs between three quotes."""
    inner = value.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'{name} = """\n{inner}\n"""'


def _lines(fields: Iterable[Field], values: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for field in sorted(fields, key=lambda field: field.kind == "items"):
        value = values[field.name]
        if field.kind == "items":
            for item in value:
                lines += [""] * bool(lines) + [f"[[{field.name}]]", *_item_lines(field.fields, item)]
        elif value or not field.optional:
            lines.append((_long_line if field.kind == "rich" else toml_line)(field.name, value))
    return lines


def _item_lines(fields: Iterable[Field], values: dict[str, Any]) -> list[str]:
    return [
        toml_line(each.name, values[each.name]) for each in fields if values[each.name] or not each.optional
    ]


def _value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(_value(each) for each in value)}]"
    # A JSON string, number or truth is the same in TOML.
    return json.dumps(value, ensure_ascii=False)
