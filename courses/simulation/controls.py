"""The controls of the simulator: what a person may set, in the units in which people speak."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from courses.simulation.model import GROUPS, ByGroup, Contract

SHARE = Decimal(100)


@dataclass(frozen=True)
class Control:
    """One figure of a contract; `part` is the heading it stands under, `places` how finely it may be set."""

    key: str
    label: str
    part: str
    most: int
    hint: str = ""
    before: str = ""
    after: str = ""
    places: int = 0


PAYMENT, OUTCOMES, LOOKING = "What is paid for", "Paying for outcomes", "Looking"
CONTROLS = (
    Control("fee", "Fee for an hour", PAYMENT, 60, before="£", places=2),
    Control("hourly", "Paid on hours delivered", PAYMENT, 100, "Share of the fee.", after="%"),
    Control(
        "planned", "Paid on the planned hours", PAYMENT, 100, "A block: paid whatever happens.", after="%"
    ),
    Control(
        "kept",
        "Saved hours that stay in the plan",
        PAYMENT,
        100,
        "What a provider keeps when people come to need less.",
        after="%",
    ),
    *(
        Control(
            f"tariff_{group.key}",
            f"For each goal, {group.name.lower()} group",
            OUTCOMES,
            20_000,
            before="£",
        )
        for group in GROUPS
    ),
    Control(
        "above",
        "Goals paid only above the baseline",
        OUTCOMES,
        100,
        "At 0 every goal is paid, also those that would have been met without help.",
        after="%",
    ),
    Control(
        "measuring",
        "Spent on measuring, a person and half-year",
        OUTCOMES,
        500,
        before="£",
    ),
    Control("detection", "Missed care that is noticed", LOOKING, 100, after="%"),
    Control("penalty", "Penalty for a missed hour, times the fee", LOOKING, 10, places=1),
)
Values = Mapping[str, Decimal]


def contract_of(values: Values) -> Contract:
    """The contract that the controls describe; the values lie within the controls' bounds."""
    return Contract(
        fee=float(values["fee"]),
        hourly_share=float(values["hourly"] / SHARE),
        planned_share=float(values["planned"] / SHARE),
        tariffs=ByGroup(*(float(values[f"tariff_{group.key}"]) for group in GROUPS)),
        deadweight_removed=float(values["above"] / SHARE),
        kept_in_plan=float(values["kept"] / SHARE),
        detection=float(values["detection"] / SHARE),
        penalty=float(values["penalty"]),
        measuring=float(values["measuring"]),
    )


def values_of(contract: Contract) -> dict[str, Decimal]:
    """How the controls stand for a contract; the way back from `contract_of`."""
    said = {
        "fee": contract.fee,
        "hourly": contract.hourly_share * 100,
        "planned": contract.planned_share * 100,
        "above": contract.deadweight_removed * 100,
        "kept": contract.kept_in_plan * 100,
        "detection": contract.detection * 100,
        "penalty": contract.penalty,
        "measuring": contract.measuring,
        **{f"tariff_{group.key}": tariff for group, tariff in zip(GROUPS, contract.tariffs, strict=True)},
    }
    return {
        control.key: Decimal(str(round(said[control.key], control.places))).quantize(
            Decimal(1).scaleb(-control.places)
        )
        for control in CONTROLS
    }
