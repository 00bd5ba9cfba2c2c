"""Work that people of the demonstration hand in, with how it is marked and checked: a file for each in `work`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assessments.actions.marking import Judgement

FOLDER = Path(__file__).parent / "work"


@dataclass(frozen=True)
class Check:
    """What a quality assurer finds where the marking does not stand."""

    bands: Mapping[str, int]
    reason: str


@dataclass(frozen=True)
class Work:
    """A text with its files; its marking, where somebody has marked it; and its overturn, where it does not stand."""

    text: str
    judgement: Judgement | None
    check: Check | None
    files: tuple[Path, ...] = ()


@cache
def work(name: str) -> Work:
    """The work in the file of this name."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        values = tomllib.load(file)
    files = tuple(FOLDER / "files" / each for each in values.get("files", ()))
    return Work(values["text"].strip(), _judgement(values.get("marking")), _check(values.get("check")), files)


def work_reading(text: str) -> Work:
    """The work with this text: whoever marks does not know whose it is, so nothing else names it."""
    every = (work(path.stem) for path in sorted(FOLDER.glob("*.toml")))
    return next(each for each in every if each.text == text)


def _judgement(values: dict[str, Any] | None) -> Judgement | None:
    if values is None:
        return None
    return Judgement(values["bands"], values.get("comments", {}), values["feedback"].strip())


def _check(values: dict[str, Any] | None) -> Check | None:
    return Check(values["bands"], values["reason"].strip()) if values else None
