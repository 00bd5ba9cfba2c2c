"""A branching scenario: begin it, decide, and read at the end what other ways would have led to."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from courses import rules
from courses.actions import scenarios
from courses.branching.playing import NoSuchChoice, Standing
from courses.branching.script import Choice, Ending, Node, Script
from courses.models import Enrolment, ScenarioPage, ScenarioPlay
from courses.models.outlines import address
from courses.models.sources import facts_named_in
from courses.views.steps import held_step, step_context


@dataclass(frozen=True)
class Way:
    """A choice at a moment that has passed, and whether it was the reader's."""

    choice: Choice
    was_taken: bool


@dataclass(frozen=True)
class PastMoment:
    """A moment of the path: where the reader stood, what they chose, and the ways they left."""

    number: int
    node: Node
    ways: tuple[Way, ...]

    @property
    def taken(self) -> Choice:
        return next(way.choice for way in self.ways if way.was_taken)

    @property
    def others(self) -> list[Choice]:
        return [way.choice for way in self.ways if not way.was_taken]


def _told_whole(script: Script) -> list[tuple[Node, list[tuple[Choice, Node | Ending | None]]]]:
    """Each moment with where its choices lead."""
    return [(node, [(choice, script.place(choice.to)) for choice in node.choices]) for node in script.nodes]


def scenario(request: HttpRequest, page: ScenarioPage, enrolment: Enrolment | None) -> HttpResponse:
    context = step_context(page, enrolment)
    if enrolment is None:
        # Staff read it whole: they write it, or answer for it.
        context |= {
            "script": page.script,
            "nodes": _told_whole(page.script),
            "sources": _sources(page, page.script_values(), context),
        }
        return render(request, "courses/scenario_script.html", {**page.get_context(request), **context})
    play = enrolment.scenario_plays.filter(scenario=page).select_related("script").first()
    context["play"] = play
    if play:
        context |= _standing(page, play, context)
    return render(request, page.template, {**page.get_context(request), **context})


@login_required
@require_POST
def scenario_begin(request: HttpRequest, enrolment: str, step: int) -> HttpResponse:
    held, page = held_step(request, enrolment, step, ScenarioPage)
    scenarios.begin(held, page, at=request.at)  # type: ignore[attr-defined]
    return redirect(f"{address(page.url_path)}#now")


@login_required
@require_POST
def scenario_decide(request: HttpRequest, uuid: str) -> HttpResponse:
    play = get_object_or_404(
        ScenarioPlay.objects.select_related("enrolment__course__institute", "scenario"),
        uuid=uuid,
        enrolment__learner=request.user,
        enrolment__left_at=None,
    )
    if not rules.may_study(request.user, play.scenario, play.enrolment, request.at.date()):  # type: ignore[attr-defined]
        raise Http404
    there = address(play.scenario.url_path)
    try:
        position = int(request.POST.get("position", ""))
        standing = scenarios.decide(play, position, request.POST.get("choice", ""), at=request.at)  # type: ignore[attr-defined]
    except scenarios.AlreadyDecided as decided:
        messages.info(request, str(decided))
    except (NoSuchChoice, ValueError):
        messages.error(request, "Choose one of the ways below, then decide.")
    else:
        return redirect(f"{there}#{'end' if standing.ending else 'followed'}")
    return redirect(f"{there}#now")


def _standing(page: ScenarioPage, play: ScenarioPlay, context: dict[str, Any]) -> dict[str, Any]:
    standing = play.standing()
    given: dict[str, Any] = {
        "standing": standing,
        "position": len(standing.moments) + 1,
        "path": path_of(standing),
        "counters": standing.shown(),
    }
    if standing.ending:
        given["sources"] = _sources(page, play.script.body, context)
    return given


def path_of(standing: Standing) -> list[PastMoment]:
    """The story so far, moment by moment, with the ways that were left."""
    return [
        PastMoment(
            number,
            moment.node,
            tuple(Way(choice, choice == moment.choice) for choice in moment.node.choices),
        )
        for number, moment in enumerate(standing.moments, start=1)
    ]


def _sources(page: ScenarioPage, values: dict[str, Any], context: dict[str, Any]) -> list[Any]:
    return facts_named_in([values, page.introduction], context["course"].institute_id)
