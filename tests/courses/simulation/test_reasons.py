"""What the provider did and why, in words."""

from courses.simulation.model import best_reply
from courses.simulation.presets import PRESETS
from courses.simulation.reasons import Reason, reasons

CONTRACTS = {preset.key: preset.contract for preset in PRESETS}


def test_by_the_hour_helping_people_costs_the_provider_its_profit() -> None:
    assert reasons(best_reply(CONTRACTS["p1"])) == [
        Reason(
            "It put no extra effort into helping people to do more for themselves.",
            "Half the possible effort for everybody would have cost it £158,126.",
        ),
        Reason(
            "It delivered every hour that people needed.",
            "Leaving out one in ten would have cost it £68,490.",
        ),
    ]


def test_below_cost_the_provider_leaves_hours_out_and_then_leaves() -> None:
    assert [reason.did for reason in reasons(best_reply(CONTRACTS["p2"]))] == [
        "It put no extra effort into helping people to do more for themselves.",
        "It left out 30% of the hours that people needed.",
        "It hands the contract back.",
    ]


def test_a_flat_tariff_names_the_group_that_was_parked() -> None:
    found = reasons(best_reply(CONTRACTS["p6"]))

    assert [reason.did for reason in found] == [
        (
            "It helped people to do more for themselves: half for the recovering group, "
            "a quarter for the steady group and none for the progressive group."
        ),
        "It parked the progressive group.",
        "It delivered every hour that people needed.",
    ]
