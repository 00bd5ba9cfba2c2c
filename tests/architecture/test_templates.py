"""Templates: none reaches upward, none carries inline style or script, each says what it takes."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "templates"
FLOORS = ["ui", "people", "courses", "assessments", "certificates", "lms"]
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\sstyle=|\son[a-z]+=\"", re.IGNORECASE
)


def templates() -> list[Path]:
    return sorted(ROOT.rglob("*.html"))


def test_no_template_includes_or_extends_one_of_an_app_above_its_own() -> None:
    upward = []
    for path in templates():
        here = path.relative_to(ROOT).parts[0]
        if here not in FLOORS:
            continue
        for named in re.findall(r'{%\s*(?:include|extends)\s+"([^"]+)"', path.read_text()):
            there = named.split("/")[0]
            if there in FLOORS and FLOORS.index(there) > FLOORS.index(here):
                upward.append(f"{path.relative_to(ROOT)} → {named}")

    assert upward == []


def test_no_page_carries_inline_style_or_script() -> None:
    # Printed matter has its own head and no browser.
    found = [
        str(path.relative_to(ROOT))
        for path in templates()
        if "pdf" not in path.parts and INLINE.search(path.read_text())
    ]

    assert found == []


def test_every_template_of_ours_begins_with_what_it_takes() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in templates()
        if path.relative_to(ROOT).parts[0] in FLOORS
        and "{% comment" not in path.read_text()[:200]
        and "{#" not in path.read_text()[:200]
    ]

    assert silent == []
