"""What many people write: works, feedback and comments, put together from a stock of paragraphs."""

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

STOCK = Path(__file__).parent / "paragraphs.toml"


def compose(assignment: str, chance: Random) -> str:
    """A work for the assignment of this slug: one paragraph of each part."""
    parts = _stock()[assignment]
    return "\n\n".join(chance.choice(parts[name]) for name in sorted(parts))


def feedback(is_competent: bool, chance: Random) -> str:
    """What an assessor says about a whole work."""
    return str(chance.choice(_stock()["feedback"]["competent" if is_competent else "not_yet"]))


def comment(band: int) -> str:
    """What an assessor adds to a band of one criterion; nothing for most."""
    return str(_stock()["feedback"].get(f"comment_{band}", ""))


def fixed(name: str) -> str:
    """One of the sentences that are always the same: unsafe, agreed, overturned."""
    return str(_stock()["feedback"][name])


@cache
def _stock() -> dict[str, Any]:
    with STOCK.open("rb") as file:
        return tomllib.load(file)
