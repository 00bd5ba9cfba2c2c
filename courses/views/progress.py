"""A course as one learner sees it: every module and step with its number, its state and its neighbours."""

from dataclasses import dataclass

from courses.outline import Module, Outline, Progress, Step


@dataclass(frozen=True)
class StepRow:
    """A step in a list: its number runs over the whole course."""

    number: int
    step: Step
    is_done: bool
    is_next: bool


@dataclass(frozen=True)
class ModuleRow:
    """A module in a list, with its steps; `is_open` is the one that the learner is in."""

    number: int
    module: Module
    progress: Progress
    rows: tuple[StepRow, ...]
    is_open: bool


def module_rows(outline: Outline, done: frozenset[int], here: int = 0) -> list[ModuleRow]:
    """Every module in order; open is the one with the step `here`, else with the next step."""
    coming = outline.next_step(done)
    next_id = coming.id if coming else 0
    rows = []
    number = 0
    for place, module in enumerate(outline.modules, 1):
        steps = tuple(
            StepRow(number + n, step, step.id in done, step.id == next_id)
            for n, step in enumerate(module.steps, 1)
        )
        number += len(steps)
        is_open = any(row.step.id == (here or next_id) for row in steps)
        rows.append(ModuleRow(place, module, outline.module_progress(module.id, done), steps, is_open))
    return rows


def place_of(outline: Outline, done: frozenset[int], step_id: int) -> tuple[ModuleRow, StepRow]:
    """The module that a step stands in, and the step's own row; raises NotInOutline."""
    outline.step(step_id)
    return next(
        (module, row)
        for module in module_rows(outline, done, step_id)
        for row in module.rows
        if row.step.id == step_id
    )
