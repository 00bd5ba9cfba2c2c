"""The style sheets: every token exists, colours can be told apart, nothing stands inline."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from lms import ui
from lms.ui.icons import PATHS

CSS = Path(ui.__file__).parent / "static" / "ui" / "css"
TOKENS = dict(re.findall(r"(--[\w-]+): ([^;]+);", (CSS / "tokens.css").read_text()))
# Printed matter has its own styles and no browser to protect.
TEMPLATES = sorted(
    path
    for folder in settings.TEMPLATES[0]["DIRS"]
    for path in Path(folder).rglob("*.html")
    if "pdf" not in path.parts
)
ROOT = Path(settings.TEMPLATES[0]["DIRS"][0])
OURS = {"assessments", "certificates", "courses", "lms", "people", "problems"}
PAGES = [path for path in TEMPLATES if path.parent.name in OURS and not path.name.startswith("_")]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2.2 between two tokens."""
    light, dark = sorted((luminance(TOKENS[first]), luminance(TOKENS[second])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("--ink", "--paper"),
        ("--ink-2", "--paper"),
        ("--ink-2", "--brand-tint"),
        ("--ink-3", "--paper"),
        ("--ink", "--quiet"),
        ("--ink-2", "--quiet"),
        ("--brand", "--paper"),
        ("--brand", "--brand-tint"),
        ("--on-brand", "--brand"),
        ("--on-brand", "--brand-dark"),
        ("--on-brand-soft", "--brand-dark"),
        ("--accent-ink", "--accent-tint"),
        ("--ok-ink", "--ok-tint"),
        ("--warn-ink", "--warn-tint"),
        ("--error-ink", "--error-tint"),
        ("--error", "--paper"),
        ("--info-ink", "--info-tint"),
    ],
)
def test_text_can_be_read_on_its_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(
    ("mark", "ground"),
    [
        ("--line-strong", "--card"),
        ("--line-strong", "--paper"),
        ("--highlight", "--brand-dark"),
        ("--brand", "--brand-tint-strong"),
        ("--ok", "--card"),
        ("--warn", "--warn-tint"),
        ("--focus", "--brand-dark"),
        ("--ink", "--focus"),
    ],
)
def test_marks_and_borders_can_be_seen_on_their_ground(mark: str, ground: str) -> None:
    assert contrast(mark, ground) >= 3


@pytest.mark.parametrize("name", ["base", "components", "pages"])
def test_every_token_that_a_style_sheet_uses_exists(name: str) -> None:
    used = set(re.findall(r"var\((--[\w-]+)\)", (CSS / f"{name}.css").read_text()))

    assert used - TOKENS.keys() == set()


@pytest.mark.parametrize("name", ["tokens", "base", "components", "pages"])
def test_every_file_that_a_style_sheet_names_is_there(name: str) -> None:
    named = re.findall(r'url\("([^"]+)"\)', (CSS / f"{name}.css").read_text())

    assert [path for path in named if not (CSS / path).is_file()] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_inline_style_script_or_handler(path: Path) -> None:
    text = path.read_text()

    assert (
        re.findall(r'\sstyle="|<style|\son\w+="|<script(?![^>]*(?:src=|application/json))[^>]*>', text) == []
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_names_only_icons_that_exist(path: Path) -> None:
    named = re.findall(r'{% icon "([\w-]+)" %}|icon="([\w-]+)"', path.read_text())

    assert {first or second for first, second in named} - PATHS.keys() == set()


def sheets_of(template: Path) -> str:
    """The rules that reach a page: those of every page, and those that it or what it extends asks for."""
    words = template.read_text()
    names = {"base.css", "components.css", "pages.css", *re.findall(r"ui/css/([\w-]+\.css)", words)}
    rules = "".join((CSS / name).read_text() for name in names)
    asked_for = re.findall(r'{% (?:extends "(?!base)|include "(?=[\w/]+_styles))([\w/.]+)"', words)
    return rules + "".join(sheets_of(ROOT / name) for name in asked_for)


@pytest.mark.parametrize("template", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_list_that_loses_its_bullets_gets_another_look_on_its_page(template: Path) -> None:
    looks = re.findall(r'<[uo]l class="([\w-]+)', template.read_text())
    rules = sheets_of(template)

    assert [look for look in looks if f".{look}" not in rules] == []


# A comparison keeps its columns; a chart's table is two columns of figures; allauth's element is filled by its pages.
KEEPS_COLUMNS = re.compile("comparison|figures|profile-table")
WITHOUT_ROWS_OF_RECORDS = {"charts/_figure.html", "elements/table.html"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_rows_of_records_stand_as_blocks_on_a_phone(template: Path) -> None:
    if f"{template.parent.name}/{template.name}" in WITHOUT_ROWS_OF_RECORDS:
        return
    tables = re.findall(r'<table class="(table[^"]*)"', template.read_text())

    assert [look for look in tables if "stacks" not in look and not KEEPS_COLUMNS.search(look)] == []
