"""Going through a scenario: begin, decide; the first ending reached finishes the step."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from courses.actions import steps
from courses.branching.playing import NoSuchChoice, Standing, stand
from courses.models import Enrolment, ScenarioChoice, ScenarioPage, ScenarioPlay, ScenarioScript
from courses.models.scenarios import digest_of
from lms.people.refusals import Refusal


class AlreadyDecided(Refusal):
    """The play has gone on from this moment: what was chosen there stays."""


def begin(enrolment: Enrolment, scenario: ScenarioPage, *, at: datetime) -> ScenarioPlay:
    """Begin a play, or return the one that is open: two clicks begin one."""
    values = scenario.script_values()
    with transaction.atomic():
        Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
        plays = enrolment.scenario_plays.filter(scenario=scenario)
        if found := plays.filter(ended_at=None).first():
            return found
        script, _ = ScenarioScript.objects.get_or_create(
            scenario=scenario, digest=digest_of(values), defaults={"body": values}
        )
        number = plays.aggregate(last=Max("number", default=0))["last"] + 1
        return ScenarioPlay.objects.create(
            enrolment=enrolment, script=script, scenario=scenario, number=number, started_at=at
        )


def decide(play: ScenarioPlay, position: int, choice: str, *, at: datetime) -> Standing:
    """Take the decision that stands at `position`, counted from 1, and go on.

    Deciding the same again changes nothing. Raises AlreadyDecided for another choice at a moment that has
    passed, NoSuchChoice for one that does not stand there.
    """
    with transaction.atomic():
        locked = ScenarioPlay.objects.select_for_update(no_key=True).select_related("script").get(pk=play.pk)
        chosen = list(locked.choices.values_list("choice", flat=True))
        if not 1 <= position <= len(chosen) + 1:
            raise NoSuchChoice(choice)
        if position <= len(chosen):
            if chosen[position - 1] != choice:
                raise AlreadyDecided("You have decided this already, and the story has gone on from there.")
            return stand(locked.script.script, chosen)
        standing = stand(locked.script.script, [*chosen, choice])
        ScenarioChoice.objects.create(play=locked, position=position, choice=choice, at=at)
        if standing.ending:
            ScenarioPlay.objects.filter(pk=play.pk, ended_at=None).update(ended_at=at)
            steps.finish(play.enrolment, play.scenario, by_what="scenario", at=at)
        return standing
