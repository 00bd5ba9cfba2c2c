"""A framework as a spreadsheet brings it: read line by line, each fault and each change with its line number."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import StringIO
from typing import NamedTuple

from courses.competencies import LEVELS, LONGEST, Change, Part, Skill, Wording, changes, tidy
from courses.models import Level
from lms.ui.spreadsheets import STARTS_A_FORMULA
from lms.views.framework import COLUMNS
from lms.views.framework_forms import LONGEST_BEHAVIOUR

MOST_BYTES = 500_000
MOST_LINES = 500
ENCODINGS = ("utf-8-sig", "utf-16")
NEEDED = tuple(name for name in COLUMNS if name != "Anchors")


class Wrong(NamedTuple):
    """What cannot be brought in, and where it stands."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Row:
    """One line of the sheet by the names of its columns."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass
class Plan:
    """What a sheet would make of a wording: the wording itself, and each change with its line; or what is wrong."""

    said: Wording
    changes: list[tuple[int, Change]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


class Unreadable(Exception):
    """The file is no sheet of ours; the message says what to do."""


def text_of(content: bytes) -> str:
    """The file's text. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("The file is larger than 500 kB, which no framework is. Choose the right file.")
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("The file is no text that we can read. Save it as “CSV UTF-8” and choose it again.")


def plan(text: str, said: Wording) -> Plan:
    """What the sheet would change in the wording. Raises Unreadable where it has not our columns.

    A competency that has no line stays as it is: retiring one asks why, and a sheet cannot answer.
    """
    rows = _rows(text)
    found = Plan(said)
    found.wrong += [wrong for row in rows for wrong in _faults(row, said)]
    found.wrong += _twice(rows) + _at_odds(rows)
    if found.wrong:
        found.wrong.sort()
        return found
    found.said = _said_by(rows, said)
    lines = {**{row["Domain"]: row.line for row in reversed(rows)}, **{row["Code"]: row.line for row in rows}}
    found.changes = sorted(
        ((lines[change.code], change) for change in changes(said, found.said)), key=lambda pair: pair[0]
    )
    return found


def _rows(text: str) -> list[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        names = [tidy(name) for name in next(reader, [])]
        missing = [name for name in NEEDED if name not in names]
        if missing:
            raise Unreadable(
                f"The first line has to name the columns of the download. Missing: {', '.join(missing)}."
            )
        rows, line = [], reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * (len(names) - len(cells))]
                rows.append(Row(line, dict(zip(names, map(_plain, padded), strict=False))))
            line = reader.line_num + 1
    except csv.Error as broken:
        raise Unreadable(
            f"Line {reader.line_num} is not CSV: {broken}. Save the sheet as CSV again."
        ) from None
    if not rows:
        raise Unreadable("There is no line under the names of the columns.")
    if len(rows) > MOST_LINES:
        raise Unreadable(f"There are {len(rows)} lines, and at most {MOST_LINES} are read.")
    return rows


def _delimiter(text: str) -> str:
    """Commas, or what spreadsheets write in countries where the comma is the decimal point, or tabs."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _plain(cell: str) -> str:
    """The cell without the mark that keeps a spreadsheet from running it."""
    is_guarded = cell.startswith("'") and cell[1:].lstrip(" ").startswith(STARTS_A_FORMULA)
    return (cell[1:] if is_guarded else cell).strip()


def _faults(row: Row, said: Wording) -> Iterator[Wrong]:
    for name in NEEDED:
        if not row[name]:
            yield Wrong(row.line, f"“{name}” is empty.")
    longest = dict.fromkeys((Level(level).label for level in LEVELS), LONGEST_BEHAVIOUR)
    longest |= {"Code": LONGEST["code"], "Competency": LONGEST["title"]}
    longest |= {"Domain title": LONGEST["title"], "Domain sentence": LONGEST["sentence"]}
    for name, most in longest.items():
        if len(tidy(row[name])) > most:
            yield Wrong(row.line, f"“{name}” is longer than {most} characters.")
    domains = [part.code for part in said.parts]
    if row["Domain"] and row["Domain"] not in domains:
        yield Wrong(row.line, f"There is no domain {row['Domain']}. There are {', '.join(domains)}.")
    home = said.part_of(row["Code"])
    if home and row["Domain"] and home.code != row["Domain"]:
        yield Wrong(
            row.line, f"{row['Code']} stands in {home.code}; a competency does not change its domain."
        )
    if row["Code"] in {each.code for each in said.retired}:
        yield Wrong(row.line, f"{row['Code']} is retired in the draft. Bring it back there first.")


def _twice(rows: list[Row]) -> list[Wrong]:
    first: dict[str, int] = {}
    found = []
    for row in rows:
        if row["Code"] in first:
            found.append(Wrong(row.line, f"{row['Code']} stands in line {first[row['Code']]} already."))
        first.setdefault(row["Code"], row.line)
    return found


def _at_odds(rows: list[Row]) -> list[Wrong]:
    """Lines that say something else of a domain than the first line of it."""
    first: dict[str, Row] = {}
    found = []
    for row in rows:
        other = first.setdefault(row["Domain"], row)
        found += [
            Wrong(row.line, f"“{name}” of {row['Domain']} is not what line {other.line} says.")
            for name in ("Domain title", "Domain sentence", "Anchors")
            if row.cells.get(name, "") != other.cells.get(name, "")
        ]
    return found


def _said_by(rows: list[Row], said: Wording) -> Wording:
    for row in rows:
        part = next(each for each in said.parts if each.code == row["Domain"])
        said = said.with_part(_part(row, part))
        behaviours = (tidy(row[Level(level).label]) for level in LEVELS)
        said = said.with_skill(part.code, Skill(row["Code"], tidy(row["Competency"]), *behaviours))
    return said


def _part(row: Row, part: Part) -> Part:
    """The domain as the line says it; a sheet without anchors leaves them alone."""
    anchors = part.anchors
    if "Anchors" in row.cells and _lines(row["Anchors"]) != part.anchor_lines:
        anchors = "\n".join(_lines(row["Anchors"]))
    return replace(
        part, title=tidy(row["Domain title"]), sentence=tidy(row["Domain sentence"]), anchors=anchors
    )


def _lines(text: str) -> list[str]:
    return [tidy(line) for line in text.splitlines() if line.strip()]
