"""What was counted, kept until the run ends and then printed as the table that docs/reliability.md shows."""

from collections import Counter
from dataclasses import dataclass, field

KEPT: "dict[tuple[str, bool], Figure]" = {}


@dataclass
class Figure:
    """How often a race was run, and what went wrong in it."""

    turns: int = 0
    faults: Counter[str] = field(default_factory=Counter)


def keep(race: str, is_guarded: bool, turns: int, faults: list[str]) -> None:
    """Add one run of a race."""
    figure = KEPT.setdefault((race, is_guarded), Figure())
    figure.turns += turns
    figure.faults.update(faults)


def table(database: str) -> str:
    """The figures as Markdown, a line for each race and each state of its guard."""
    lines = [f"| race on {database} | guard | turns | faults | most often |", "|---|---|---|---|---|"]
    for (race, is_guarded), figure in KEPT.items():
        most_often = "; ".join(f"{number} × {fault}" for fault, number in figure.faults.most_common(3))
        guard = "on" if is_guarded else "off"
        lines.append(f"| {race} | {guard} | {figure.turns} | {figure.faults.total()} | {most_often} |")
    return "\n".join(lines)
