"""A quiz's questions: in its own file, or in files of a bank beside it (`*.questions.toml`), which its head names."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from courses.content_files.folders import read_toml

ENDING = ".questions.toml"


def bank_files(quiz: Path, values: Mapping[str, Any]) -> list[Path]:
    """The files that the quiz's head names, whether they are there or not; none where it holds its own questions."""
    names = values.get("bank", [])
    return [quiz.with_name(f"{name}{ENDING}") for name in names] if isinstance(names, list) else []


def missing_files(quiz: Path, values: Mapping[str, Any]) -> list[Path]:
    """What of the bank is not there. Until it is there the quiz is not either: it would draw from a part of it."""
    return [path for path in bank_files(quiz, values) if not path.is_file()]


def questions_of(quiz: Path, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every question of the quiz, in the order of its files. Raises Unreadable; what is missing holds none."""
    banks = [path for path in bank_files(quiz, values) if path.is_file()]
    return [
        question
        for each in (values, *(read_toml(path) for path in banks))
        for question in each.get("question", [])
    ]
