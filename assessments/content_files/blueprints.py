"""A quiz's blueprint as its file writes it: how many questions of each cell (domain, level, demand) a paper holds."""

from collections.abc import Mapping
from typing import Any

from assessments.drawing import Cell, Row


def rows_of(values: Mapping[str, Any]) -> list[Row]:
    """The rows of `[[blueprint]]`; none where the quiz draws from its whole pool alike."""
    return [
        Row((str(row.get("domain")), str(row.get("level")), str(row.get("demand"))), _whole(row, "draw"))
        for row in values.get("blueprint", [])
    ]


def must_pass_of(values: Mapping[str, Any]) -> dict[str, int]:
    """By domain, the marks that must be reached in it, from `[[must_pass]]`."""
    return {str(row.get("domain")): _whole(row, "right") for row in values.get("must_pass", [])}


def cell_of(question: Mapping[str, Any], domains: Mapping[str, str]) -> Cell:
    """Where a question stands; `domains` says the domain of each competency. Empty where it names none."""
    domain = domains.get(str(question.get("competency")), "")
    return (domain, str(question.get("level", "")), str(question.get("demand", "")))


def _whole(row: Mapping[str, Any], name: str) -> int:
    """The number that stands there; what is no number is a fault that is told of elsewhere."""
    value = row.get(name)
    return value if isinstance(value, int) else 0
