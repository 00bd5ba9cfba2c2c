"""Names for many people, and addresses made of them."""

import tomllib
from functools import cache
from pathlib import Path
from random import Random

from django.utils.text import slugify

STOCK = Path(__file__).parent / "names.toml"
ADDRESSES = "learners.example.org"
# One marriage in so many joins two families' names.
MIXED_IN = 12


def invented_name(chance: Random) -> tuple[str, str]:
    """A first and a last name that most often belong together."""
    families, weights = _families()
    family = chance.choices(families, weights)[0]
    other = chance.choices(families, weights)[0] if chance.randrange(MIXED_IN) == 0 else family
    return chance.choice(family["first"]), chance.choice(other["last"])


def address(first: str, last: str, number: int) -> str:
    """An address that nobody has and nobody gets; the number keeps namesakes apart."""
    plain = [slugify(part).replace("-", "") for part in (first, last)]
    return f"{'.'.join(part for part in plain if part) or 'learner'}.{number}@{ADDRESSES}"


@cache
def _families() -> tuple[list[dict[str, list[str]]], list[int]]:
    with STOCK.open("rb") as file:
        families = tomllib.load(file)["family"]
    return families, [family["weight"] for family in families]
