"""Hours versus outcomes: what a rational, average provider would do under a contract for home care.

An illustration, not a forecast. A hundred people in three groups are followed through four periods of six
months. The prices are published ones for 2025-26; every value that describes behaviour is an assumption
chosen to be plausible, and the page says so. Money is in pounds, hours are hours a week, shares run from 0 to 1.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, product
from typing import NamedTuple

PEOPLE = 100
PERIODS = 4
WEEKS = 26
VARIABLE_COST = 27.50
FIXED_COST = 1_250
WAGE_FLOOR = 22.71  # the Homecare Association's direct employment cost of an hour, 2025-26
SUSTAINABLE_FEE = 32.14  # its Minimum Price for the same year
EFFORT_CURVE = 2.5
ADVERSE_EVENT_COST = 5_000
FEWEST_HOURS = 2
EXIT_MARGIN = -0.02

EFFORTS = (0.0, 0.25, 0.5, 0.75, 1.0)
SKIMPING = (0.0, 0.1, 0.2, 0.3)


class ByGroup(NamedTuple):
    """One figure for each group, in the order of `GROUPS`."""

    recovering: float = 0.0
    steady: float = 0.0
    progressive: float = 0.0


NOTHING = ByGroup()


@dataclass(frozen=True)
class Group:
    """People whose need goes the same way. Goals are the person's own, rates and chances for six months."""

    key: str
    name: str
    share: float
    hours: float
    drift: float
    relief: float
    goals_without: float
    goals_with: float
    effort_cost: float
    adverse_chance: float


GROUPS = (
    Group("recovering", "Recovering", 0.40, 10, 0.02, 0.12, 0.25, 0.75, 400, 0.03),
    Group("steady", "Steady", 0.35, 12, 0.04, 0.05, 0.15, 0.45, 500, 0.05),
    Group("progressive", "Progressive", 0.25, 18, 0.10, 0.02, 0.05, 0.30, 650, 0.10),
)


@dataclass(frozen=True)
class Contract:
    """What the commissioner pays for and looks at.

    `tariffs` are pounds for a goal, by group; `deadweight_removed` 0 pays every goal, 1 only those above what
    happens without help; `kept_in_plan` is the share of saved hours that the planned sum still pays;
    `penalty` is a multiple of the fee for each missed hour that is detected; `measuring` is the public's cost a
    person and period.
    """

    fee: float = SUSTAINABLE_FEE
    hourly_share: float = 1.0
    planned_share: float = 0.0
    tariffs: ByGroup = NOTHING
    deadweight_removed: float = 1.0
    kept_in_plan: float = 0.0
    detection: float = 0.0
    penalty: float = 0.0
    measuring: float = 0.0

    @property
    def quality(self) -> float:
        """How much skill and continuity the fee can hold: 0.4 at the wage floor, 1 at the sustainable fee."""
        return 0.4 + 0.6 * _clamp((self.fee - WAGE_FLOOR) / (SUSTAINABLE_FEE - WAGE_FLOOR))


@dataclass(frozen=True)
class Reply:
    """What the provider does: effort for each group, and the share of hours it leaves out."""

    effort: ByGroup = NOTHING
    skimping: float = 0.0


@dataclass(frozen=True)
class GroupRun:
    """One group under one contract and reply, over all periods; `hours` has the start and the end of each period."""

    group: Group
    paid_for_hours: float
    paid_for_plan: float
    paid_for_outcomes: float
    penalties: float
    cost: float
    goals: float
    goals_anyway: float
    adverse: float
    deadweight: float
    hours: tuple[float, ...]

    @property
    def paid(self) -> float:
        return self.paid_for_hours + self.paid_for_plan + self.paid_for_outcomes - self.penalties

    @property
    def profit(self) -> float:
        return self.paid - self.cost

    @property
    def attributable(self) -> float:
        return self.goals - self.goals_anyway


@dataclass(frozen=True)
class Run:
    """What came of a contract and a reply in two years."""

    contract: Contract
    reply: Reply
    groups: tuple[GroupRun, ...] = field(repr=False)

    @cached_property
    def paid(self) -> float:
        return math.fsum(each.paid for each in self.groups)

    @cached_property
    def cost(self) -> float:
        return math.fsum(each.cost for each in self.groups)

    @cached_property
    def profit(self) -> float:
        return self.paid - self.cost

    @property
    def margin(self) -> float:
        return self.profit / self.paid if self.paid else 0.0

    @property
    def exits(self) -> bool:
        """Whether the provider hands the contract back: it would lose more than two pounds in a hundred."""
        return self.profit < 0 if not self.paid else self.margin < EXIT_MARGIN

    @property
    def goals(self) -> float:
        return math.fsum(each.goals for each in self.groups)

    @property
    def attributable(self) -> float:
        """Goals beyond what would have happened without help; below zero where care did harm."""
        return math.fsum(each.attributable for each in self.groups)

    @property
    def adverse(self) -> float:
        return math.fsum(each.adverse for each in self.groups)

    @property
    def deadweight(self) -> float:
        """Pounds paid for goals that would have been met anyway."""
        return math.fsum(each.deadweight for each in self.groups)

    @property
    def public_cost(self) -> float:
        """What it costs everyone: the payments, the measuring, and the care of people whom it failed."""
        return self.paid + self.contract.measuring * PEOPLE * PERIODS + ADVERSE_EVENT_COST * self.adverse

    @property
    def hours_first(self) -> float:
        """Hours a week that an average person needs in the first period."""
        return self._hours(0)

    @property
    def hours_last(self) -> float:
        return self._hours(PERIODS - 1)

    @property
    def parked(self) -> tuple[Group, ...]:
        """Groups that get no effort while others do."""
        if not any(self.reply.effort):
            return ()
        return tuple(group for group, effort in zip(GROUPS, self.reply.effort, strict=True) if not effort)

    def _hours(self, period: int) -> float:
        return math.fsum(
            each.group.share * math.fsum(each.hours[period : period + 2]) / 2 for each in self.groups
        )


def run(contract: Contract, reply: Reply) -> Run:
    """Follow the people through the four periods."""
    efforts = zip(range(len(GROUPS)), reply.effort, strict=True)
    return Run(
        contract,
        reply,
        tuple(_followed(contract, place, effort, reply.skimping) for place, effort in efforts),
    )


def best_reply(contract: Contract) -> Run:
    """What pays the provider most: all 500 replies are weighed, and the first of the best is taken."""
    parts = {
        (place, effort, skimping): _followed(contract, place, effort, skimping)
        for place in range(len(GROUPS))
        for effort in EFFORTS
        for skimping in SKIMPING
    }
    best: Run | None = None
    for reply in _replies():
        groups = tuple(parts[place, effort, reply.skimping] for place, effort in enumerate(reply.effort))
        found = Run(contract, reply, groups)
        if best is None or found.profit > best.profit:
            best = found
    assert best is not None  # noqa: S101 - there are always replies
    return best


def _replies() -> Iterator[Reply]:
    for *efforts, skimping in product(EFFORTS, EFFORTS, EFFORTS, SKIMPING):
        yield Reply(ByGroup(*efforts), skimping)


def _followed(contract: Contract, place: int, effort: float, skimping: float) -> GroupRun:
    group, tariff, n = GROUPS[place], contract.tariffs[place], PEOPLE * GROUPS[place].share
    help_given = _reach(effort) * contract.quality
    rate = _goal_rate(group, help_given, skimping)
    hours = _hours(contract, group, help_given)
    averages = [(before + after) / 2 for before, after in pairwise(hours)]
    plans = _planned_hours(contract, group, hours)
    outcome = tariff * max(0.0, rate - contract.deadweight_removed * group.goals_without)
    fee, fine = contract.fee * WEEKS, contract.detection * contract.penalty * contract.fee * WEEKS
    return GroupRun(
        group=group,
        paid_for_hours=n * fee * contract.hourly_share * math.fsum(averages) * (1 - skimping),
        paid_for_plan=n * fee * contract.planned_share * math.fsum(plans),
        paid_for_outcomes=n * PERIODS * outcome,
        penalties=n * fine * math.fsum(averages) * skimping,
        cost=n * VARIABLE_COST * WEEKS * math.fsum(averages) * (1 - skimping)
        + n * PERIODS * (FIXED_COST + group.effort_cost * effort),
        goals=n * PERIODS * rate,
        goals_anyway=n * PERIODS * group.goals_without,
        adverse=n * PERIODS * _adverse_chance(contract, group, help_given, skimping),
        deadweight=n * PERIODS * tariff * (1 - contract.deadweight_removed) * min(rate, group.goals_without),
        hours=hours,
    )


def _goal_rate(group: Group, help_given: float, skimping: float) -> float:
    helped = group.goals_without + (group.goals_with - group.goals_without) * help_given
    return _clamp(helped * (1 - 1.5 * skimping))


def _adverse_chance(contract: Contract, group: Group, help_given: float, skimping: float) -> float:
    strain = (1 + 4 * skimping) * (1 - 0.25 * help_given) * (1 + 0.5 * (1 - contract.quality))
    return min(1.0, group.adverse_chance * strain)


def _hours(contract: Contract, group: Group, help_given: float) -> tuple[float, ...]:
    """Hours that a person needs, at the start and after each period."""
    growth = 1 + group.drift * (1 + 0.5 * (1 - contract.quality)) - group.relief * help_given
    hours = [group.hours]
    for _ in range(PERIODS):
        hours.append(max(FEWEST_HOURS, hours[-1] * growth))
    return tuple(hours)


def _planned_hours(contract: Contract, group: Group, hours: tuple[float, ...]) -> list[float]:
    """Hours in each period's planned sum: between what was expected at the outset and what is needed now."""
    kept = contract.kept_in_plan
    expected = [
        group.hours * (1 + group.drift) ** period * (1 + group.drift / 2) for period in range(PERIODS)
    ]
    return [kept * plan + (1 - kept) * now for plan, now in zip(expected, hours[:-1], strict=True)]


def _reach(effort: float) -> float:
    """How far effort goes: the first quarter does more than the last."""
    return (1 - math.exp(-EFFORT_CURVE * effort)) / (1 - math.exp(-EFFORT_CURVE))


def _clamp(value: float) -> float:
    return min(1.0, max(0.0, value))
