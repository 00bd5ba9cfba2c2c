"""The order of a course's steps, and how far along it a learner has come.

The outline is read from the live pages, so it may grow or shrink while people study.
What counts is always the outline of today: a step that was done and has since left it
counts for nothing, and a step that joined it is simply not done yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


class NotInOutline(LookupError):
    """The step or module is not part of this outline (any more)."""


@dataclass(frozen=True)
class Step:
    """One page that a learner works through; `minutes` is the author's estimate."""

    id: int
    title: str
    url: str
    kind: str
    minutes: int


@dataclass(frozen=True)
class Progress:
    """How much of an outline is done; `percent` is rounded down."""

    done: int
    total: int
    minutes_left: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 is shown only when every step is done."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_complete(self) -> bool:
        """Every step is done; an outline without steps can never be complete."""
        return 0 < self.total == self.done


@dataclass(frozen=True)
class Module:
    """A titled run of steps; `summary` says in a sentence what it is for."""

    id: int
    title: str
    url: str
    steps: tuple[Step, ...]
    summary: str = ""


@dataclass(frozen=True)
class Outline:
    """The modules of one course, in the order in which they are studied."""

    modules: tuple[Module, ...]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps of the course in order, across the modules."""
        return tuple(step for module in self.modules for step in module.steps)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {step.id: place for place, step in enumerate(self.steps)}

    def step(self, step_id: int) -> Step:
        """The step with this id; raises NotInOutline."""
        return self.steps[self._place(step_id)]

    def before(self, step_id: int) -> Step | None:
        """The step that precedes this one, None at the start; raises NotInOutline."""
        place = self._place(step_id)
        return self.steps[place - 1] if place > 0 else None

    def after(self, step_id: int) -> Step | None:
        """The step that follows this one, None at the end; raises NotInOutline."""
        following = self.steps[self._place(step_id) + 1 :]
        return following[0] if following else None

    def next_step(self, done: frozenset[int]) -> Step | None:
        """The first step not done beyond the furthest done one, else the earliest gap.

        Somebody who left a step out is led on, and back to the gap at the end.
        None when nothing is left to do.
        """
        furthest = max((self._places.get(step_id, -1) for step_id in done), default=-1)
        in_turn = self.steps[furthest + 1 :] + self.steps[: furthest + 1]
        return next((step for step in in_turn if step.id not in done), None)

    def progress(self, done: frozenset[int]) -> Progress:
        """How much of the whole course these steps amount to."""
        return _progress(self.steps, done)

    def progress_in(self, kind: str, done: frozenset[int]) -> Progress:
        """How much of the course's steps of one kind, such as "lesson", these amount to."""
        return _progress((step for step in self.steps if step.kind == kind), done)

    def module_progress(self, module_id: int, done: frozenset[int]) -> Progress:
        """How much of one module these steps amount to; raises NotInOutline."""
        for module in self.modules:
            if module.id == module_id:
                return _progress(module.steps, done)
        raise NotInOutline(f"Module {module_id} is not part of this course.")

    def _place(self, step_id: int) -> int:
        if step_id not in self._places:
            raise NotInOutline(f"Step {step_id} is not part of this course.")
        return self._places[step_id]


def _progress(steps: Iterable[Step], done: frozenset[int]) -> Progress:
    every = tuple(steps)
    left = [step for step in every if step.id not in done]
    return Progress(
        done=len(every) - len(left),
        total=len(every),
        minutes_left=sum(step.minutes for step in left),
    )
