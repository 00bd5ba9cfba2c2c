"""The two designs of a certificate: measures, sizes and line work; their style sheets lie with the templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from certificates.guilloche import Pattern, plait, ribbon, rosette

MILLIMETRE = 72 / 25.4  # in points


@dataclass(frozen=True)
class Sizes:
    """The largest and the smallest size of a line of text, in points."""

    largest: float
    smallest: float


@dataclass(frozen=True)
class Design:
    """How wide (in mm) and how large the words may run, and the patterns that the artwork draws."""

    measure: float
    name: Sizes
    title: Sizes
    signatory_measure: float
    signatory: Sizes
    artwork: Mapping[str, Pattern | tuple[Pattern, ...]]


SEAL = {
    "seal_rim": rosette(1560, 140, petals=18, strands=6),
    "seal_ring": rosette(1210, 170, petals=18, strands=6, ripple=0.3),
    "seal_heart": rosette(540, 220, petals=8, strands=6, ripple=0.35),
}
CLASSIC = Design(
    measure=215,
    name=Sizes(46, 19),
    title=Sizes(25, 13),
    signatory_measure=80,
    signatory=Sizes(15, 9),
    artwork={
        **SEAL,
        "halo_inner": rosette(1900, 650, petals=8, strands=8, ripple=0.4),
        "halo_middle": rosette(3800, 900, petals=12, strands=8, ripple=0.4),
        "halo_outer": rosette(5900, 900, petals=16, strands=8, ripple=0.4),
        "frame": plait(900, 270, strands=6, across=27, down=17),
        "thread": plait(900, 120, strands=2, across=27, down=17),
    },
)
MODERN = Design(
    measure=172,
    name=Sizes(44, 19),
    title=Sizes(24, 13),
    signatory_measure=80,
    signatory=Sizes(15, 9),
    artwork={
        **SEAL,
        "veil": ribbon(21000, 3300, twists=1.5, sway=500, bends=1, strands=26),
        "ribbon": ribbon(21000, 2300, twists=1, sway=900, bends=1.5, strands=14),
        "selvedge": ribbon(21000, 2300, twists=1, sway=900, bends=1.5, strands=2),
    },
)
DESIGNS: Mapping[str, Design] = MappingProxyType({"classic": CLASSIC, "modern": MODERN})
