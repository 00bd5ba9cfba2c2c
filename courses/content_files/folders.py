"""Finding one's way in the content folder: `NN-slug` names put things in order, the slug is what lasts."""

import re
import tomllib
from pathlib import Path
from typing import Any

from courses.content_files.faults import Fault, Unreadable

CONTENT = Path(__file__).resolve().parents[1] / "content"
# What a learner works through; a rubric lies beside its assignment and is no step.
STEP_SUFFIXES = (".md", ".scenario.toml", ".simulator.toml", ".quiz.toml", ".case.toml", ".assignment.toml")
NUMBERED = re.compile(r"(\d+)-(.+)")


def course_folders(content: Path = CONTENT) -> list[Path]:
    """The folders that hold a course, in the order of their names."""
    return sorted(path.parent for path in content.glob("*/course.toml"))


def module_folders(course: Path) -> list[Path]:
    """The modules of a course folder, in order."""
    return sorted((path.parent for path in course.glob("*/module.toml")), key=_in_order)


def step_files(module: Path, suffix: str | tuple[str, ...] = STEP_SUFFIXES) -> list[Path]:
    """The files of a module folder whose names end so, in order; by default every step."""
    return sorted((path for path in module.iterdir() if path.name.endswith(suffix)), key=_in_order)


def scheme_files(course: Path) -> list[Path]:
    """What the course's certificates ask for, in order: `scheme.toml`, or `NN-NAME.scheme.toml` for each of several."""
    return sorted(course.glob("*scheme.toml"), key=_in_order)


def home_of(course: Path, named: str) -> tuple[Path, str]:
    """The folder of a step's course, and the step as "module/step".

    A file of the course names it so, or a step of another course by its whole way "course/module/step".
    """
    first, _, rest = named.partition("/")
    return (course.parent / first, rest) if "/" in rest else (course, named)


def slug_of(path: Path | str) -> str:
    """What lasts of a file's or folder's name: without its number and its endings."""
    name = Path(path).name.split(".")[0]
    numbered = NUMBERED.fullmatch(name)
    return numbered[2] if numbered else name


def place_of(path: Path | str) -> int | None:
    """The number in front of a name, None where there is none."""
    numbered = NUMBERED.match(Path(path).name)
    return int(numbered[1]) if numbered else None


def read_toml(path: Path) -> dict[str, Any]:
    """The file's names and values; raises Unreadable with the line at which it breaks."""
    return parse_toml(path.read_text(encoding="utf-8"), path)


def parse_toml(text: str, path: Path, first_line: int = 1) -> dict[str, Any]:
    """A piece of TOML that begins at a line of a file; raises Unreadable."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(_toml_fault(str(error), text, path, first_line)) from error


def _toml_fault(message: str, text: str, path: Path, first_line: int) -> Fault:
    # Python 3.11 gives the place in words only: "… (at line 3, column 7)" or "… (at end of document)".
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    what = message[: found.start()] if found else message
    return Fault(path, first_line + line - 1, f"This is not TOML: {what}.")


def _in_order(path: Path) -> tuple[int, str]:
    place = place_of(path)
    return (place if place is not None else 10_000, path.name)
