"""A run of the simulator as charts: what was paid, whose goals were met, and how need went."""

from django.utils.safestring import SafeString

from courses.simulation.model import PERIODS, GroupRun, Run
from lms.ui import charts

PAID = ("Hours delivered", "Planned hours", "Outcomes")
GOALS = ("Met anyway", "Met because of help", "Not met")


def paid(run: Run) -> SafeString:
    """Thousands of pounds by group and by what they were paid for."""
    rows = [
        charts.Stack(
            each.group.name,
            [
                round(part / 1_000)
                for part in (each.paid_for_hours, each.paid_for_plan, each.paid_for_outcomes)
            ],
        )
        for each in run.groups
    ]
    said = "; ".join(f"{row.label} {sum(row.counts):,}" for row in rows)
    return charts.amounts("What was paid, in thousands of pounds", f"In two years: {said}.", PAID, rows)


def goals(run: Run) -> SafeString:
    """Goals of each group: met without help, met because of it, not met."""
    rows = [charts.Stack(each.group.name, _goals(each)) for each in run.groups]
    said = "; ".join(f"{row.label} {row.counts[0] + row.counts[1]} of {sum(row.counts)}" for row in rows)
    return charts.stacked("Whose goals were met", f"Goals met in two years: {said}.", GOALS, rows)


def hours(run: Run) -> SafeString:
    """Hours a week that a person of each group needs, from the start to the end of each half-year."""
    points = ["Start", *(f"Half-year {number}" for number in range(1, PERIODS + 1))]
    lines = [charts.Line(each.group.name, [round(hours, 1) for hours in each.hours]) for each in run.groups]
    said = "; ".join(f"{line.label} {line.values[0]} to {line.values[-1]}" for line in lines)
    return charts.lines("Hours a week that a person needs", f"From start to end: {said}.", points, lines)


def _goals(each: GroupRun) -> list[int]:
    total = round(each.group.share * 100 * PERIODS)
    met = round(each.goals)
    anyway = min(met, round(each.goals_anyway))
    return [anyway, met - anyway, total - met]
