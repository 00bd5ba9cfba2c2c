"""Noting what one saw in the simulator; the last task answered finishes the step."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from courses.actions import steps
from courses.models import Enrolment, SimulatorNote, SimulatorPage


def note(
    enrolment: Enrolment,
    simulator: SimulatorPage,
    task: str,
    text: str,
    *,
    controls: Mapping[str, str],
    at: datetime,
) -> SimulatorNote:
    """Keep the learner's note on a task, with the contract it was written beside; a second note replaces the first."""
    with transaction.atomic():
        kept, _ = SimulatorNote.objects.update_or_create(
            enrolment=enrolment,
            simulator=simulator,
            task=task,
            defaults={"text": text, "controls": dict(controls), "written_at": at},
        )
        noted = set(enrolment.simulator_notes.filter(simulator=simulator).values_list("task", flat=True))
        if {each["key"] for each in simulator.task_values} <= noted:
            steps.finish(enrolment, simulator, by_what="simulator", at=at)
    return kept
