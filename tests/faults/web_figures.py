"""What was counted while the web server was killed, printed as the table that docs/reliability.md shows."""

KILLS = "PIPER_WEB_KILLS"
HEADINGS = ("kills", "saves", "receipts", "asked again", "lost", "doubled", "other faults")
KEPT: list[tuple[str, dict[str, int]]] = []


def keep(name: str, figures: dict[str, int]) -> None:
    """Add one run."""
    KEPT.append((name, figures))


def table(database: str) -> str:
    """The figures as Markdown, a line for each run."""
    lines = [f"| web server on {database} | {' | '.join(HEADINGS)} |", "|---" * (len(HEADINGS) + 1) + "|"]
    lines += [
        f"| {name} | {' | '.join(str(figures.get(heading, '')) for heading in HEADINGS)} |"
        for name, figures in KEPT
    ]
    return "\n".join(lines)
