"""Why the provider does what it does: the best reply beside what it would have earned by others."""

from collections.abc import Iterator
from dataclasses import dataclass

from courses.simulation.model import GROUPS, ByGroup, Reply, Run, run

HALF_FOR_ALL = ByGroup(0.5, 0.5, 0.5)


@dataclass(frozen=True)
class Reason:
    """One thing that the provider did, and the sum behind it; both are sentences."""

    did: str
    because: str


def reasons(best: Run) -> list[Reason]:
    """What the provider did under the contract and why, in the order in which a reader asks."""
    return [*_effort(best), *_parking(best), *_skimping(best), *_staying(best)]


def _effort(best: Run) -> Iterator[Reason]:
    if any(best.reply.effort):
        without = run(best.contract, Reply(skimping=best.reply.skimping))
        yield Reason(
            f"It helped people to do more for themselves: {_efforts(best)}.",
            f"That brought it {_pounds(best.profit - without.profit)} more than no extra effort would have.",
        )
        return
    helping = run(best.contract, Reply(HALF_FOR_ALL, best.reply.skimping))
    yield Reason(
        "It put no extra effort into helping people to do more for themselves.",
        f"Half the possible effort for everybody would have cost it {_pounds(best.profit - helping.profit)}.",
    )


def _parking(best: Run) -> Iterator[Reason]:
    for group in best.parked:
        place = GROUPS.index(group)
        effort = best.reply.effort._replace(**{group.key: 0.25})
        helping = run(best.contract, Reply(effort, best.reply.skimping)).groups[place]
        loss = best.groups[place].profit - helping.profit
        yield Reason(
            f"It parked the {group.name.lower()} group.",
            f"A quarter of the possible effort for them would have cost it {_pounds(loss)}.",
        )


def _skimping(best: Run) -> Iterator[Reason]:
    if best.reply.skimping:
        whole = run(best.contract, Reply(best.reply.effort))
        yield Reason(
            f"It left out {best.reply.skimping:.0%} of the hours that people needed.",
            f"Delivering all of them would have cost it {_pounds(best.profit - whole.profit)}.",
        )
        return
    skimped = run(best.contract, Reply(best.reply.effort, 0.1))
    yield Reason(
        "It delivered every hour that people needed.",
        f"Leaving out one in ten would have cost it {_pounds(best.profit - skimped.profit)}.",
    )


def _staying(best: Run) -> Iterator[Reason]:
    if best.exits:
        yield Reason(
            "It hands the contract back.",
            f"Whatever it does, it loses at least {_pounds(-best.profit)} in two years. "
            "The results below would never be reached.",
        )


def _efforts(best: Run) -> str:
    words = {0.0: "none", 0.25: "a quarter", 0.5: "half", 0.75: "three quarters", 1.0: "all it could"}
    each = [
        f"{words[effort]} for the {group.name.lower()} group"
        for group, effort in zip(GROUPS, best.reply.effort, strict=True)
    ]
    return f"{', '.join(each[:-1])} and {each[-1]}"


def _pounds(amount: float) -> str:
    return f"£{amount:,.0f}"
