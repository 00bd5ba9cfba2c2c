"""The simulator's model against the reference run: six fixed choices to the penny, nine best replies."""

import time

import pytest

from courses.simulation.model import GROUPS, ByGroup, Contract, Reply, best_reply, run
from courses.simulation.presets import PRESETS

CONTRACTS = {preset.key: preset.contract for preset in PRESETS}


@pytest.mark.parametrize(
    ("preset", "effort", "skimping", "figures"),
    [
        ("p1", (0, 0, 0), 0, "4744084.80 4559188.93 184895.88 66.0000 0.0000 21.8000 15.3952"),
        ("p1", (0.5, 0.5, 0.5), 0, "4337998.18 4311228.37 26769.81 180.2631 114.2631 17.5637 13.2651"),
        ("p3", (0, 0, 0), 0.3, "4394017.78 3341432.25 1052585.53 36.3000 -29.7000 47.9600 15.3952"),
        ("p5", (1, 0.5, 0), 0, "4329346.73 4305209.59 24137.14 178.6466 112.6466 19.2397 13.2759"),
        ("p7", (0.5, 0.5, 0.5), 0, "4579188.79 4311228.37 267960.42 180.2631 114.2631 17.5637 13.2651"),
        ("p9", (0.5, 0.5, 0.5), 0.1, "2950855.66 4199557.90 -1248702.24 103.5392 37.5392 34.6886 15.0584"),
    ],
)
def test_a_fixed_choice_comes_to_the_figures_of_the_reference_run(
    preset: str, effort: tuple[float, ...], skimping: float, figures: str
) -> None:
    found = run(CONTRACTS[preset], Reply(ByGroup(*effort), skimping))

    money = f"{found.paid:.2f} {found.cost:.2f} {found.profit:.2f}"
    lives = f"{found.goals:.4f} {found.attributable:.4f} {found.adverse:.4f} {found.hours_last:.4f}"
    assert f"{money} {lives}" == figures


@pytest.mark.parametrize(
    ("preset", "effort", "skimping", "figures"),
    [
        ("p1", (0, 0, 0), 0, "4,744,085 184,896 3.9% 66.0 0.0 21.8 13.0 15.4 4,853,085 0 stays"),
        ("p2", (0, 0, 0), 0.3, "2,562,855 -861,565 -33.6% 36.3 -29.7 60.2 13.1 16.2 2,863,991 0 exits"),
        ("p3", (0.5, 0.25, 0), 0.3, "4,294,866 1,091,246 25.4% 82.2 16.2 44.0 12.8 13.8 4,514,660 0 stays"),
        ("p4", (0.75, 0.5, 0.25), 0, "4,517,802 225,033 5.0% 185.1 119.1 18.1 12.7 13.2 4,618,138 0 stays"),
        ("p5", (0.5, 0.25, 0), 0, "4,389,117 48,017 1.1% 149.4 83.4 20.0 12.8 13.8 4,499,023 79,200 stays"),
        ("p6", (0.5, 0.25, 0), 0, "4,556,519 215,419 4.7% 149.4 83.4 20.0 12.8 13.8 4,666,425 0 stays"),
        ("p7", (0.5, 0.5, 0.5), 0, "4,579,189 267,960 5.9% 180.3 114.3 17.6 12.7 13.3 4,691,007 0 stays"),
        ("p8", (1, 1, 1), 0, "4,062,193 -256,404 -6.3% 213.0 147.0 16.4 12.7 12.7 4,167,943 438,000 exits"),
        (
            "p9",
            (0.5, 0.25, 0.25),
            0,
            "3,566,073 -1,024,974 -28.7% 112.9 46.9 25.5 13.0 15.2 3,717,493 0 exits",
        ),
    ],
)
def test_the_best_reply_to_each_preset_is_the_one_of_the_reference_run(
    preset: str, effort: tuple[float, ...], skimping: float, figures: str
) -> None:
    best = best_reply(CONTRACTS[preset])

    assert best.reply == Reply(ByGroup(*effort), skimping)
    money = f"{best.paid:,.0f} {best.profit:,.0f} {best.margin:.1%}"
    lives = f"{best.goals:.1f} {best.attributable:.1f} {best.adverse:.1f} {best.hours_first:.1f} {best.hours_last:.1f}"
    rest = f"{best.public_cost:,.0f} {best.deadweight:,.0f} {'exits' if best.exits else 'stays'}"
    assert f"{money} {lives} {rest}" == figures


def test_a_flat_tariff_parks_the_group_that_costs_most_to_help_and_a_tariff_for_each_parks_nobody() -> None:
    parked = {key: [group.key for group in best_reply(CONTRACTS[key]).parked] for key in ("p5", "p6", "p7")}

    assert parked == {"p5": ["progressive"], "p6": ["progressive"], "p7": []}


def test_five_hundred_replies_are_weighed_in_under_fifty_milliseconds() -> None:
    times = []
    for preset in PRESETS:
        begun = time.process_time()
        best_reply(preset.contract)
        times.append(time.process_time() - begun)

    assert min(times) < 0.050


def test_what_each_part_of_the_payment_brought_adds_up_to_what_was_paid() -> None:
    best = best_reply(CONTRACTS["p7"])

    parts = [
        each.paid_for_hours + each.paid_for_plan + each.paid_for_outcomes - each.penalties
        for each in best.groups
    ]
    assert sum(parts) == pytest.approx(best.paid, abs=0.005)


def test_a_contract_that_pays_nothing_is_handed_back() -> None:
    assert best_reply(Contract(fee=0)).exits


def test_nobody_needs_fewer_than_two_hours() -> None:
    found = run(Contract(), Reply(ByGroup(1, 1, 1)))

    assert [each.group for each in found.groups] == list(GROUPS)
    assert min(hours for each in found.groups for hours in each.hours) >= 2
