"""CSV files that a spreadsheet opens as they were meant: UTF-8, and no cell that runs as a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from django.http import HttpResponse

# What starts a formula in some spreadsheet, with the full-width forms that some fold into the plain ones,
# and the control characters after which some look again (OWASP, CSV injection).
STARTS_A_FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")
Cell = str | int | date | None


def cell(value: Cell) -> str:
    """The value as a cell's text: days as 2026-11-23, nothing as nothing, a formula with ' before it."""
    if value is None:
        return ""
    if isinstance(value, int | date):
        return str(value)
    return f"'{value}" if value.lstrip(" ").startswith(STARTS_A_FORMULA) else value


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """A CSV file to download (RFC 4180), with the mark by which spreadsheets know UTF-8."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(cell(name) for name in header)
    writer.writerows([cell(value) for value in row] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
