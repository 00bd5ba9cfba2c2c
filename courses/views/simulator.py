"""The simulator: a contract in the address, the provider's reply below it, and the learner's notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from courses.actions.simulator import note
from courses.forms import ContractForm, SimulatorNoteForm
from courses.models import Enrolment, SimulatorNote, SimulatorPage
from courses.models.outlines import address
from courses.simulation.controls import CONTROLS, values_of
from courses.simulation.model import Contract, Run, best_reply
from courses.simulation.presets import PRESETS, Preset
from courses.simulation.reasons import reasons
from courses.views import simulator_charts as charts
from courses.views.steps import held_step, step_context
from lms.ui.spreadsheets import csv_response

BY_KEY = {preset.key: preset for preset in PRESETS}


@dataclass(frozen=True)
class TaskRow:
    """A task with the learner's note on it, if there is one, and the address at which it begins."""

    task: Any
    note: SimulatorNote | None
    address: str
    form: SimulatorNoteForm


@dataclass(frozen=True)
class Figure:
    """One figure of a run in words, and the same of the run beside it."""

    label: str
    here: str
    beside: str
    hint: str = ""


def simulator(request: HttpRequest, page: SimulatorPage, enrolment: Enrolment | None) -> HttpResponse:
    form = ContractForm(request.GET, _start(request))
    beside = BY_KEY.get(request.GET.get("beside", ""))
    run = best_reply(form.contract) if form.is_valid() else None
    if run and request.GET.get("as") == "csv":
        return _file(run)
    context = {"form": form, "run": run, "beside": beside, "presets": _presets(form), "choices": PRESETS}
    if run:
        context |= _results(run, best_reply(beside.contract) if beside else None)
        context["query"] = urlencode(_controls(form))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "courses/_simulator_results.html", {**context, "page": page})
    context |= step_context(page, enrolment) | {"tasks": _tasks(page, enrolment)}
    return render(request, page.template, {**page.get_context(request), **context})


@login_required
@require_POST
def simulator_note(request: HttpRequest, enrolment: str, step: int, task: str) -> HttpResponse:
    held, page = held_step(request, enrolment, step, SimulatorPage)
    if task not in {each["key"] for each in page.task_values}:
        raise Http404
    contract, form = ContractForm(request.POST, Contract()), SimulatorNoteForm(request.POST)
    there = f"{address(page.url_path)}?{urlencode(_sent(contract))}"
    if not form.is_valid() or not contract.is_valid():
        messages.error(request, "Nothing was kept yet. Write what you saw, in a sentence or two.")
        return redirect(f"{there}#task-{task}")
    note(held, page, task, form.cleaned_data["text"], controls=_controls(contract), at=request.at)  # type: ignore[attr-defined]
    return redirect(f"{there}#task-{task}")


def _start(request: HttpRequest) -> Contract:
    return BY_KEY.get(request.GET.get("preset", ""), PRESETS[0]).contract


def _presets(form: ContractForm) -> list[tuple[Preset, bool]]:
    """Every preset, and whether the controls stand as it says."""
    stands = form.cleaned_data if form.is_valid() else {}
    return [(preset, stands == values_of(preset.contract)) for preset in PRESETS]


def _controls(form: ContractForm) -> dict[str, str]:
    return {control.key: str(form.cleaned_data[control.key]) for control in CONTROLS}


def _sent(form: ContractForm) -> dict[str, str]:
    return {control.key: form.data[control.key] for control in CONTROLS}


def _tasks(page: SimulatorPage, enrolment: Enrolment | None) -> list[TaskRow]:
    notes = enrolment.simulator_notes.filter(simulator=page) if enrolment else ()
    kept = {each.task: each for each in notes}
    here = address(page.url_path)
    return [
        TaskRow(
            task,
            kept.get(task["key"]),
            f"{here}?preset={task['start']}#contract",
            SimulatorNoteForm(
                initial={"text": kept[task["key"]].text} if task["key"] in kept else None, prefix=None
            ),
        )
        for task in page.task_values
    ]


def _results(run: Run, beside: Run | None) -> dict[str, Any]:
    return {
        "reasons": reasons(run),
        "figures": _figures(run, beside),
        "charts": [charts.paid(run), charts.goals(run), charts.hours(run)],
    }


def _figures(run: Run, beside: Run | None) -> list[Figure]:
    other = _said(beside) if beside else {}
    hints = {
        "Met because of help": "Beyond what would have happened anyway. Below nothing where care did harm.",
        "Paid for goals that would have been met anyway": "Deadweight.",
        "Cost to everyone": "The payments, the measuring, and what people's falls and crises cost.",
    }
    return [
        Figure(label, said, other.get(label, ""), hints.get(label, "")) for label, said in _said(run).items()
    ]


def _said(run: Run) -> dict[str, str]:
    return {
        "Paid to the provider": f"£{run.paid:,.0f}",
        "The provider’s profit": f"£{run.profit:,.0f} ({run.margin:.1%})".replace("£-", "−£").replace(
            "(-", "(−"
        ),
        "Goals met, of 400": f"{run.goals:.1f}",
        "Met because of help": f"{run.attributable:.1f}".replace("-", "−"),
        "Falls, crises and other harm": f"{run.adverse:.1f}",
        "Hours a week, first to last half-year": f"{run.hours_first:.1f} to {run.hours_last:.1f}",
        "Paid for goals that would have been met anyway": f"£{run.deadweight:,.0f}",
        "Cost to everyone": f"£{run.public_cost:,.0f}",
    }


def _file(run: Run) -> HttpResponse:
    rows: list[Sequence[str]] = [
        (control.label, str(value))
        for control, value in zip(CONTROLS, values_of(run.contract).values(), strict=True)
    ]
    rows += [("The provider stays", "no: it hands the contract back" if run.exits else "yes")]
    rows += list(_said(run).items())
    return csv_response("simulator-run.csv", ("What", "Figure"), rows)
