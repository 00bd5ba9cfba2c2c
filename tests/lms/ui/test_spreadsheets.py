"""CSV that runs no formula and reads back as it was written."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.ui.spreadsheets import cell, csv_response


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
def test_a_text_that_would_run_gets_a_mark_before_it(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    assert cell(f"  {start}1") == f"'  {start}1"


@pytest.mark.parametrize("text", ["Ada Bright", "O'Neill", "What, not how", "a=b", "", "’tis"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_days_numbers_and_nothing() -> None:
    assert [cell(date(2026, 11, 23)), cell(-3), cell(None)] == ["2026-11-23", "-3", ""]


def test_a_file_reads_back_with_its_signs_and_commas() -> None:
    answer = csv_response(
        "staff.csv", ["Name", "Course"], [["Zoë, née “Ünal”", 'The "what"'], ["=1+1", None]]
    )

    text = answer.content.decode("utf-8-sig")
    assert list(csv.reader(text.splitlines())) == [
        ["Name", "Course"],
        ["Zoë, née “Ünal”", 'The "what"'],
        ["'=1+1", ""],
    ]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="staff.csv"'


@given(st.text())
def test_no_text_whatever_starts_a_formula(text: str) -> None:
    written = cell(text)

    assert written[:1] not in set("=+-@\t\r\n\0＝＋－＠")
    assert written.removeprefix("'") == text or written == text
