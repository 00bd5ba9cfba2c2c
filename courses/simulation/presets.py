"""Nine contracts worth trying, each the next question after the one before it."""

from dataclasses import dataclass, replace

from courses.simulation.model import ByGroup, Contract


@dataclass(frozen=True)
class Preset:
    """A contract with a name; `key` is what addresses and files call it."""

    key: str
    name: str
    contract: Contract


_BLOCK = Contract(hourly_share=0, planned_share=1, kept_in_plan=0.5)
_BLENDED = Contract(
    hourly_share=0.5,
    planned_share=0.5,
    tariffs=ByGroup(700, 1_500, 2_800),
    kept_in_plan=0.5,
    detection=0.8,
    penalty=1.5,
    measuring=60,
)
_LIGHTLY_WATCHED = Contract(detection=0.2, penalty=1, measuring=25)

PRESETS = (
    Preset("p1", "Hourly, at a fee that lasts", Contract()),
    Preset("p2", "Hourly, at the average fee", Contract(fee=24.10)),
    Preset("p3", "Block, hardly watched", replace(_BLOCK, detection=0.2, penalty=1)),
    Preset("p4", "Block, closely watched", replace(_BLOCK, detection=0.8, penalty=1.5, measuring=25)),
    Preset(
        "p5",
        "Hourly with one tariff for everyone, every goal paid",
        replace(
            _LIGHTLY_WATCHED, hourly_share=0.95, tariffs=ByGroup(1_200, 1_200, 1_200), deadweight_removed=0
        ),
    ),
    Preset(
        "p6",
        "Hourly with one tariff, only goals above the baseline",
        replace(_LIGHTLY_WATCHED, tariffs=ByGroup(1_500, 1_500, 1_500)),
    ),
    Preset("p7", "Blended, a tariff for each group", _BLENDED),
    Preset(
        "p8",
        "Two pounds in five at risk for outcomes",
        Contract(
            hourly_share=0.6,
            tariffs=ByGroup(5_000, 8_000, 14_000),
            deadweight_removed=0,
            detection=0.8,
            penalty=1.5,
            measuring=60,
        ),
    ),
    Preset("p9", "Blended, at the average fee", replace(_BLENDED, fee=24.10)),
)
